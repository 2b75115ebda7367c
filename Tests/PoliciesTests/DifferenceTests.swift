import Testing

@testable import Policies

@Suite struct DifferenceTests {
    private func differences(_ old: String, _ new: String) -> [DocumentDifference] {
        let (before, after) = (load(old, noHolds), load(new, noHolds))
        #expect(!before.hasErrors && !after.hasErrors, "\(before.diagnostics)\(after.diagnostics)")
        return DocumentDifference.all(from: before, to: after)
    }

    @Test(arguments: [
        (policy(keep: "{atMost: 90d}"), policy(keep: "{ 'atMost' : P90D }   # the same")),
        (policy(keep: "{atMost: 90d}"), policy(keep: "{atMost: 90d, basis: internal}", "severity: medium")),
        (policy(match: "{kinds: [thread, file]}"), policy(match: "{kinds: [file, thread]}")),
        (
            policy(match: "{kinds: [thread], where: 'has(object.tenant) && true'}"),
            policy(match: "{kinds: [thread], where: \"has(object.tenant)\\n  &&   true\"}")
        ),
        (policy(name: "a") + policy(name: "b"), policy(name: "b") + policy(name: "a")),
    ])
    func `formatting, comments, order and defaults that are spelt out are no difference`(old: String, new: String) {
        #expect(differences(old, new).isEmpty)
    }

    @Test(arguments: [
        ("{atMost: 90d}", "{atMost: 30d}", [RuleEffect.limitsSooner]),
        ("{atMost: 90d}", "{atMost: 1y}", [.limitsLater]),
        ("{atMost: 90d}", "{atMost: P3M}", [.limitsOtherwise]),
        ("{atMost: 18mo}", "{atMost: P1Y6M}", []),
        ("{atMost: 90d}", "{atLeast: 7d, atMost: 90d}", [.keepsLonger]),
        ("{atLeast: 8d, atMost: 90d}", "{atLeast: 7d}", [.keepsShorter, .limitsLater]),
        ("{atMost: 90d}", "{atMost: 90d, timeZone: Europe/Berlin}", [.limitsOtherwise]),
    ])
    func `a period's change is told by what it does, from whatever day`(
        old: String, new: String, effects: [RuleEffect]
    ) throws {
        let difference = try #require(differences(policy(keep: old), policy(keep: new)).first)
        #expect(difference.kind == "RetentionPolicy" && difference.name == "a" && difference.change == .changed)
        #expect(difference.effects == effects)
    }

    @Test(arguments: [
        ("{metadata: {cl\u{E9}: a}}", "{metadata: {cle\u{301}: a}}", 2), ("{ids: [\u{E9}]}", "{ids: [e\u{301}]}", 1),
        ("{subjects: [\u{E9}]}", "{subjects: [e\u{301}]}", 1),
    ])
    func `another spelling of a letter is a difference, for it is another record's (case 88)`(
        old: String, new: String, fields: Int
    ) {
        #expect(differences(policy(match: old), policy(match: new)).map(\.fields.count) == [fields])
    }

    @Test func `of ids and subjects the number is told to whoever may not see them`() throws {
        let old = "{ids: [file-1, file-2], subjects: ['user:1']}"
        let difference = try #require(
            differences(policy(match: old), policy(match: "{ids: [file-3], subjects: ['user:2', 'a, b']}")).first)
        let told = { (difference: DocumentDifference) in difference.fields.map { [$0.path, $0.from, $0.to] } }
        let subjects = ["spec.match.subjects", "\"1 subjects\"", "\"2 subjects\""]
        #expect(told(difference) == [["spec.match.ids", "[\"file-1\", \"file-2\"]", "[\"file-3\"]"], subjects])
        #expect(told(difference.withoutIds) == [["spec.match.ids", "\"2 ids\"", "\"1 ids\""], subjects])
    }

    @Test(arguments: [
        ("{kinds: [thread]}", "{kinds: [thread, file]}", [RuleEffect.matchesMore]),
        ("{kinds: [thread]}", "{kinds: [file]}", [.matchesOtherwise]),
        ("{kinds: [thread]}", "{}", [.matchesMore]),
        ("{kinds: [thread]}", "{kinds: [thread], metadata: {product: a}}", [.matchesLess]),
        ("{metadata: {product: a}}", "{metadata: {product: [a, b]}}", [.matchesMore]),
        ("{metadata: {product: a}}", "{metadata: {tenant: a}}", [.matchesOtherwise]),
        ("{kinds: [thread], ids: [a]}", "{kinds: [thread, file], ids: [a, b]}", [.matchesMore]),
        ("{kinds: [thread, file]}", "{kinds: [thread], where: 'has(object.tenant)'}", [.matchesLess]),
        (
            "{createdBetween: {from: 2026-01-01, to: 2026-02-01}}",
            "{createdBetween: {from: 2026-01-01, to: 2026-02-02}}", [.matchesMore]
        ),
    ])
    func `a match that speaks of more or of less says so where its words tell`(
        old: String, new: String, effects: [RuleEffect]
    ) {
        #expect(differences(policy(match: old), policy(match: new)).map(\.effects) == [effects])
    }

    @Test func `a field's change names the path and both values, and documents come and go`() {
        let hold = document(
            "LegalHold", name: "h", "{matter: M, match: {subjects: [a@b.example, c]}, from: 2026-01-01}")
        let all = DocumentDifference.all(
            from: load(policy(name: "a"), policy(name: "b")),
            to: load(
                policy(name: "a", keep: "{atMost: 30d}", "whenDue: delete"), hold,
                document("HoldRegister", name: "holds", "{asOf: 2026-11-20, maxAge: 7d, holds: [h]}")))
        #expect(
            all.map { "\($0.kind) \($0.name) \($0.change)" } == [
                "HoldRegister holds added", "LegalHold h added", "RetentionPolicy a changed",
                "RetentionPolicy b removed",
            ])
        #expect(
            all[2].fields == [
                .init(path: "spec.keep.atMost", from: "\"P90D\"", to: "\"P30D\""),
                .init(path: "spec.whenDue", from: "\"report\"", to: "\"delete\""),
            ])
        #expect(all[2].effects == [.limitsSooner, .deletes])
    }

    @Test func `of the subjects of a hold only the number is told`() {
        let hold = { (subjects: String, holds: String) in
            load(
                document("LegalHold", name: "h", "{matter: M, match: {subjects: \(subjects)}, from: 2026-01-01}"),
                document("HoldRegister", name: "holds", "{asOf: 2026-11-20, maxAge: 7d, holds: [h]}"))
        }
        let all = DocumentDifference.all(from: hold("[jane@b.example]", ""), to: hold("[jane@b.example, 'x, y']", ""))
        #expect(all.map(\.effects) == [[.matchesMore]])
        #expect(all.first?.fields == [.init(path: "spec.match.subjects", from: "\"1 subjects\"", to: "\"2 subjects\"")])
    }
}
