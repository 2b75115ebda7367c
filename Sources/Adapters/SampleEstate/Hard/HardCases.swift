internal import Files
internal import Records

/// The dirt of the real world, added to an estate record by record. Each is written down in `truth.json` with the
/// number of its case, its place, and the states that the committed policies must give it, where there is no doubt.
///
/// Lines that hold no record stand in the file of stored completions: nothing contains or uses these, so that a lost
/// line there leaves every other record of the estate decided.
final class HardCases {
    static let shardName = "messages-0001.ndjson"
    typealias Pairs = [(rule: Rule, state: State)]

    let now: Int64
    let export: Export
    private let truth: TruthFile
    private var counts: [Kind: Int] = [:]

    init(now: Int64, export: Export, truth: TruthFile) {
        self.now = now
        self.export = export
        self.truth = truth
    }

    /// Writes them all; answers how many records of each kind that made.
    func write() throws(FileError) -> [Kind: Int] {
        writeActivity()
        writeUnits()
        writeAbsentTimes()
        writeCalendarDays()
        writeLimits()
        writeSharing()
        writeOwners()
        writeSizes()
        try writeShard()
        writeDuplicates()
        writeDirtyLines()
        return counts
    }

    /// Adds a line that holds a record; answers its place.
    @discardableResult
    func add(_ kind: Kind, _ line: String, counts: Bool = true) -> (file: String, line: Int) {
        let file = export[kind]
        file.put(line)
        file.endLine()
        if counts { count(kind) }
        return (file.name, file.lines)
    }

    func count(_ kind: Kind) { counts[kind, default: 0] += 1 }

    /// Says what is known of a dirty record, or line.
    func tell(
        _ number: Int, _ what: String, _ kind: Kind, _ id: String?, at place: (file: String, line: Int),
        _ pairs: Pairs = [], isShared: Bool = false
    ) {
        let dirt = TruthFile.Dirt(number: number, what: what, file: place.file, line: place.line)
        truth.list(kind, id: id, pairs, isShared: isShared, dirt: [dirt])
    }

    /// A thread whose dirt is its own time; there is nothing else in it.
    func addThread(
        _ number: Int, _ name: String, created: String?, product: Product = .support, metadata: String = "",
        _ what: String, _ pairs: Pairs
    ) {
        let id = "thread_case\(number)\(name)"
        let place = add(.thread, thread(id, created: created, product: product, metadata: metadata))
        tell(number, what, .thread, id, at: place, pairs)
    }

    func days(_ count: Int64) -> Int64 { now - count * Calendar.day }
}
