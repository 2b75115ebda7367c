import CEL
import Chronology
import FoundationEssentials
import TestSupport

/// The language's own conformance suite, as JSON beside the repository.
enum Conformance {
    /// The tests without extensions, and all tests.
    static let (core, whole) = (path("cel-conformance-core.json"), path("cel-conformance.json"))

    private static func path(_ name: String) -> String { Checkout.shared("cel/\(name)").path }

    static var isAbsent: Bool { !FileManager.default.fileExists(atPath: whole) }

    struct Suite: Decodable {
        let files: [File]
    }

    struct File: Decodable {
        let name: String
        let sections: [Section]
    }

    struct Section: Decodable {
        let name: String
        let tests: [Case]
    }

    struct Case: Decodable {
        let name: String
        let line: Int
        let expr: String
        let expect: Expectation
        let isUnchecked: Bool?
        let container: String?
        let declarations: [Declaration]?
        let bindings: [String: Tagged]?
        let isAboutTypesOnly: Bool?
        /// What of protocol buffers it needs.
        let needsProtocolBuffers: [String]?

        enum CodingKeys: String, CodingKey {
            case name, line, expr, expect, container, bindings
            case isUnchecked = "disable_check"
            case declarations = "type_env"
            case isAboutTypesOnly = "check_only"
            case needsProtocolBuffers = "needs_proto"
        }
    }

    struct Declaration: Decodable {
        let name: String
        let type: String?
        let function: [Overload]?
    }

    struct Overload: Decodable {
        let params: [String]
        let result: String
        let receiver: Bool
    }

    struct Expectation: Decodable {
        let value: Tagged?
        let type: String?

        enum CodingKeys: String, CodingKey {
            case value
            case type = "deduced_type"
        }
    }

    static func load(_ path: String) throws -> Suite {
        try JSONDecoder().decode(Suite.self, from: Data(contentsOf: URL(filePath: path)))
    }

    /// Two expectations that were damaged when the suite was made JSON. In the original (`parse.textproto`, section
    /// `bytes_literals`) both read `bytes_value: " \? \" \' ` "`, where protobuf's `\?` is a question mark, as in the
    /// same tests of string literals; the JSON kept the backslash.
    static let corrected: [String: Tagged] = {
        let punctuation = try? Tagged(.bytes(Array(" ? \" ' ` ".utf8)))
        let damaged = ["626 b''' ? \" ' ` '''", "631 b\"\"\" ? \" ' ` \"\"\""]
        return Dictionary(uniqueKeysWithValues: damaged.compactMap { name in punctuation.map { (name, $0) } })
    }()

    /// Why the test fails, or nil where it passes.
    static func failure(of test: Case, libraries: [CELLibrary] = []) throws -> String? {
        var environment = CELEnvironment(container: test.container ?? "", libraries: libraries)
        for declaration in test.declarations ?? [] { try declare(declaration, in: &environment) }
        let bindings = try (test.bindings ?? [:]).mapValues { try $0.value() }
        for name in bindings.keys.sorted() where environment.slot(of: name) == nil {
            environment.declare(variable: name, .dyn)
        }
        let wanted = test.expect.value.map { Conformance.corrected["\(test.line) \(test.expr)"] ?? $0 }
        let outcome: CELOutcome
        do throws(CELCompileError) {
            let program = try environment.compile(test.expr, isChecked: test.isUnchecked != true)
            if let type = test.expect.type, program.type.description != type {
                return "is \(program.type), not \(type)"
            }
            if test.isAboutTypesOnly == true { return nil }
            outcome = program.evaluate(CELBindings(bindings, in: environment))
        } catch {
            return "does not compile: \(error)"
        }
        switch (wanted, outcome.result) {
        case (nil, .failure): return nil
        case (nil, .success(let value)): return "gives \(try Tagged(value)), and should fail"
        case (.some, .failure(let error)): return "fails: \(error)"
        case (let expected?, .success(let value)):
            let found = try Tagged(value)
            return found == expected ? nil : "gives \(found), not \(expected)"
        }
    }

    /// `map(string, list(int))` and so on.
    static func type(_ text: Substring) throws -> CELType {
        let simple: [Substring: CELType] = [
            "dyn": .dyn, "null_type": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
            "string": .string, "bytes": .bytes, "timestamp": .timestamp, "duration": .duration,
        ]
        if let type = simple[text] { return type }
        guard text.hasSuffix(")"), let open = text.firstIndex(of: "(") else { throw Unreadable(what: "type \(text)") }
        let inner = text[open...].dropFirst().dropLast()
        if text[..<open] == "param" { return .parameter(String(inner)) }
        let parts = try parts(inner).map { try type($0) }
        switch (text[..<open], parts.count) {
        case ("list", 1): return .list(parts[0])
        case ("map", 2): return .map(parts[0], parts[1])
        default: return .opaque(String(text[..<open]), parts)
        }
    }

    /// The parts between the commas that are in no brackets.
    private static func parts(_ text: Substring) -> [Substring] {
        var parts: [Substring] = []
        var depth = 0
        var start = text.startIndex
        for index in text.indices {
            switch text[index] {
            case "(": depth += 1
            case ")": depth -= 1
            case "," where depth == 0:
                parts.append(text[start..<index])
                start = text.index(index, offsetBy: 2)
            default: break
            }
        }
        return parts + [text[start...]]
    }

    private static func declare(_ declaration: Declaration, in environment: inout CELEnvironment) throws {
        if let type = declaration.type { environment.declare(variable: declaration.name, try self.type(type[...])) }
        for overload in declaration.function ?? [] {
            environment.declare(
                function: CELFunction(
                    declaration.name, try overload.params.map { try type($0[...]) },
                    returns: try type(overload.result[...]), isMember: overload.receiver, isPure: false,
                    .variadic { _ in .failure(CELError("only its type is known")) }))
        }
    }

    struct Unreadable: Error { let what: String }
}
