/// References that lead nowhere.
///
/// Eight bytes for each that dangles; those of which nobody can say where they lead are counted alone.
public struct LooseEnds: Sendable {
    /// A reference to what is absent from a kind that was read to its end.
    public struct Dangling: Sendable, Hashable {
        /// The row of the record that refers.
        public let row: UInt32
        /// The kind of what it refers to.
        public let target: Kind
    }

    /// The references that dangle, once for each time that a record makes one, in no order.
    public internal(set) var dangling: [Dangling] = []
    /// The rows, ascending, of what hangs on a container that is not there, however far above.
    public internal(set) var adrift: [Int] = []
    /// By source, kind that refers, and kind that is referred to.
    private var unclear: [[Int]]
    private static let kinds = Kind.allCases.count

    init(sources: Int) {
        unclear = Array(repeating: [], count: sources)
    }

    mutating func countUnclear(source: UInt16, from: Kind, to: Kind) {
        let source = Int(source)
        if unclear[source].isEmpty { unclear[source] = Array(repeating: 0, count: Self.kinds * Self.kinds) }
        unclear[source][Int(from.rawValue) * Self.kinds + Int(to.rawValue)] += 1
    }

    /// How many references of one kind in a source name something of a kind that was not read to its end, and that was
    /// not seen.
    public func unclear(source: Int, from: Kind, to: Kind) -> Int {
        unclear[source].isEmpty ? 0 : unclear[source][Int(from.rawValue) * Self.kinds + Int(to.rawValue)]
    }
}
