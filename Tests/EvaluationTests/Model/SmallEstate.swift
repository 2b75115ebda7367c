import Records

/// An estate of at most four threads, messages and files, as the exhaustive test counts them up.
struct SmallEstate {
    /// Days before the as-of instant; nil where nobody knows.
    static let ages: [Int?] = [400, 45, 2, nil]

    var threads: Int
    var messages: Int
    var files: Int
    /// An index into `ages` for every record: threads, then messages, then files.
    var clocks: [Int]
    /// The thread of every message.
    var containers: [Int]
    /// What uses what, by record.
    var uses: [[Int]]
    /// The one record that metadata tells from the others.
    var marked: Int?

    var count: Int { threads + messages + files }

    private func kind(_ record: Int) -> Kind {
        record < threads ? .thread : record < threads + messages ? .message : .file
    }

    /// The estate's records, with ids that begin alike.
    func records(prefix: String) -> [WorldRecord] {
        (0..<count).map { index in
            var record = WorldRecord(kind(index), "\(prefix)\(index)")
            record.created = Self.ages[clocks[index]].map { .days(-$0) } ?? .missing
            if record.kind == .message {
                record.role = .user
                record.container = "\(prefix)\(containers[index - threads])"
            }
            record.uses = uses[index].map { Target(kind($0), "\(prefix)\($0)") }
            if marked == index { record.metadata["product"] = "support" }
            return record
        }
    }

    /// Whether no renaming of records of one kind gives an estate that comes before this one.
    private func isFirst(among renamings: [[Int]]) -> Bool {
        let own = code(renamings[0])
        return renamings.dropFirst().allSatisfy { !code($0).lexicographicallyPrecedes(own) }
    }

    /// What distinguishes the estate, with its records renamed: one number a record.
    private func code(_ names: [Int]) -> [Int] {
        var rows = [Int](repeating: 0, count: count)
        for record in 0..<count {
            var row = clocks[record] * 2 + (marked == record ? 1 : 0)
            for used in uses[record] { row |= 1 << (3 + names[used]) }
            if kind(record) == .message { row |= (names[containers[record - threads]] + 1) << 8 }
            rows[names[record]] = row
        }
        return rows
    }

    /// All ways to rename records of one kind; the first renames nothing.
    private var renamings: [[Int]] {
        var all: [[Int]] = [[]]
        var first = 0
        for count in [threads, messages, files] {
            let permuted = Self.permutations(Array(first..<(first + count)))
            all = all.flatMap { start in permuted.map { start + $0 } }
            first += count
        }
        return all
    }

    private static func permutations(_ values: [Int]) -> [[Int]] {
        guard values.count > 1 else { return [values] }
        return values.indices.flatMap { index in
            var rest = values
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }
}

extension SmallEstate {
    /// Every shape of so many records: how many there are of each kind, who contains and who uses whom.
    static func shapes(of count: Int) -> [SmallEstate] {
        var shapes: [SmallEstate] = []
        for threads in 0...count {
            for messages in 0...(count - threads) where messages == 0 || threads > 0 {
                let files = count - threads - messages
                let blank = SmallEstate(
                    threads: threads, messages: messages, files: files, clocks: Array(repeating: 0, count: count),
                    containers: Array(repeating: 0, count: messages), uses: Array(repeating: [], count: count))
                shapes += blank.withContainers().flatMap { $0.withUses() }
            }
        }
        return shapes
    }

    /// Every estate of a shape that is not another one renamed, with no record marked or each in turn.
    func estates(marking: Bool) -> [SmallEstate] {
        var all: [SmallEstate] = []
        let renamings = renamings
        var counter = 0
        while counter < 1 << (2 * count) {
            for marked in -1..<(marking ? count : 0) {
                var estate = self
                estate.clocks = (0..<count).map { counter >> (2 * $0) & 3 }
                estate.marked = marked < 0 ? nil : marked
                if estate.isFirst(among: renamings) { all.append(estate) }
            }
            counter += 1
        }
        return all
    }

    private func withContainers() -> [SmallEstate] {
        (0..<messages).reduce([self]) { estates, message in
            estates.flatMap { estate in
                (0..<threads).map { thread in
                    var copy = estate
                    copy.containers[message] = thread
                    return copy
                }
            }
        }
    }

    /// Threads and messages use any files; a file may use one thread, against nature, so that there are circles.
    private func withUses() -> [SmallEstate] {
        let firstFile = threads + messages
        let pairs = (0..<firstFile).flatMap { user in (firstFile..<count).map { (user, $0) } }
        var circles: [(Int, Int)?] = [nil]
        for file in firstFile..<count { circles += (0..<threads).map { (file, $0) } }
        return (0..<(1 << pairs.count)).flatMap { bits in
            circles.map { circle in
                var copy = self
                for (index, pair) in pairs.enumerated() where bits >> index & 1 == 1 {
                    copy.uses[pair.0].append(pair.1)
                }
                if let circle { copy.uses[circle.0].append(circle.1) }
                return copy
            }
        }
    }
}
