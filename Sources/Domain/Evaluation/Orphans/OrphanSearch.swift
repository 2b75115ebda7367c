public import Chronology
public import Policies
public import ProviderFacts
public import Records

/// Looks for what nothing holds any more: the check of the deletion graph on an estate as it is.
///
/// A claim needs every kind that could refute it to have been read to its end in this run, whatever gaps are accepted. It
/// takes one pass over the references and one over the files, a bit a record, and memory for what it finds.
///
/// - Source: hard cases 33, 37 and 38; a file is uploaded before it is attached, so it has a grace.
public struct OrphanSearch {
    private let inventory: Inventory
    private let policies: PolicySet
    private let grace: Period
    private let asOf: Moment
    private let decided: [KindSet]
    private let accepted: [KindSet]
    private var result: Orphans
    private var unclear: [UnclearKey: Int] = [:]

    /// The usual grace of a file: seven days.
    ///
    /// - Source: hard case 37.
    public static let usualGrace = Period(seconds: 7 * 86_400) ?? .zero

    /// A search at the instant at which the inventory's times were read.
    ///
    /// - Parameters:
    ///   - policies: whose sources say which gaps are accepted.
    ///   - grace: how old a file is at least before it is claimed.
    public init(_ inventory: Inventory, policies: PolicySet, grace: Period, asOf: Moment) {
        self.inventory = inventory
        self.policies = policies
        self.grace = grace
        self.asOf = asOf
        decided = inventory.coverage.map(\.decidedKinds)
        accepted = inventory.sourceNames.map { name in
            let gaps = policies.sources.first { $0.name == name }?.acceptedGaps ?? []
            return gaps.filter { asOf < $0.until }.reduce(into: []) { $0.formUnion($1.kinds) }
        }
        result = Orphans(inventory)
    }

    /// What was found.
    ///
    /// - Parameter graph: how the source of this name deletes; nil where nothing is known of it.
    /// - Throws: what `graph` throws.
    public consuming func run<Defect>(
        graph: (_ source: String) throws(Defect) -> DeletionGraph?
    ) throws(Defect) -> Orphans {
        findLooseEnds()
        findFiles()
        noteUnclearReferences()
        sort()
        result.refuted = try refuted(graph)
        return result
    }

    /// What hangs on nothing, and what refers to nothing. What hangs on nothing is one claim, whatever else it names.
    private mutating func findLooseEnds() {
        var isAdrift = RowSet(capacity: inventory.count)
        for row in inventory.loose.adrift { isAdrift[row] = true }
        var counts: [LooseEnds.Dangling: Int] = [:]
        for end in inventory.loose.dangling { counts[end, default: 0] += 1 }
        var hangs: [Int: Kind] = [:]
        for (end, count) in counts {
            let (row, kind) = (Int(end.row), inventory.kinds[Int(end.row)])
            if isAdrift[row] {
                if kind.containers.has(end.target) { hangs[row] = end.target }
                continue
            }
            let isEntry = kind == .vectorStoreFile && end.target == .file
            result.found.append(
                Orphan(row: row, what: isEntry ? .leftover : .dangling, absent: end.target, references: count))
        }
        for row in inventory.loose.adrift {
            result.found.append(
                Orphan(row: row, what: .leftover, absent: hangs[row], references: hangs[row] == nil ? 0 : 1))
        }
    }

    // MARK: Files

    /// Of what hangs on nothing no reference is in the inventory, so that it holds no file.
    private mutating func findFiles() {
        let kinds = inventory.kinds
        var isNamed = RowSet(capacity: inventory.count)
        for target in inventory.edges.to where kinds[Int(target)] == .file { isNamed[Int(target)] = true }
        for row in 0..<inventory.count where kinds[row] == .file && !isNamed[row] {
            if isOld(row) == false || isNamedElsewhere(row, isNamed) { continue }
            if let reason = doubt(row) {
                count(UnclearKey(source: Int(inventory.sources[row]), what: .unreferenced, kind: .file, reason: reason))
            } else {
                result.found.append(Orphan(row: row, what: .unreferenced, absent: nil, references: 0))
            }
        }
    }

    /// Whether a file was there before the grace began; nil where that is not known.
    private func isOld(_ row: Int) -> Bool? {
        let created = inventory.created(row)
        func isOver(_ moment: Moment) -> Bool { Zone.utc.adding(grace, to: moment).map { $0 <= asOf } ?? false }
        let (early, late) = (isOver(created.earliest), isOver(created.latest))
        return early == late ? late : nil
    }

    /// Whether something refers to the file of this id in another source: two sources may show one account.
    private func isNamedElsewhere(_ row: Int, _ isNamed: RowSet) -> Bool {
        guard inventory.sourceNames.count > 1 else { return false }
        let id = inventory.id(row)
        return inventory.sourceNames.indices.contains { source in
            source != Int(inventory.sources[row])
                && inventory.row(source: source, kind: .file, id: id).map { isNamed[$0] } ?? false
        }
    }

    /// Why a file to which nothing that was seen refers cannot be claimed; nil where it can.
    private func doubt(_ row: Int) -> UnclearOrphans.Reason? {
        if inventory.isUsedUnseen(row) { return .unseenUse }
        let unread = Kind.file.users.subtracting(decided[Int(inventory.sources[row])])
        if !unread.isEmpty { return .unread(unread) }
        return isOld(row) == nil ? .age : nil
    }

    // MARK: What cannot be claimed

    private mutating func noteUnclearReferences() {
        for source in inventory.sourceNames.indices {
            for kind in Kind.allCases {
                for target in Kind.allCases {
                    let references = inventory.loose.unclear(source: source, from: kind, to: target)
                    guard references > 0 else { continue }
                    let what: Orphan.Class = kind.containers.has(target) ? .leftover : .dangling
                    count(
                        UnclearKey(source: source, what: what, kind: kind, reason: .unread(KindSet(target))),
                        by: references)
                }
            }
        }
    }

    private struct UnclearKey: Hashable {
        let source: Int
        let what: Orphan.Class
        let kind: Kind
        let reason: UnclearOrphans.Reason
    }

    private mutating func count(_ key: UnclearKey, by count: Int = 1) { unclear[key, default: 0] += count }

    private func isAccepted(_ key: UnclearKey) -> Bool {
        guard case .unread(let kinds) = key.reason else { return false }
        return kinds.subtracting(accepted[key.source]).isEmpty
    }

    // MARK: Order

    private mutating func sort() {
        let inventory = inventory
        result.found.sort { left, right in
            if left.row != right.row { return inventory.precedes(left.row, right.row) }
            if left.what != right.what { return left.what < right.what }
            return (left.absent?.rawValue ?? 0) < (right.absent?.rawValue ?? 0)
        }
        result.unclear = unclear.map { key, count in
            UnclearOrphans(
                source: key.source, what: key.what, kind: key.kind, count: count, reason: key.reason,
                isAccepted: isAccepted(key))
        }.sorted { left, right in
            if left.source != right.source {
                return inventory.sourceNames[left.source] < inventory.sourceNames[right.source]
            }
            if left.what != right.what { return left.what < right.what }
            if left.kind != right.kind { return left.kind < right.kind }
            return left.reason.rank < right.reason.rank
        }
    }

    // MARK: The graph

    /// What is said to go with its container, and did not.
    private func refuted<Defect>(
        _ graph: (_ source: String) throws(Defect) -> DeletionGraph?
    ) throws(Defect) -> [(source: Int, kind: Kind)] {
        let graphs = try inventory.sourceNames.map(graph)
        var left = [KindSet](repeating: [], count: graphs.count)
        for orphan in result.found where orphan.what == .leftover && orphan.absent != nil {
            let (source, kind) = (Int(inventory.sources[orphan.row]), inventory.kinds[orphan.row])
            let isPart = orphan.absent.map { kind.containers.has($0) } ?? false
            if isPart, graphs[source]?.removal(of: kind)?.cascade == .yes { left[source].formUnion(KindSet(kind)) }
        }
        return left.enumerated().sorted { inventory.sourceNames[$0.offset] < inventory.sourceNames[$1.offset] }
            .flatMap { source, kinds in kinds.kinds.map { (source, $0) } }
    }
}

extension UnclearOrphans.Reason {
    /// The order of reports.
    fileprivate var rank: (UInt8, UInt32) {
        switch self {
        case .unread(let kinds): (0, kinds.rawValue)
        case .age: (1, 0)
        case .unseenUse: (2, 0)
        }
    }
}
