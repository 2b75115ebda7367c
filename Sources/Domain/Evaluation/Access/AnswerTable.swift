internal import CEL
internal import Policies
internal import Records

/// What a condition says of a record.
enum Answer: UInt8, Sendable {
    case yes = 1, no
    /// It fails, whatever more might be read.
    case fails
    /// It asks for what was not read.
    case unknown

    init(_ outcome: CELOutcome) {
        switch outcome.condition {
        case true?: self = .yes
        case false?: self = .no
        case nil: self = outcome.error?.code == .unknown ? .unknown : .fails
        }
    }
}

/// The answers of a condition by what it reads, so that it is asked once for each combination of codes.
struct AnswerTable {
    private let column: ConditionColumn
    /// By source and kind, then code: 0 where the condition was not asked.
    private var answers: [[UInt8]]

    /// Nil where the condition reads more than texts of which the inventory knows the codes.
    init?(_ program: CELProgram, _ inventory: Inventory, _ segments: [Segments.Segment]) {
        guard program.variablesRead.isEmpty, let column = ConditionColumn(program, inventory, segments) else {
            return nil
        }
        self.column = column
        answers = Array(repeating: [], count: inventory.sourceNames.count * Kind.allCases.count)
    }

    func answer(_ row: Int, _ group: Int) -> Answer? {
        answers[group].isEmpty ? nil : Answer(rawValue: answers[group][place(row)])
    }

    mutating func note(_ answer: Answer, _ row: Int, _ group: Int) {
        if answers[group].isEmpty { answers[group] = Array(repeating: 0, count: column.count + 1) }
        answers[group][place(row)] = answer.rawValue
    }

    private func place(_ row: Int) -> Int {
        let code = column.codes[row]
        return code == StringTable.undecided ? 0 : Int(code) + 1
    }
}
