import CEL
import Chronology
import FoundationEssentials

/// The language's own conformance suite, as JSON beside the repository.
enum Conformance {
    static let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/cel/cel-conformance-core.json").standardized.path

    static var isAbsent: Bool { !FileManager.default.fileExists(atPath: path) }

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

        enum CodingKeys: String, CodingKey {
            case name, line, expr, expect, container, bindings
            case isUnchecked = "disable_check"
            case declarations = "type_env"
        }
    }

    struct Declaration: Decodable {
        let name: String
        let type: String
    }

    struct Expectation: Decodable {
        let value: Tagged?
    }

    static func load() throws -> Suite {
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
    static func failure(of test: Case) throws -> String? {
        var environment = CELEnvironment(container: test.container ?? "")
        for declaration in test.declarations ?? [] {
            environment.declare(variable: declaration.name, try type(declaration.type[...]))
        }
        let bindings = try (test.bindings ?? [:]).mapValues { try $0.value() }
        for name in bindings.keys.sorted() where environment.slot(of: name) == nil {
            environment.declare(variable: name, .dyn)
        }
        let wanted = test.expect.value.map { Conformance.corrected["\(test.line) \(test.expr)"] ?? $0 }
        let outcome: CELOutcome
        do throws(CELCompileError) {
            let program = try environment.compile(test.expr, isChecked: test.isUnchecked != true)
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
        if text.hasPrefix("list("), text.hasSuffix(")") { return .list(try type(text.dropFirst(5).dropLast())) }
        if text.hasPrefix("map("), text.hasSuffix(")"), let comma = text.firstIndex(of: ",") {
            let key = text[text.index(text.startIndex, offsetBy: 4)..<comma]
            return .map(try type(key), try type(text[comma...].dropFirst(2).dropLast()))
        }
        throw Unreadable(what: "type \(text)")
    }

    struct Unreadable: Error { let what: String }
}
