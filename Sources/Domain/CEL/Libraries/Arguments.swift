/// What a library's function was called with.
struct Arguments {
    let function: String
    let values: [CELValue]

    func string(_ index: Int) throws(CELError) -> String {
        guard case .string(let text) = values[index] else { throw mismatch }
        return text
    }

    func int(_ index: Int) throws(CELError) -> Int {
        guard case .int(let number) = values[index] else { throw mismatch }
        return Int(clamping: number)
    }

    func list(_ index: Int) throws(CELError) -> CELList {
        guard case .list(let list) = values[index] else { throw mismatch }
        return list
    }

    private var mismatch: CELError {
        if case .failure(let error) = CELResult.mismatch(function, values) { return error }
        return CELError(.noMatchingOverload, "'\(function)' does not apply")
    }
}

extension CELFunction {
    /// A function whose body reads its arguments by type, and throws what goes wrong.
    static func reading(
        _ name: String, _ parameters: [CELType], returns result: CELType, isMember: Bool = true,
        _ body: @escaping @Sendable (Arguments, inout CELMeter) throws(CELError) -> CELValue
    ) -> CELFunction {
        CELFunction(
            name, parameters, returns: result, isMember: isMember,
            .metered { values, meter in
                guard values.count == parameters.count else { return .mismatch(name, values) }
                do throws(CELError) {
                    return .success(try body(Arguments(function: name, values: values), &meter))
                } catch {
                    return .failure(error)
                }
            })
    }
}

extension CELMeter {
    /// Pays for looking at so many bytes of text.
    mutating func look(bytes: Int) throws(CELError) {
        guard charge(bytes / 10) else { throw CELMeter.exhaustion }
    }

    /// Pays for making a value of so many bytes.
    mutating func make(bytes: Int) throws(CELError) {
        guard allocate(bytes: bytes) else { throw CELMeter.exhaustion }
    }

    /// Pays for looking for one text in another.
    mutating func search(for part: String, in text: String) throws(CELError) {
        let (units, overflow) = (text.utf8.count / 10 + 1).multipliedReportingOverflow(by: part.utf8.count / 10 + 1)
        guard charge(overflow ? Int.max / 4 : units) else { throw CELMeter.exhaustion }
    }

    /// Never seen as it is: an evaluation that ends exhausted says itself what it ran out of.
    private static let exhaustion = CELError(.budget, "the evaluation costs more than its budget")
}
