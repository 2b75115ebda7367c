import Testing

@Suite struct ConformanceTests {
    @Test(.disabled(if: Conformance.isAbsent, "the conformance suite is not at \(Conformance.path)"))
    func `every core test of the language's own suite passes`() throws {
        var total = 0
        var failures: [String] = []
        for file in try Conformance.load().files {
            var passed = 0
            let tests = file.sections.flatMap(\.tests)
            for test in tests {
                if let failure = try Conformance.failure(of: test) {
                    failures.append("\(file.name):\(test.line) \(test.name): `\(test.expr)` \(failure)")
                } else {
                    passed += 1
                }
            }
            total += tests.count
            print("CEL conformance: \(file.name) \(passed)/\(tests.count)")
        }
        let corrections = "\(Conformance.corrected.count) of them against the original's value"
        print("CEL conformance: \(total - failures.count) of \(total) pass (\(corrections))")
        for failure in failures { print("CEL conformance: FAILED \(failure)") }
        #expect(failures == [])
        #expect(total == 1102)
    }
}
