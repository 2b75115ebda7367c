import CEL
import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

/// Errors that another part of an expression outvotes, which a strict run tells.
@Suite struct AbsorbedErrorTests {
    private var estate: Estate {
        var estate = Estate()
        estate.add(.thread, "plain", created: "2026-01-01")
        estate.add(.thread, "support", created: "2026-01-01", ["product": "support"])
        estate.add(.thread, "twin", created: "2026-01-01", ["product": "support"])
        estate.add(.message, "m1", created: "2026-01-02", in: "plain")
        estate.add(.message, "m2", created: "2026-01-02", in: "plain", ["product": "a"])
        estate.add(.file, "f", created: "2026-01-02", ["product": "a"])
        return estate
    }

    private func absorbed(
        _ policies: [RetentionPolicy] = [], access: [AccessPolicy] = [], holds: [LegalHold] = [],
        exceptions: [PolicyException] = [], isStrict: Bool = true
    ) -> ScanResult {
        var options = ScanOptions()
        options.isStrict = isStrict
        let set = PolicySet(retention: policies, access: access, holds: holds, exceptions: exceptions)
        return Evaluator(policies: set, asOf: asOf, options: options).evaluate(estate.inventory())
    }

    private func lines(_ result: ScanResult) -> [String] {
        result.absorbed.map { "\($0.document) \($0.code) \($0.records)" }
    }

    /// Of three threads one lacks the key, and the second term decides.
    private static let careless = "object.metadata.product == 'x' || object.kind == 'thread'"

    @Test func `an absorbed error changes nothing, and makes a strict run incomplete`() {
        let rules = [policy("p", match([.thread], where: Self.careless), atMost: "9y")]
        let lax = absorbed(rules, isStrict: false)
        #expect(lax.absorbed.isEmpty)
        #expect(lax.exitCode == 0)
        let strict = absorbed(rules)
        #expect(lines(strict) == ["RetentionPolicy p no-such-key 1"])
        #expect(
            strict.incomplete.map(\.message) == [
                "RetentionPolicy p: policies/test.yaml:1:1: an error was absorbed for 1 record: no-such-key"
            ])
        #expect(strict.exitCode == 3)
        #expect(strict.summary == lax.summary)
        #expect(strict.findings == lax.findings)
    }

    @Test func `a violation outranks what a strict run absorbed`() {
        #expect(absorbed([policy("p", match([.thread], where: Self.careless), atMost: "1d")]).exitCode == 1)
    }

    @Test(arguments: [
        "has(object.metadata.product) && object.metadata.product == 'x'",
        "'product' in object.metadata ? object.metadata.product == 'x' : false",
        "object.kind == 'thread' || object.metadata.product == 'x'",
    ])
    func `what asks first, or decides first, absorbs nothing`(condition: String) {
        #expect(absorbed([policy("p", match([.thread], where: condition), atMost: "9y")]).absorbed.isEmpty)
    }

    @Test func `only records are counted of which the condition is asked`() {
        let first = match([.thread], ["product": ["support"]], where: Self.careless)
        #expect(absorbed([policy("p", first, atMost: "9y")]).absorbed.isEmpty)
        let named = match(ids: ["plain", "m1"], where: Self.careless + " || object.kind == 'message'")
        #expect(lines(absorbed([policy("p", named, atMost: "9y")])) == ["RetentionPolicy p no-such-key 2"])
        let young = match(
            [.thread], created: ("2026-02-01", "2026-03-01"), where: Self.careless)
        #expect(absorbed([policy("p", young, atMost: "9y")]).absorbed.isEmpty)
    }

    @Test func `a condition that reads more than texts is asked of every record`() {
        let condition = "(object.metadata.product == 'x' && object.bytes > 5) || age(object.created) > days(1)"
        let result = absorbed([policy("p", match([.thread], where: condition), atMost: "9y")])
        #expect(lines(result) == ["RetentionPolicy p no-such-field 1", "RetentionPolicy p no-such-key 1"])
    }

    @Test func `each part counts a record once, however many elements fail in it`() {
        let condition = "object.contains.exists(m, m.bytes > 1 || m.metadata.product == 'a')"
        let result = absorbed([policy("p", match(ids: ["plain"], where: condition), atMost: "9y")])
        // Neither message has a size, and one has no product: of that one two parts fail.
        #expect(lines(result) == ["RetentionPolicy p no-such-field 1", "RetentionPolicy p no-such-key 1"])
    }

    @Test func `holds, exceptions and clocks are looked at alike`() {
        let careless = match([.thread], where: Self.careless)
        let clock = RetentionPolicy.Clock.custom(
            expression("object.metadata.product == 'x' || true ? object.created : now", .timestamp))
        let result = absorbed(
            [policy("clocked", match([.thread]), clock: clock, atMost: "9y")], holds: [hold("h", careless)],
            exceptions: [exception("e", ["clocked"], careless)])
        #expect(
            lines(result) == [
                "LegalHold h no-such-key 1", "PolicyException e no-such-key 1", "RetentionPolicy clocked no-such-key 1",
            ])
    }

    @Test func `a validation tells what it absorbs, and what the variables that it reads absorb`() {
        let files = access(
            "files", match([.thread]),
            [
                ("read", "variables.careless || object.metadata.product == 'x'"),
                ("unread", "object.kind == 'thread' || variables.other"),
            ],
            variables: [("careless", Self.careless), ("other", "object.bytes == 1 || true")])
        #expect(lines(absorbed(access: [files])) == ["AccessPolicy files no-such-key 1"])
    }

    @Test func `what does not know is told like what fails`() {
        var estate = estate
        estate.unread = KindSet(.message)
        var options = ScanOptions()
        options.isStrict = true
        let condition = "object.contains.size() > 3 || object.kind == 'thread'"
        let result = scan(estate, [policy("p", match([.thread], where: condition), atMost: "9y")], options: options)
        #expect(result.absorbed.map(\.code) == ["unknown"])
        #expect(result.absorbed.map(\.records) == [3])
    }
}
