import Policies
import Testing

@Suite struct CrossCheckTests {
    @Test func `names are unique by kind, over all files`() {
        let loaded = load(policy(name: "a"), policy(name: "a") + document("Source", name: "a", "{type: export}"))
        #expect(
            loaded.diagnostics.first { $0.level == .error }?.message
                == "there is a RetentionPolicy named 'a' already, at p/0.yaml:3:18")
        #expect(loaded.errors == ["3:18 duplicate-name"])
    }

    @Test func `the register names every hold, and every hold it names is there (case 23)`() {
        let holds = document("LegalHold", name: "m1", "{matter: x}") + document("LegalHold", name: "m2", "{matter: y}")
        let register = document("HoldRegister", name: "r", "{asOf: 2026-11-20, maxAge: 7d, holds: [m1, m3]}")
        #expect(load(register, holds).errors == ["4:50 hold-missing", "8:18 hold-unlisted"])
        #expect(load(noHolds, register.replacing("[m1, m3]", with: "[]")).errors == ["1:1 second-register"])
        #expect(load(policy()).places == ["0:0 no-register"])
    }

    @Test func `an exception names policies that exist`() {
        let exception = document(
            "PolicyException", name: "e", "{policies: [a, aa, zz], reason: x, expiresAt: 2027-03-31}")
        let loaded = load(noHolds + policy() + exception)
        #expect(loaded.errors.map { $0.split(separator: " ")[1] } == ["unknown-policy", "unknown-policy"])
        #expect(loaded.diagnostics.first?.hint == "did you mean 'a'?")
    }

    @Test func `what a broken file may hold is not called missing`() {
        let exception = document("PolicyException", name: "e", "{policies: [b], reason: x, expiresAt: 2027-03-31}")
        #expect(load(exception, "kind: {").errors == ["1:8 yaml-syntax"])
    }

    @Test(arguments: [
        ("P1M", "28d", "2000-01-01"), ("P1M", "30d", "2000-01-01"), ("366d", "1y", "2000-02-29"),
        ("1461d", "4y", "2096-02-29"), ("8d", "7d", "2000-01-01"), ("25h", "1d", "2000-01-01"),
        ("12mo", "365d", "2000-01-01"),
    ])
    func `an atLeast longer than the atMost from whatever day is an error (case 26)`(
        atLeast: String, atMost: String, day: String
    ) {
        let loaded = load(noHolds + policy(keep: "{atLeast: \(atLeast), atMost: \(atMost)}"))
        #expect(loaded.errors == ["12:19 keep-contradiction"])
        #expect(loaded.diagnostics.first?.message.hasSuffix("from \(day)") == true)
    }

    @Test(arguments: [
        ("P1M", "31d"), ("28d", "1mo"), ("365d", "1y"), ("1460d", "4y"), ("90d", "90d"), ("24h", "1d"), ("12mo", "1y"),
    ])
    func `an atLeast that the atMost covers from every day is none (case 26)`(atLeast: String, atMost: String) {
        #expect(load(noHolds + policy(keep: "{atLeast: \(atLeast), atMost: \(atMost)}")).places == [])
    }

    @Test func `a day of 23 hours is shorter than 24 hours in its zone (case 12)`() {
        let loaded = load(noHolds + policy(keep: "{atLeast: PT24H, atMost: P1D, timeZone: Europe/Berlin}"))
        #expect(loaded.errors == ["12:19 keep-contradiction"])
        #expect(loaded.diagnostics.first?.message.hasSuffix("from 2000-03-26") == true)
    }

    @Test func `what deserves a second look is a warning`() {
        let loaded = load(
            policy(match: "{kinds: [thread, run, batch]}", "whenDue: delete"),
            document("PolicyException", name: "e", "{policies: [a], expiresAt: 2026-11-19}")
                + document("HoldRegister", name: "r", "{asOf: 2026-11-01, maxAge: 7d, holds: []}")
                + document(
                    "Source", name: "s", "{type: sql, acceptedGaps: [{kinds: [run], reason: x, until: 2026-01-01}]}")
        )
        #expect(loaded.policies != nil)
        #expect(
            loaded.places == [
                "5:27 no-delete-verb", "5:32 no-delete-verb", "4:7 no-reason", "4:34 expired-exception",
                "9:14 stale-register", "14:14 source-not-scannable", "14:67 expired-gap",
            ])
    }
}
