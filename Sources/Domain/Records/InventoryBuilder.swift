/// Joins batches to an inventory.
///
/// Batches come in the order of the material; ids are looked up only at the end, for a reference may point forwards.
public struct InventoryBuilder: Sendable {
    private var columns: Columns
    private var strings = StringTable()
    private var targets = StringTable()
    private var references = ReferenceColumns()
    private var places = PlaceIndex()
    private var sourceNames: [String] = []
    private var coverage: [SourceCoverage] = []
    private var problems = ProblemLog()
    private let metadataKeys: [String]
    private let rules: TimeRules

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

    /// Joins a batch of the current source.
    ///
    /// - Returns: false, and nothing is joined, where the ids would exceed the 4 GiB that the columns can address.
    public mutating func append(_ batch: RecordBatch) -> Bool {
        problems.add(contentsOf: batch.problems)
        guard UInt32(exactly: columns.idBytes.count + batch.columns.idBytes.count) != nil,
            columns.count + batch.count < Int(Inventory.unknownContainer)
        else { return false }
        let firstRow = columns.count
        let stringMap = Self.join(batch.strings, to: &strings)
        let targetMap = Self.join(batch.targets, to: &targets)
        columns.append(batch.columns, source: UInt16(sourceNames.count - 1), strings: stringMap, targets: targetMap)
        let batchReferences = batch.references
        for index in 0..<batchReferences.count where batchReferences.rows[index] < batch.count {
            references.append(
                row: firstRow + Int(batchReferences.rows[index]), relation: batchReferences.relations[index],
                kind: batchReferences.kinds[index], target: targetMap[Int(batchReferences.targets[index])])
        }
        places.append(firstRow: firstRow, file: batch.file, lines: batch.lines)
        for kind in batch.columns.kinds { coverage[coverage.count - 1][kind].records += 1 }
        return true
    }

    /// The inventory: duplicates joined, references resolved, owners inherited.
    public consuming func seal() -> Inventory {
        let joined = DuplicateRecords.join(
            columns: columns, references: references, places: places, sourceNames: sourceNames)
        var problems = problems
        for problem in joined.problems { problems.add(problem) }
        for (source, kind) in joined.dropped { coverage[source][kind].records -= 1 }
        var resolver = ReferenceResolver(
            columns: joined.columns, places: joined.places, index: joined.index, targets: targets, coverage: coverage)
        resolver.resolve(joined.references, extraContainers: joined.extraContainers)
        for problem in resolver.problems { problems.add(problem) }
        var columns = resolver.columns
        Inheritance.passDown(&columns)
        for problem in ClockDrift.problems(in: columns, places: joined.places, sourceNames: sourceNames) {
            problems.add(problem)
        }
        return Inventory(
            sourceNames: sourceNames, coverage: coverage, metadataKeys: metadataKeys, strings: strings,
            edges: Edges(resolver.edges), problems: problems, rules: rules, columns: columns, places: joined.places,
            index: joined.index)
    }

    private static func join(_ local: StringTable, to table: inout StringTable) -> [StringTable.Code] {
        var map = [StringTable.absent]
        map.reserveCapacity(local.count)
        for code in 1..<StringTable.Code(local.count) where local.count > 1 {
            map.append(local.withBytes(code) { table.code($0) })
        }
        return map
    }
}
