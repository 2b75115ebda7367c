import CEL
import Testing

@Suite struct ConformanceTests {
    @Test(.disabled(if: Conformance.isAbsent, "the conformance suite is not at \(Conformance.core)"))
    func `every core test of the language's own suite passes`() throws {
        let results = try Conformance.load(Conformance.core).files.map { try run($0, libraries: []) }
        let total = results.reduce(0) { $0 + $1.total }
        let corrections = "\(Conformance.corrected.count) of them against the original's value"
        print("CEL conformance: \(results.reduce(0) { $0 + $1.passed }) of \(total) core tests pass (\(corrections))")
        #expect(results.flatMap(\.failures) == [])
        #expect(total == 1102)
    }

    @Test(.disabled(if: Conformance.isAbsent, "the conformance suite is not at \(Conformance.whole)"))
    func `every test of the extensions' groups passes, protocol buffers aside`() throws {
        let counts = [
            "string_ext": 213, "macros2": 46, "bindings_ext": 8, "encoders_ext": 4, "optionals": 59,
            "type_deductions": 26,
        ]
        let files = try Conformance.load(Conformance.whole).files.filter { counts[$0.name] != nil }
        let results = try files.map { try run($0, libraries: CELLibrary.all) }
        #expect(results.flatMap(\.failures) == [])
        #expect(Dictionary(uniqueKeysWithValues: results.map { ($0.name, $0.total) }) == counts)
    }

    private struct Result {
        let name: String
        let total: Int
        var passed = 0
        var failures: [String] = []
    }

    private func run(_ file: Conformance.File, libraries: [CELLibrary]) throws -> Result {
        let tests = file.sections.flatMap(\.tests).filter { ($0.needsProtocolBuffers ?? []).isEmpty }
        var result = Result(name: file.name, total: tests.count)
        for test in tests {
            if let failure = try Conformance.failure(of: test, libraries: libraries) {
                result.failures.append("\(file.name):\(test.line) \(test.name): `\(test.expr)` \(failure)")
            } else {
                result.passed += 1
            }
        }
        print("CEL conformance: \(file.name) \(result.passed)/\(tests.count)")
        for failure in result.failures { print("CEL conformance: FAILED \(failure)") }
        return result
    }
}
