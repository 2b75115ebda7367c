import CEL
import Chronology

/// What an expression comes to, as text that a table of cases can hold: `3`, `3u`, `3.0`, `'x'`, `b'78'`, `[1, 2]`, `!overflow`.
func outcome(
    of text: String, in environment: CELEnvironment = CELEnvironment(), _ variables: [String: CELValue] = [:],
    isChecked: Bool = true
) -> String {
    do throws(CELCompileError) {
        let program = try environment.compile(text, isChecked: isChecked)
        return shown(program.evaluate(CELBindings(variables, in: environment)).result)
    } catch {
        return "?\(error)"
    }
}

func shown(_ result: CELResult) -> String {
    switch result {
    case .success(let value): shown(value)
    case .failure(let error): "!\(error.code.rawValue)"
    }
}

func shown(_ value: CELValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): "\(flag)"
    case .int(let number): "\(number)"
    case .uint(let number): "\(number)u"
    case .double(let number): "\(number)"
    case .string(let text): "'\(text)'"
    case .bytes(let bytes): "b'\(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())'"
    case .list(let list): "[\((0..<list.count).map { shown(list.element(at: $0)) }.joined(separator: ", "))]"
    case .map(let map): "{\(map.keys.map { "\(shown($0)): \(shown(map.value(for: $0)))" }.joined(separator: ", "))}"
    case .timestamp(let time): time.rfc3339
    case .duration(let duration): "\(duration.nanoseconds)ns"
    case .type(let type): type.name
    case .object(let object): "\(object.source.objectType.name)#\(object.row)"
    case .opaque(let opaque): opaque.typeName
    }
}

private func shown(_ lookup: CELLookup) -> String {
    guard case .value(let value) = lookup else { return "\(lookup)" }
    return shown(value)
}

/// What is said of an expression that does not compile, one line each; empty if it does.
func complaints(about text: String, in environment: CELEnvironment = CELEnvironment(), expecting: CELType? = nil)
    -> [String]
{
    do throws(CELCompileError) {
        _ = try environment.compile(text, expecting: expecting)
        return []
    } catch {
        return error.diagnostics.map(\.description)
    }
}
