/// Turns the ids that records named into rows.
///
/// A reference whose other end is absent from a kind that was read to its end protects nothing, and nor does what
/// hangs on an absent container: both are listed and left out. Where the kind was not read to its end the container
/// is unknown, and nothing is concluded.
/// - Source: the design, section 5, "Dangling"; hard case 38.
struct ReferenceResolver {
    var columns: Columns
    let places: PlaceIndex
    let index: IdIndex
    let targets: StringTable
    let coverage: [SourceCoverage]
    var edges: [(from: UInt32, to: UInt32, relation: Relation)] = []
    var problems = ProblemLog()
    private var loose: LooseEnds
    private let completeKinds: [KindSet]
    /// By source, the kinds of which it has any record: nothing is looked for where there is nothing.
    private let presentKinds: [KindSet]
    private var memo = TargetMemo()
    private var isOrphan: Set<Int> = []
    private var further: [Int: [Int]] = [:]

    init(
        columns: Columns, places: PlaceIndex, index: IdIndex, targets: StringTable, coverage: [SourceCoverage]
    ) {
        self.columns = columns
        self.places = places
        self.index = index
        self.targets = targets
        self.coverage = coverage
        completeKinds = coverage.map(\.completeKinds)
        presentKinds = Self.kinds(in: columns, sources: coverage.count)
        loose = LooseEnds(sources: coverage.count)
    }

    /// What led nowhere, once everything is resolved.
    var looseEnds: LooseEnds {
        var ends = loose
        ends.adrift = isOrphan.sorted()
        return ends
    }

    mutating func resolve(
        _ references: [NamedReference], extraContainers: [(row: Int, target: StringTable.Code)]
    ) {
        resolveContainers()
        for (row, target) in extraContainers { resolveExtraContainer(target, of: row) }
        spreadOrphans()
        edges.reserveCapacity(edges.count + references.count)
        for reference in references {
            let row = Int(reference.row)
            guard let target = find(reference.target, kind: reference.kind, of: row) else {
                listDangling(row, to: reference.kind)
                continue
            }
            if isOrphan.contains(row) { continue }
            edges.append((UInt32(row), UInt32(target), reference.relation))
        }
    }

    private mutating func resolveContainers() {
        var containers = columns.containers
        for row in 0..<columns.count { containers[row] = resolve(containers[row], of: row) }
        columns.containers = containers
    }

    @inline(__always)
    private mutating func resolve(_ code: StringTable.Code, of row: Int) -> UInt32 {
        guard let kind = columns.kinds[row].container else { return Inventory.noContainer }
        if code == StringTable.absent {
            return columns.kinds[row].mayStandAlone ? Inventory.noContainer : listMissingContainer(row, kind)
        }
        if let container = find(code, kind: kind, of: row) { return UInt32(container) }
        if listDangling(row, to: kind) { isOrphan.insert(row) }
        return Inventory.unknownContainer
    }

    /// A further container of a record that stands in several places at once.
    private mutating func resolveExtraContainer(_ target: StringTable.Code, of row: Int) {
        guard let kind = columns.kinds[row].container else { return }
        guard let container = find(target, kind: kind, of: row) else {
            listDangling(row, to: kind)
            return
        }
        if columns.containers[row] == Inventory.unknownContainer {
            columns.containers[row] = UInt32(container)
            isOrphan.remove(row)
        } else {
            edges.append((UInt32(container), UInt32(row), .contains))
            further[row, default: []].append(container)
        }
    }

    /// What hangs on an absent container hangs on nothing, however far below.
    private mutating func spreadOrphans() {
        guard !isOrphan.isEmpty else { return }
        for _ in Kind.allCases {
            var added = false
            for row in 0..<columns.count where !isOrphan.contains(row) {
                let container = columns.containers[row]
                if container < Inventory.unknownContainer, isOrphan.contains(Int(container)),
                    further[row, default: []].allSatisfy(isOrphan.contains)
                {
                    isOrphan.insert(row)
                    added = true
                }
            }
            if !added { return }
        }
    }

    private mutating func find(_ code: StringTable.Code, kind: Kind, of row: Int) -> Int? {
        let source = columns.sources[row]
        guard presentKinds[Int(source)].has(kind) else { return nil }
        if let known = memo.row(code, kind: kind, source: source) { return known < 0 ? nil : known }
        let found = targets.withBytes(code) { index.row($0, kind: kind, source: source, in: columns) }
        memo.note(found ?? -1, code, kind: kind, source: source, capacity: targets.count)
        return found
    }

    private static func kinds(in columns: Columns, sources: Int) -> [KindSet] {
        var kinds = [KindSet](repeating: [], count: sources)
        var last: (source: UInt16, kind: Kind)?
        for row in 0..<columns.count {
            let (source, kind) = (columns.sources[row], columns.kinds[row])
            guard last?.source != source || last?.kind != kind else { continue }
            last = (source, kind)
            kinds[Int(source)].formUnion(KindSet(kind))
        }
        return kinds
    }

    private mutating func listMissingContainer(_ row: Int, _ kind: Kind) -> UInt32 {
        list(.missingContainer, row, "does not say which \(kind.name) it belongs to", losesData: true)
        return Inventory.unknownContainer
    }

    /// Lists a reference that leads nowhere; false where the kind was not read to its end, so that nobody can say.
    @discardableResult
    private mutating func listDangling(_ row: Int, to kind: Kind) -> Bool {
        guard completeKinds[Int(columns.sources[row])].has(kind) else {
            loose.countUnclear(source: columns.sources[row], from: columns.kinds[row], to: kind)
            return false
        }
        loose.dangling.append(.init(row: UInt32(row), target: kind))
        list(
            .danglingReference, row, "refers to a \(kind.name) that is not there, so this reference protects nothing",
            losesData: false)
        return true
    }

    private mutating func list(
        _ code: Problem.Code, _ row: Int, _ message: @autoclosure () -> String, losesData: Bool
    ) {
        let source = coverage[Int(columns.sources[row])].name
        guard problems.hasRoom(for: code, inSource: source) else {
            return problems.count(code, inSource: source, losesData: losesData)
        }
        problems.add(
            Problem(
                code: code, source: source, place: places.place(row),
                kind: columns.kinds[row], id: String(decoding: columns.idBytes[columns.idRange(row)], as: UTF8.self),
                message: message(), losesData: losesData))
    }
}

/// What was found for a target's code, so that a thread named by its every message is looked up once.
private struct TargetMemo {
    private static let unasked = Int32.min
    private var rows: [Int32] = []
    private var scope: (kind: Kind, source: UInt16)?
    private var others: [Int: [Int32]] = [:]

    mutating func row(_ code: StringTable.Code, kind: Kind, source: UInt16) -> Int? {
        select(kind, source)
        guard Int(code) < rows.count, rows[Int(code)] != Self.unasked else { return nil }
        return Int(rows[Int(code)])
    }

    mutating func note(_ row: Int, _ code: StringTable.Code, kind: Kind, source: UInt16, capacity: Int) {
        select(kind, source)
        if rows.isEmpty { rows = Array(repeating: Self.unasked, count: capacity) }
        rows[Int(code)] = Int32(clamping: row)
    }

    private mutating func select(_ kind: Kind, _ source: UInt16) {
        if let scope, scope == (kind, source) { return }
        if let scope { others[Int(scope.source) << 8 | Int(scope.kind.rawValue)] = rows }
        rows = others.removeValue(forKey: Int(source) << 8 | Int(kind.rawValue)) ?? []
        scope = (kind, source)
    }
}
