internal import Records

/// The order in which obligations flow down: what contains or uses comes before what it contains or uses.
///
/// - Source: the design's table of references (section 3). Made-up references may go against it: see `Segments.isLayered`.
extension Kind {
    static let layerCount = 6

    var layer: Int {
        switch self {
        case .assistant, .thread, .conversation, .batch, .upload: 0
        case .message, .run, .item, .response, .chatCompletion: 1
        case .runStep: 2
        case .vectorStore, .container: 3
        case .vectorStoreFile, .containerFile: 4
        case .file: 5
        }
    }

    /// The kinds of which `whileUsed: keep` speaks.
    var mayBeInUse: Bool { self == .file || self == .vectorStore || self == .container }
}
