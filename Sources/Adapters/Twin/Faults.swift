internal import Files
internal import JSONLines

/// What goes wrong with a service, and how often: the same for the same seed, whatever the order of the calls.
///
/// What passes by itself happens to one request at most three times in a row. What stays is a property of a path.
public struct Faults: Sendable {
    /// What can go wrong.
    enum Kind: String, Sendable, CaseIterable {
        /// 429 with `Retry-After`, and without.
        case throttled, throttledSilently
        /// 500, 502, 503 or 529.
        case failing
        /// No answer; what changes something is changed all the same, or not.
        case reset
        /// The connection breaks in the middle of the answer.
        case torn
        /// The answer comes in small pieces.
        case slow
        /// Times with a fraction, and times as ISO 8601 writes them.
        case floatTimes, isoTimes
        /// No size of anything.
        case nullBytes
        /// What expires after something does not say when.
        case nullExpiry
        /// Lists that say nothing but their elements.
        case bareLists
        /// `after` is ignored.
        case ignoredCursor
        /// Every list says that there are more, and then gives none.
        case emptyPages
        /// No list of anything: 405.
        case noLists
        /// Lists show what was deleted, for good.
        case staleLists
        /// Lists, and records by themselves, show what was deleted to those who ask the next three times.
        case lateLists, lateRecords
        /// Searches of a store find what was taken out of it: for good, and for those who ask the next three times.
        case staleSearches, lateSearches
        /// 200 to a DELETE that does nothing, with `"deleted":false`; and so to one of what is not there.
        case undeleted, mildDeletes
        /// What stands below something that was deleted is served.
        case orphans
        /// Errors without a body, and with a body of one text.
        case emptyErrors, detailErrors
        /// 400 in the place of 404.
        case missingAs400
        /// 403 for good.
        case forbidden
        /// 500 for good.
        case dead

        /// Whether it passes when the request is sent again.
        var isPassing: Bool {
            switch self {
            case .throttled, .throttledSilently, .failing, .reset, .torn, .slow: true
            default: false
            }
        }
    }

    /// What all of it comes from.
    public let seed: UInt64
    private let percents: [Kind: Int]
    private static let mostInARow = 3

    init(seed: UInt64, percents: [Kind: Int]) {
        self.seed = seed
        self.percents = percents
    }

    /// Reads `{"seed": 7, "percent": {"torn": 10}}`.
    ///
    /// - Throws: `TwinError` where it says anything else.
    public init(file path: String) throws(TwinError) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Files.read(path, limit: 1 << 16)
        } catch {
            throw TwinError("\(path): cannot be read: \(error.reason)", hint: "name a file of faults")
        }
        let names = Kind.allCases.map(\.rawValue).joined(separator: ", ")
        let (seed, percents, wrong) = JSONDocument.read(bytes) { record -> (UInt64, [Kind: Int], String?) in
            guard case .value(let value) = record, value.kind == .object else { return (0, [:], "not an object") }
            var percents: [Kind: Int] = [:]
            for (key, _) in value.members where !key.equals("seed") && !key.equals("percent") {
                return (0, [:], "unknown key \(key.string)")
            }
            guard let list = value["percent"], list.kind == .object else { return (0, [:], "no object percent") }
            for (key, percent) in list.members {
                guard let kind = Kind(rawValue: key.string) else { return (0, [:], "unknown fault \(key.string)") }
                guard let percent = percent.integer, (0...100).contains(percent) else {
                    return (0, [:], "\(key.string) is no percentage")
                }
                percents[kind] = Int(percent)
            }
            return (UInt64(max(0, value["seed"]?.integer ?? 1)), percents, nil)
        }
        if let wrong {
            throw TwinError("\(path): \(wrong)", hint: #"write {"seed": 7, "percent": {"torn": 10}}, of \#(names)"#)
        }
        self.init(seed: seed, percents: percents)
    }

    /// How often each thing goes wrong, in percent, by their names.
    public var percentages: [(name: String, percent: Int)] {
        percents.map { ($0.key.rawValue, $0.value) }.sorted { $0.0 < $1.0 }
    }

    /// What stays wrong with a path.
    func lasting(_ path: String) -> Set<Kind> {
        Set(percents.keys.filter { !$0.isPassing && happens($0, path) })
    }

    /// What goes wrong with this sending of a request, counted from 1.
    func passing(_ request: String, attempt: Int) -> Kind? {
        guard attempt <= Self.mostInARow else { return nil }
        return Kind.allCases.first { $0.isPassing && happens($0, "\(request)#\(attempt)") }
    }

    /// A number from 0 to 99 that belongs to these words.
    func draw(_ words: String) -> Int {
        var hash = seed &+ 0xCBF2_9CE4_8422_2325
        for byte in words.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((hash ^ (hash >> 31)) % 100)
    }

    private func happens(_ kind: Kind, _ words: String) -> Bool {
        percents[kind].map { draw("\(kind.rawValue) \(words)") < $0 } ?? false
    }
}
