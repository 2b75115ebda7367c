/// Which kinds can contain, and which can use, which others.
///
/// - Source: the design's table of references (section 3), drawn from the providers' object documents.
extension Kind {
    /// The kinds whose records are parts of this kind's: they have no life of their own.
    public var parts: KindSet {
        switch self {
        case .thread: [.init(.message), .init(.run)]
        case .run: KindSet(.runStep)
        case .conversation: [.init(.item), .init(.response)]
        case .vectorStore: KindSet(.vectorStoreFile)
        case .container: KindSet(.containerFile)
        default: []
        }
    }

    /// The kinds that this kind can use: they live by themselves and are needed.
    public var targets: KindSet {
        switch self {
        case .message, .item, .runStep, .vectorStoreFile, .batch, .upload: KindSet(.file)
        case .thread, .assistant: [.init(.vectorStore), .init(.file), .init(.container)]
        case .response: [.init(.vectorStore), .init(.file), .init(.container)]
        default: []
        }
    }

    /// The kinds that can contain this kind directly.
    public var containers: KindSet { KindSet(Kind.allCases.filter { $0.parts.has(self) }) }

    /// The kind of what a record of this kind is a part of, of which there is one at most; nil where there is none.
    var container: Kind? { Self.containerKinds[Int(rawValue)] }

    /// By raw value: to find it out each time takes longer than to read a record.
    private static let containerKinds = allCases.map(\.containers.kinds.first)

    /// Whether a record of this kind may have no container.
    public var mayStandAlone: Bool { self == .response || containers.isEmpty }

    /// The kinds that can use this kind directly.
    public var users: KindSet { KindSet(Kind.allCases.filter { $0.targets.has(self) }) }

    /// This kind's parts, and their parts in turn.
    public var allParts: KindSet { closure { $0.parts } }

    /// The kinds that can contain or use this kind, directly or through others.
    public var allHolders: KindSet { closure { $0.containers.union($0.users) } }

    private func closure(_ step: (Kind) -> KindSet) -> KindSet {
        var reached: KindSet = []
        var frontier = step(self)
        while !frontier.subtracting(reached).isEmpty {
            let new = frontier.subtracting(reached)
            reached.formUnion(new)
            frontier = new.kinds.reduce(into: []) { $0.formUnion(step($1)) }
        }
        return reached
    }
}
