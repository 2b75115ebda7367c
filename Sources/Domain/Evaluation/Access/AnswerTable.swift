internal import CEL
internal import Policies
internal import Records

/// The answers of a condition by what it reads, so that it is asked once for each combination of codes.
struct AnswerTable {
    /// Whether the condition holds; nil where it fails.
    struct Answer { let holds: Bool? }

    private let column: ConditionColumn
    /// By source and kind, then code: 0 where the condition was not asked.
    private var answers: [[UInt8]]

    private static let failed: UInt8 = 1
    private static let isTrue: UInt8 = 2
    private static let isFalse: UInt8 = 3

    /// Nil where the condition reads more than texts of which the inventory knows the codes.
    init?(_ program: CELProgram, _ inventory: Inventory, _ segments: [Segments.Segment]) {
        guard program.variablesRead.isEmpty, let column = ConditionColumn(program, inventory, segments) else {
            return nil
        }
        self.column = column
        answers = Array(repeating: [], count: inventory.sourceNames.count * Kind.allCases.count)
    }

    func answer(_ row: Int, _ group: Int) -> Answer? {
        guard !answers[group].isEmpty else { return nil }
        switch answers[group][place(row)] {
        case Self.isTrue: return Answer(holds: true)
        case Self.isFalse: return Answer(holds: false)
        case Self.failed: return Answer(holds: nil)
        default: return nil
        }
    }

    mutating func note(_ holds: Bool?, _ row: Int, _ group: Int) {
        if answers[group].isEmpty { answers[group] = Array(repeating: 0, count: column.count + 1) }
        answers[group][place(row)] = holds.map { $0 ? Self.isTrue : Self.isFalse } ?? Self.failed
    }

    private func place(_ row: Int) -> Int {
        let code = column.codes[row]
        return code == StringTable.undecided ? 0 : Int(code) + 1
    }
}
