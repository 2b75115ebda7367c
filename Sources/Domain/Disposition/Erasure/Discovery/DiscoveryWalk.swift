internal import Evaluation
internal import Records

/// Goes from the records that name a person to all that belongs to these.
///
/// Every record is taken up once, and each of its references followed once, so that the work is that of the edges about
/// what is found. A copy is asked about again only where what used it is found to be theirs.
struct DiscoveryWalk {
    private let result: ScanResult
    private let named: NamedRecords
    private var contents: SameContents
    /// How each record was found.
    private(set) var ways: [Int: FoundRecord.Way] = [:]
    private var doubts: [Int: FoundRecord.Doubt] = [:]
    /// What is theirs, and whose neighbours were not looked at yet.
    private var waiting: [Int] = []
    /// What theirs use, and others may too.
    private var candidates: [Int: Int] = [:]
    /// What holds the same as something of theirs, with that, and why it is looked at where it is not theirs.
    private var copies: [Int: (original: Int, doubt: FoundRecord.Doubt)] = [:]
    /// Copies that would be theirs if this row were, which uses them or what they are in.
    private var awaiting: [Int: [Int]] = [:]
    /// What theirs alone use, as they do whatever it is in.
    private var unshared: Set<Int> = []
    /// Records that have parts of others, or of nobody knows whom.
    private var holdsOthers: Set<Int> = []

    init(_ result: ScanResult, _ named: NamedRecords, _ contents: SameContents) {
        (self.result, self.named, self.contents) = (result, named, contents)
    }

    var theirs: [FoundRecord] { found { doubts[$0] == nil } }
    var review: [FoundRecord] { found { doubts[$0] != nil } }

    private func found(_ isWanted: (Int) -> Bool) -> [FoundRecord] {
        ways.filter { isWanted($0.key) }.map { FoundRecord(row: $0.key, way: $0.value, doubt: doubts[$0.key]) }
    }

    mutating func run() {
        var own: [(row: Int, way: FoundRecord.Way)] = []
        for row in 0..<result.summary.records {
            switch named.whose(row) {
            case .theirs(let field, let form): own.append((row, .named(field, form)))
            case .doubtful(let field, let form, let doubt):
                review(row, .named(field, form), doubt)
                markAbove(row)
            case .others, .undecided: markAbove(row)
            case .nobodys: break
            }
        }
        for (row, way) in own { take(row, way) }
        spread()
        // What has a part that is theirs, and is not theirs itself, mentions them.
        for row in sorted(ways.keys.filter { doubts[$0] == nil }) { reviewAbove(row) }
    }

    /// Notes of all that a record is in that it has such a part.
    private mutating func markAbove(_ row: Int) {
        var stack = result.containers(of: row)
        while let container = stack.popLast() {
            if holdsOthers.insert(container).inserted { stack += result.containers(of: container) }
        }
    }

    private mutating func reviewAbove(_ row: Int) {
        var stack = [row]
        while let part = stack.popLast() {
            for container in sorted(result.containers(of: part))
            where review(container, .through(.contains, row: part), .mentions) {
                stack.append(container)
            }
        }
    }

    /// In the order of reports: that of rows means nothing.
    private func sorted(_ rows: some Sequence<Int>) -> [Int] { rows.sorted(by: result.inventory.precedes) }

    @discardableResult
    private mutating func review(_ row: Int, _ way: FoundRecord.Way, _ doubt: FoundRecord.Doubt) -> Bool {
        guard ways[row] == nil else { return false }
        ways[row] = way
        doubts[row] = doubt
        return true
    }

    private mutating func take(_ row: Int, _ way: FoundRecord.Way) {
        guard ways[row] == nil else { return }
        ways[row] = way
        if holdsOthers.contains(row) { doubts[row] = .holdsOthers }
        waiting.append(row)
        guard isTheirs(row) else { return }
        for copy in awaiting.removeValue(forKey: row) ?? [] { takeUnshared(copy) }
    }

    private func isTheirs(_ row: Int) -> Bool { ways[row] != nil && doubts[row] == nil }

    private mutating func spread() {
        while true {
            while !waiting.isEmpty {
                let layer = sorted(waiting)
                waiting = []
                for row in layer { lookAround(row) }
            }
            let free = sorted(candidates.keys).filter { row in
                ways[row] == nil && result.users(of: row).allSatisfy(isTheirs)
            }
            guard !free.isEmpty else { break }
            for row in free { takeNeighbour(row, .usedBy, of: candidates[row] ?? row) }
        }
        for (row, user) in candidates { review(row, .through(.usedBy, row: user), .shared) }
        for (row, copy) in copies { review(row, .through(.sameContents, row: copy.original), copy.doubt) }
    }

    private mutating func lookAround(_ row: Int) {
        for part in sorted(result.parts(of: row)) { takeNeighbour(part, .partOf, of: row) }
        for used in result.used(by: row) {
            let isFirst = candidates[used].map { result.inventory.precedes(row, $0) } ?? true
            if isFirst { candidates[used] = row }
        }
        let kinds = result.inventory.kinds
        if kinds[row] == .file {
            // An entry says whose its store is; what it holds is the file's.
            for user in sorted(result.users(of: row)) where kinds[user] == .vectorStoreFile {
                take(user, .through(.indexOf, row: row))
            }
        }
        if kinds[row] == .response {
            for next in sorted(result.citing(row)) where kinds[next] == .response {
                takeNeighbour(next, .continues, of: row)
            }
        }
        if isTheirs(row) { for copy in sorted(contents.copies(of: row)) { takeCopy(copy, of: row) } }
    }

    /// Takes what stands beside something of theirs, unless it says that it is somebody else's.
    private mutating func takeNeighbour(_ row: Int, _ link: FoundRecord.Link, of other: Int) {
        let way = FoundRecord.Way.through(link, row: other)
        switch named.whose(row) {
        case .theirs, .nobodys: take(row, way)
        case .others:
            // A part of others is why its container is looked at, and no business of the request.
            if link != .partOf { review(row, way, .namesOthers) }
        case .undecided: review(row, way, .undecided)
        case .doubtful: break
        }
    }
}

/// Copies: what holds the same as something of theirs, and leads to it by nothing else.
extension DiscoveryWalk {
    /// Takes a copy that is nobody's, and that nobody else uses. Any other is looked at, unless it is theirs by more.
    private mutating func takeCopy(_ row: Int, of original: Int) {
        guard ways[row] == nil, copies[row] == nil else { return }
        switch named.whose(row) {
        case .theirs, .doubtful: break
        case .others: copies[row] = (original, .namesOthers)
        case .undecided: copies[row] = (original, .undecided)
        case .nobodys:
            copies[row] = (original, .shared)
            takeUnshared(row)
        }
    }

    private mutating func takeUnshared(_ copy: Int) {
        guard let original = copies[copy]?.original else { return }
        if let user = stranger(using: copy) {
            awaiting[user, default: []].append(copy)
        } else {
            take(copy, .through(.sameContents, row: original))
        }
    }

    /// What is not theirs and uses a record, or something that it is in; nil where there is none.
    ///
    /// A vector store's entry of a file is no user of it, but a part of whatever has the store.
    private mutating func stranger(using row: Int) -> Int? {
        let kinds = result.inventory.kinds
        var seen: Set<Int> = [row]
        var stack = [row]
        while let place = stack.popLast() {
            var next = result.containers(of: place)
            for user in result.users(of: place) where !isTheirs(user) {
                guard kinds[user] == .vectorStoreFile, case .nobodys = named.whose(user) else { return user }
                next.append(user)
            }
            stack += next.filter { !isTheirs($0) && !unshared.contains($0) && seen.insert($0).inserted }
        }
        unshared.formUnion(seen)
        return nil
    }
}
