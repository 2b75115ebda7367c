public import Chronology

/// Joins batches to an inventory.
///
/// Batches come in the order of the material; ids are looked up only at the end, for a reference may point forwards.
public struct InventoryBuilder: Sendable {
    private var columns: Columns
    private var strings = StringTable()
    private var targets = StringTable()
    private var references: [NamedReference] = []
    private var furtherReferences: [(source: UInt16, FurtherReference)] = []
    private var places = PlaceIndex()
    private var laterTimes: [LaterTime] = []
    private var knownActivity: [(source: UInt16, kind: Kind, id: String, moment: Moment)] = []
    private var sourceNames: [String] = []
    private var coverage: [SourceCoverage] = []
    private var problems = ProblemLog()
    private let metadataKeys: [String]
    private var rules: TimeRules

    /// An inventory to be, which reads these metadata keys and reads times by these rules.
    public init(metadataKeys: [String], rules: TimeRules) {
        self.metadataKeys = metadataKeys
        self.rules = rules
        columns = Columns(metadataKeys: metadataKeys.count)
    }

    /// Begins a source. What is added from here on belongs to it.
    public mutating func beginSource(_ name: String) {
        sourceNames.append(name)
        coverage.append(SourceCoverage(name: name))
    }

    /// Says how many records are still to come, so that columns need not grow. Too high a guess costs no memory.
    public mutating func expect(records: Int, idBytes: Int) {
        columns.reserve(columns.count + records, idBytes: columns.idBytes.count + idBytes)
    }

    /// The coverage of the current source, for the connector to write down what it could look at.
    public var currentCoverage: SourceCoverage {
        get { coverage[coverage.count - 1] }
        set { coverage[coverage.count - 1] = newValue }
    }

    /// Notes something that is wrong.
    public mutating func add(_ problem: Problem) { problems.add(problem) }

    /// Notes when a record of the current source was active, by something that is not in the inventory. A record that is
    /// not there is passed over.
    public mutating func know(_ kind: Kind, id: String, activeAt moment: Moment) {
        knownActivity.append((UInt16(sourceNames.count - 1), kind, id, moment))
    }

    /// Joins a batch of the current source.
    ///
    /// - Returns: false, and nothing is joined, where the ids would exceed the 4 GiB that the columns can address.
    public mutating func append(_ batch: RecordBatch) -> Bool {
        problems.add(contentsOf: batch.problems)
        guard UInt32(exactly: columns.idBytes.count + batch.idByteCount) != nil,
            columns.count + batch.count < Int(Inventory.unknownContainer)
        else { return false }
        let firstRow = columns.count
        let stringMap = strings.codes(of: batch.strings)
        let targetMap = targets.codes(of: batch.targets)
        columns.append(batch, source: UInt16(sourceNames.count - 1), strings: stringMap, targets: targetMap)
        for reference in batch.references where reference.row < batch.count {
            var joined = reference
            joined.row += UInt32(firstRow)
            joined.target = targetMap[Int(reference.target)]
            references.append(joined)
        }
        for var further in batch.furtherReferences {
            further.id = targetMap[Int(further.id)]
            further.reference.target = targetMap[Int(further.reference.target)]
            furtherReferences.append((UInt16(sourceNames.count - 1), further))
        }
        for var time in batch.laterTimes {
            time.row += UInt32(firstRow)
            laterTimes.append(time)
        }
        let lineOffset = batch.lineOffset
        places.append(firstRow: firstRow, file: batch.file, lines: batch.rows.lazy.map { $0.line &+ lineOffset })
        count(batch.rows)
        return true
    }

    private mutating func count(_ rows: [BatchRow]) {
        var counts = [Int](repeating: 0, count: Kind.allCases.count)
        for row in rows { counts[Int(row.kind.rawValue)] += 1 }
        for kind in Kind.allCases where counts[Int(kind.rawValue)] > 0 {
            coverage[coverage.count - 1][kind].records += counts[Int(kind.rawValue)]
        }
    }

    /// The inventory: duplicates joined, references resolved, owners inherited.
    public consuming func seal() -> Inventory {
        columns.complete()
        // The columns have one owner at a time: what two own is copied when one of them writes to it.
        var joined = DuplicateRecords.join(
            columns: exchange(&columns, with: .empty), references: references, places: places, targets: targets,
            sourceNames: sourceNames)
        var problems = problems
        for problem in joined.problems { problems.add(problem) }
        for (source, kind) in joined.dropped { coverage[source][kind].records -= 1 }
        joined.add(furtherReferences)
        for known in knownActivity {
            let id = Array(known.id.utf8)
            guard let row = joined.index.row(id.span, kind: known.kind, source: known.source, in: joined.columns) else {
                continue
            }
            joined.columns.activity[row] = max(joined.columns.activity[row], known.moment.microseconds)
            joined.columns.facts[row].activity = joined.columns.facts[row].activity.joined(with: .point)
        }
        var resolver = ReferenceResolver(
            columns: exchange(&joined.columns, with: .empty), places: joined.places, index: joined.index,
            targets: targets, coverage: coverage)
        resolver.resolve(joined.references, extraContainers: joined.extraContainers)
        problems.add(contentsOf: resolver.problems)
        var columns = exchange(&resolver.columns, with: .empty)
        let further = resolver.edges.filter { $0.relation == .contains }.map { (Int($0.from), Int($0.to)) }
        Inheritance(containers: columns.containers, further: further).passDown(&columns)
        for problem in ClockDrift.problems(in: columns, places: joined.places, sourceNames: sourceNames) {
            problems.add(problem)
        }
        return Inventory(
            sourceNames: sourceNames, coverage: coverage, metadataKeys: metadataKeys, strings: strings,
            edges: Edges(resolver.edges), loose: resolver.looseEnds, problems: problems, rules: rules, columns: columns,
            places: joined.places, index: joined.index)
    }

    /// Whether some time that is not believed now will be by then.
    func readsDifferently(at asOf: Moment) -> Bool {
        let later = TimeRules(asOf: asOf)
        return laterTimes.contains { later.fact(microseconds: $0.microseconds) != .future }
    }

    /// The inventory as reading it at a later instant would have made it.
    func sealed(asOf: Moment) -> Inventory {
        var builder = self
        builder.rules = TimeRules(asOf: asOf)
        builder.columns.read(laterTimes, by: builder.rules)
        return (consume builder).seal()
    }
}
