import Policies
import Testing

/// Where policies have tests, one without is pointed at.
@Suite struct UntestedPolicyTests {
    private let access = document(
        "AccessPolicy", name: "owned", "{validations: [{name: v, expression: has(object.owner)}]}")

    private func test(_ expectations: String = "{policy: a, id: t, state: allowed}", _ more: String = "") -> String {
        document(
            "PolicyTest", name: "t",
            "{asOf: 2026-11-20, \(more) records: [{kind: thread, id: t}], expect: [\(expectations)]}")
    }

    @Test func `each policy that no expectation names is a warning at its name`() {
        let loaded = load(noHolds + policy(), policy(name: "b") + access, test())
        #expect(
            loaded.diagnostics.map(\.description)
                == ["b", "owned"].enumerated().map { index, name in
                    """
                    p/1.yaml:\(index == 0 ? 3 : 12):18: warning: no expectation of any PolicyTest names the policy '\(name)' \
                    [untested-policy]
                      hint: add a record and the state that it gets; `tenure test` prints records to begin with
                    """
                })
        #expect(loaded.policies != nil)
    }

    @Test func `an expectation of any state and of any test is enough`() {
        let more = "{policy: b, id: t, state: none}, {policy: owned, id: t, state: denied}"
        let second = test(more).replacing("{name: t}", with: "{name: u}")
        #expect(load(noHolds + policy() + policy(name: "b") + access, test() + second).places == [])
    }

    @Test func `to take part in a test is not to be tested`() {
        let loaded = load(
            noHolds + policy() + policy(name: "b"), test("{id: t, state: uncovered}", "policies: [a, b],"))
        #expect(loaded.places == ["8:18 untested-policy", "17:18 untested-policy"])
    }

    @Test func `without a single test nothing is said, and with a broken one the error comes first`() {
        #expect(load(noHolds + policy()).places == [])
        for broken in [test("{policy: aa, id: t, state: due}"), test() + test("{policy: a, id: t, state: dew}")] {
            let loaded = load(noHolds + policy(), broken)
            #expect(!loaded.errors.isEmpty && loaded.places == loaded.errors, "\(loaded.places)")
        }
    }
}
