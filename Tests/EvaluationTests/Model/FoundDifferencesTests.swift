import Chronology
import Evaluation
import Policies
import Records
import RuleSupport
import Testing

/// What engine and model once disagreed on, each as small as it became, with the answer that the design gives.
@Suite struct FoundDifferencesTests {
    private func file(_ id: String, age: Int, _ change: (inout WorldRecord) -> Void = { _ in }) -> WorldRecord {
        var record = WorldRecord(.file, id)
        record.created = .days(-age)
        change(&record)
        return record
    }

    @Test(arguments: [(until: -3, expires: 2), (until: -30, expires: -25)])
    func `an expiry before a released hold ends is claimed against it, also afterwards`(until: Int, expires: Int) {
        var world = World()
        world.records = [file("f", age: 60) { $0.expires = .days(expires) }]
        world.holds = [WorldDocuments.hold("matter", from: -40, until: until) { $0.kinds = [.init(.file)] }]
        let result = Comparison.evaluate(world)
        #expect(result.findings.map(\.state) == [.earlyExpiry])
        #expect(result.findings.first?.hold == 0)
        #expect(result.findings.first?.policy == nil)
        #expect(Comparison(world).agrees)
    }

    @Test func `the last activity of an id of which two records differ is open, whatever its users did`() {
        var world = World()
        world.records = [
            file("f", age: 365), file("f", age: 365) { $0.metadata["subject"] = "s1" },
            WorldRecord(.response, "r"),
        ]
        world.records[2].created = .days(-90)
        world.records[2].uses = [Target(.file, "f")]
        world.policies = [
            WorldDocuments.policy("files", kinds: [.file], clock: .lastActivity(counts: []), atMost: "180d") {
                $0.whileUsed = .delete
            }
        ]
        let result = Comparison.evaluate(world)
        #expect(result.findings.map(\.state) == [.undetermined])
        #expect(result.findings.first?.clock == .everything)
        #expect(Comparison(world).agrees)
    }

    @Test func `an exception never covers what is undetermined`() {
        var world = World()
        world.records = [file("f", age: 0) { $0.created = .missing }]
        world.policies = [WorldDocuments.policy("files", kinds: [.file], atMost: "30d")]
        world.exceptions = [WorldDocuments.exception("pilot", from: ["files"]) { $0.kinds = [.init(.file)] }]
        #expect(Comparison.evaluate(world).findings.map(\.state) == [.undetermined])
        #expect(Comparison(world).agrees)
    }
}
