internal import CEL
internal import Records

/// A part of an expression, answered by the general evaluator.
final class GeneralPart {
    let program: CELProgram
    let part: CELSyntax.ID
    /// The largest cost of an answer so far.
    private(set) var cost = 0
    private let host: KernelHost

    init(_ program: CELProgram, _ part: CELSyntax.ID, _ host: KernelHost) {
        self.program = program
        self.part = part
        self.host = host
    }

    /// The part's result in one evaluation of a frame.
    func result(_ frame: Frame, _ place: Int) -> CELResult {
        let locals = frame.rows.dropFirst().map { CELValue.object(CELObject(host.facts, row: Int($0[place]))) }
        let outcome = program.evaluate(part, host.activation(Int(frame.rows[0][place])), locals: Array(locals))
        cost = max(cost, outcome.cost)
        return outcome.result
    }
}

/// The answers of a part that reads one column of one record and nothing else that differs: each found once for each
/// code.
///
/// It costs a byte a distinct string of the inventory, and eight more where the answers are numbers.
final class AnswersByCode {
    private static let isUnasked: UInt8 = 254
    /// Asked in the block at hand.
    private static let isAsked: UInt8 = 253

    let record: RecordNode
    /// How a truth is found; nil where only the general evaluator knows.
    var body: TruthNode?
    private let codes: CodedColumn.Codes
    private let general: GeneralPart
    /// What the answers are counted in; nil where they are truths.
    private let unit: KernelNumber.Unit?
    /// By place: for each mark that the record itself may have instead, for the undecided code, then for each code.
    private var marks: [UInt8]
    private var values: [Int64]

    init(
        _ record: RecordNode, _ column: CodedColumn, _ general: GeneralPart, _ inventory: Inventory,
        _ unit: KernelNumber.Unit? = nil
    ) {
        self.record = record
        self.general = general
        self.unit = unit
        codes = column.codes(inventory)
        let count = Mark.count + 1 + codes.count(inventory)
        marks = Array(repeating: Self.isUnasked, count: count)
        values = unit == nil ? [] : Array(repeating: 0, count: count)
    }

    var cost: Int { max(general.cost, body?.costOfElement ?? 0) }

    func truths(_ frame: Frame, _ found: FoundRecords, _ kernel: Kernel) -> [UInt8] {
        switch codes {
        case .strings(let codes): truths(frame, found, kernel) { codes[Int($0)] }
        case .kinds(let kinds): truths(frame, found, kernel) { UInt32(kinds[Int($0)].rawValue) }
        case .sources, .roles, .nothing: truths(frame, found, kernel) { self.codes[$0] }
        }
    }

    @inline(__always)
    private func truths(
        _ frame: Frame, _ found: FoundRecords, _ kernel: Kernel, _ code: (UInt32) -> UInt32
    ) -> [UInt8] {
        var result = [UInt8](repeating: Mark.isFalse, count: found.rows.count)
        var unasked: [Int32] = []
        for place in result.indices {
            let answer = self.place(found, place, code)
            result[place] = marks[answer]
            guard result[place] >= Self.isAsked else { continue }
            if result[place] == Self.isUnasked {
                marks[answer] = Self.isAsked
                unasked.append(Int32(truncatingIfNeeded: place))
            }
        }
        guard !unasked.isEmpty else { return result }
        ask(unasked, frame, kernel) { place, mark in marks[self.place(found, place, code)] = mark }
        for place in result.indices where result[place] >= Self.isAsked {
            result[place] = marks[self.place(found, place, code)]
        }
        return result
    }

    private func ask(_ places: [Int32], _ frame: Frame, _ kernel: Kernel, _ note: (Int, UInt8) -> Void) {
        let known = body.map { kernel.truths($0, frame.selecting(places)) }
        for (index, place) in places.enumerated() {
            let mark = known?[index] ?? Mark.ask
            note(Int(place), mark == Mark.ask ? Mark.condition(general.result(frame, Int(place))) : mark)
        }
    }

    func numbers(_ frame: Frame, _ found: FoundRecords) -> Numbers {
        var numbers = Numbers(count: found.rows.count)
        for place in numbers.values.indices {
            let answer = self.place(found, place) { codes[$0] }
            if marks[answer] == Self.isUnasked { note(general.result(frame, place), answer) }
            numbers.values[place] = values[answer]
            numbers.marks[place] = marks[answer]
        }
        return numbers
    }

    private func note(_ result: CELResult, _ answer: Int) {
        switch result {
        case .success(let value):
            let number = KernelNumber(value)
            values[answer] = number?.value ?? 0
            marks[answer] = number?.unit == unit ? Mark.isThere : Mark.ask
        case .failure(let error): marks[answer] = Mark.error(error.code)
        }
    }

    @inline(__always)
    private func place(_ found: FoundRecords, _ place: Int, _ code: (UInt32) -> UInt32) -> Int {
        if !found.marks.isEmpty, found.marks[place] != Mark.isThere { return Int(found.marks[place]) }
        let code = code(found.rows[place])
        return code == StringTable.undecided ? Mark.count : Mark.count + 1 + Int(code)
    }
}
