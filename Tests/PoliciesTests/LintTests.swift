import Policies
import Testing

@Suite struct LintTests {
    private func lint(_ text: String) -> [String] {
        load(noHolds + text).diagnostics.map { "\($0.location.line):\($0.location.column) \($0.code): \($0.message)" }
    }

    private func codes(_ text: String) -> [String] { load(noHolds + text).places }

    // MARK: Contradictions

    private let keeper = policy(
        name: "keeper", match: "{kinds: [thread, file], metadata: {a: [x, y]}}", keep: "{atLeast: 91d}")
    private let limiter = policy(name: "limiter", match: "{kinds: [thread], metadata: {a: y, b: z}}")

    @Test func `an internal minimum beyond another policy's maximum is shown with a witness (case 26)`() throws {
        #expect(
            lint(keeper + limiter) == [
                "12:19 contradiction: 'keeper' keeps records at least P91D that 'limiter' lets be at most P90D, "
                    + "both from created; the witness shows it at 2026-11-20T00:00:00Z"
            ])
        #expect(
            load(noHolds + keeper + limiter).diagnostics.map(\.witness) == [
                "{kind: thread, source: export, id: r1, created: 2026-08-22T00:00:00Z, metadata: {a: \"y\", b: z}}"
            ])
    }

    @Test func `what cannot meet, or is meant to outrank, is no contradiction`() {
        for apart in [
            keeper.replacing("91d", with: "90d"), keeper.replacing("[x, y]", with: "x"),
            keeper.replacing("91d", with: "91d, basis: statutory"), keeper.replacing("thread, file", with: "file"),
            keeper.replacing("{kinds", with: "{where: \"age(object.created) < days(90)\", kinds"),
            keeper.replacing("{kinds", with: "{where: \"object.metadata.a != 'y'\", kinds"),
        ] {
            #expect(!codes(apart + limiter).contains { $0.contains("contradiction") || $0.contains("cannot-decide") })
        }
    }

    @Test func `clocks contradict each other only where the keep's is provably no earlier`() {
        let active = keeper.replacing("from: created", with: "from: lastActivity")
        #expect(codes(active + limiter) == ["12:19 contradiction"])
        #expect(codes(keeper + limiter.replacing("from: created", with: "from: lastActivity")) == [])
        #expect(codes(active + limiter.replacing("from: created", with: "from: lastModified")) == [])
        let byAll = active.replacing("lastActivity", with: "lastActivity, counts: [user, assistant, system]")
        let byUser = limiter.replacing("from: created", with: "from: lastActivity, counts: [user]")
        #expect(codes(byAll + byUser) == ["12:19 contradiction"])
        #expect(
            codes(byUser.replacing("atMost: 90d", with: "atLeast: 100d") + byAll.replacing("atLeast", with: "atMost"))
                == [])
    }

    @Test func `globs meet where some name fits both`() throws {
        let first = keeper.replacing("file], ", with: "file], sources: [\"*-eu\"], ")
        let second = limiter.replacing("thread], ", with: "thread], sources: [\"openai-?*\", \"x\"], ")
        let found = try #require(load(noHolds + first + second).diagnostics.first)
        #expect(found.code == "contradiction")
        #expect(found.witness?.contains("source: openai-eu,") == true, "\(found)")
        #expect(codes(first + second.replacing("openai-?*", with: "openai-us")) == [])
    }

    @Test func `periods that only sometimes contradict each other are shown from such a day (case 11)`() throws {
        let months = keeper.replacing("91d", with: "P3M")
        let found = try #require(load(noHolds + months + limiter).diagnostics.first)
        #expect(found.code == "contradiction")
        #expect(found.witness?.contains("created: 2026-08-22") == true, "\(found)")
        #expect(codes(months + limiter.replacing("90d", with: "92d")) == [])
    }

    @Test func `what lint does not look into is said to be undecided, and never claimed`() {
        let opaque = keeper.replacing("{kinds", with: "{where: \"object.id.matches('^t')\", kinds")
        #expect(codes(opaque + limiter) == ["12:19 cannot-decide"])
        let either = keeper.replacing("{kinds", with: "{where: \"object.id.matches('^t') || true\", kinds")
        #expect(codes(either + limiter) == ["10:19 always-holds", "12:19 contradiction"])
    }

    @Test func `a default gives way before it can contradict`() {
        let fallback = policy(name: "fallback", match: "{kinds: [thread]}", "default: true")
        let keeper = policy(name: "keeper", match: "{kinds: [thread], metadata: {a: x}}", keep: "{atLeast: 100d}")
        #expect(codes(fallback + keeper) == ["21:19 contradiction"])
        let other = policy(name: "other", match: "{metadata: {a: x}}", keep: "{atMost: 100d}")
        #expect(codes(fallback + keeper + other) == [])
    }

    // MARK: Shadows

    @Test func `a policy that a stricter one anticipates is shadowed`() {
        let strict = policy(name: "strict", match: "{kinds: [thread, file]}", keep: "{atMost: 30d}")
        let loose = policy(name: "loose", match: "{kinds: [thread], metadata: {a: x}}")
        #expect(lint(loose + strict).map { $0.prefix(14) } == ["6:1 shadowed: "])
        for apart in [
            policy(name: "strict", match: "{metadata: {a: z}}", keep: "{atMost: 1d}"),
            strict.replacing("keep: {atMost: 30d}", with: "keep: {atMost: 30d}\n  mode: observe"),
            strict.replacing("keep: {atMost: 30d}", with: "keep: {atMost: 30d}\n  severity: low"),
            strict.replacing("keep: {atMost: 30d}", with: "keep: {atMost: 30d}\n  overdueAfter: 1d"),
            strict.replacing("keep: {atMost: 30d}", with: "keep: {atMost: 30d}\n  default: true"),
            strict.replacing("{kinds", with: "{where: \"object.metadata.a != 'x'\", kinds"),
            strict.replacing("{kinds", with: "{where: \"object.id.matches('x')\", kinds"),
        ] {
            #expect(!codes(loose + apart).contains { $0.contains("shadowed") }, "\(apart)")
        }
        let exception = document(
            "PolicyException", name: "e", "{policies: [strict], reason: x, expiresAt: 2027-03-31}")
        #expect(codes(loose + strict + exception) == [])
    }

    @Test func `a shadow falls through conditions, too`() {
        let strict = policy(
            name: "strict", match: "{where: \"!(object.kind == 'file') || has(object.owner)\"}", keep: "{atMost: 30d}")
        #expect(codes(policy(name: "loose", match: "{kinds: [thread, run]}") + strict) == ["6:1 shadowed"])
        #expect(codes(policy(name: "loose", match: "{kinds: [thread, file]}") + strict) == [])
    }

    @Test func `a keep is shadowed by a longer one`() {
        let short = policy(name: "short", keep: "{atLeast: 30d}")
        #expect(codes(short + policy(name: "long", match: "{}", keep: "{atLeast: 60d}")) == ["6:1 shadowed"])
        let statutory = short.replacing("30d", with: "30d, basis: statutory")
        #expect(codes(statutory + policy(name: "long", match: "{}", keep: "{atLeast: 60d}")) == [])
    }

    // MARK: Conditions

    @Test(arguments: [
        ("object.metadata.a == 'x'", ["10:19 unguarded-field"]),
        ("object.metadata['a b'] == 'x'", ["10:19 unguarded-field"]),
        ("has(object.metadata.a) && object.metadata.a == 'x'", []),
        ("'a b' in object.metadata && object.metadata['a b'] == 'x'", []),
        ("object.metadata.product in ['p']", ["10:19 always-holds"]),
        ("object.metadata.product == 'x'", ["10:46 constant-comparison"]),
        ("object.id == 'x' && 1 > 2", ["10:19 never-holds"]),
        ("1 < 2 || object.id == 'x'", ["10:19 always-holds"]),
        ("object.bytes > 5 && object.bytes < 6", ["10:19 never-holds"]),
        ("object.bytes > 5 && object.bytes < 7", []),
        ("object.created > object.lastActivity", ["10:19 never-holds"]),
        ("age(object.created) > days(30) && object.created > now - period('P20D')", ["10:19 never-holds"]),
        ("age(object.created) > days(30) && object.created > now - period('P1M')", []),
        ("object.source.startsWith('a') && object.source.endsWith('b') && size(object.id) > 2", []),
        ("object.source == 'a b'", ["10:19 never-holds"]),
        ("object.kind == 'thread' && object.kind != 'thread'", ["10:19 never-holds"]),
        ("object.metadata.product.startsWith('q')", ["10:19 never-holds"]),
        ("object.id.matches('a') && !object.id.matches('a')", ["10:19 never-holds"]),
        ("object.usedBy.exists(u, u.kind == 'message')", []),
        ("has(object.created) ? true : !has(object.created)", ["10:19 always-holds"]),
    ])
    func `a condition that never or always holds is found, and no other`(condition: String, expected: [String]) {
        let text = policy(match: "{metadata: {product: p}}").replacing(
            "match: {", with: "match: {where: \"\(condition)\", ")
        #expect(load(noHolds + text).places == expected)
    }

    @Test func `a condition is read with its document's constants`() {
        let text = policy(match: "{where: \"object.bytes > params.most\"}", "params: {most: -1}")
        #expect(codes(text) == [])
        #expect(codes(text.replacing("object.bytes >", with: "object.bytes <")) == ["10:19 never-holds"])
    }

    // MARK: Documents without effect

    @Test func `a hold or an exception on nothing is found at its line`() {
        let hold = document("LegalHold", name: "h", "{matter: x, match: {sources: [\"a b\"]}}")
        let register = document("HoldRegister", name: "r", "{asOf: 2026-11-20, maxAge: 7d, holds: [h]}")
        #expect(load(register + hold + policy()).places == ["6:1 hold-on-nothing"])
        let exception = document(
            "PolicyException", name: "e",
            "{policies: [a, keep], reason: x, match: {kinds: [file]}, expiresAt: 2027-03-31}")
        let kept = policy(name: "keep", keep: "{atLeast: 1d}")
        #expect(codes(policy() + kept + exception) == ["27:19 exception-on-nothing", "27:22 exception-on-nothing"])
        #expect(codes(policy(match: "{}") + kept + exception.replacing(", keep", with: "")) == [])
    }

    @Test func `a default whose every record falls under another limit is never reached`() {
        let fallback = policy(
            name: "fallback", match: "{kinds: [thread, file]}", keep: "{atMost: 300d}", "default: true")
        let tagged = policy(name: "tagged", match: "{where: \"has(object.tenant)\"}")
        let untagged = policy(name: "untagged", match: "{kinds: [file, thread], where: \"!has(object.tenant)\"}")
        #expect(codes(fallback + tagged + untagged) == ["6:1 default-never-reached"])
        #expect(codes(fallback + tagged + untagged.replacing("file, ", with: "")) == [])
        #expect(
            codes(fallback + tagged + untagged.replacing("{atMost: 90d}", with: "{atMost: 90d}\n  mode: observe")) == []
        )
    }

    @Test(arguments: [
        (policy(keep: "{atLeast: 1d}", "whenDue: delete"), ["13:3 idle-disposition"]),
        (policy(keep: "{atLeast: 1d}", "overdueAfter: 1d"), ["13:3 idle-disposition"]),
        (
            policy(keep: "{atLeast: 1d}", "approvals: {count: 1}"),
            ["13:3 idle-disposition", "13:22 approvals-impossible"]
        ),
        (policy("approvals: {count: 1}"), ["13:3 idle-disposition", "13:22 approvals-impossible"]),
        (policy("limits: {records: 5}"), ["13:3 idle-disposition"]),
        (policy("limits: {records: 0}\n  whenDue: delete"), ["13:3 idle-disposition"]),
        (policy("limits: {perSubject: 0}\n  whenDue: delete"), ["13:3 idle-disposition"]),
        (policy("limits: {records: 5}\n  whenDue: delete"), []),
        (policy(match: "{where: \"age(object.created) < days(90)\"}"), ["10:19 never-due"]),
        (policy(match: "{where: \"age(object.created) <= days(90)\"}"), []),
        (policy(match: "{where: \"age(object.lastActivity) < days(90)\"}"), []),
        (policy(match: "{where: \"object.kind == 'run'\"}", "whenDue: delete"), ["10:19 no-delete-verb"]),
        (policy(match: "{sources: [\"?/*\"]}"), ["6:1 policy-on-nothing"]),
    ])
    func `a disposition that can never run is found`(text: String, expected: [String]) {
        #expect(codes(text) == expected)
    }

    // MARK: Size

    /// Each term guards all others: what it guards may not be written down for each anew.
    @Test(.timeLimit(.minutes(1)))
    func `thousands of terms that guard each other are looked at once`() {
        let keys = (0..<3300).map { "k\($0)" }
        let asked = keys.map { "has(object.metadata.\($0))" }.joined(separator: "&&")
        #expect(codes(policy(match: "{where: \"\(asked)\"}")) == [])
        let read = keys.prefix(1600).map { "has(object.metadata.\($0))&&object.metadata.\($0)==''" }
        #expect(codes(policy(match: "{where: \"\(read.joined(separator: "&&"))\"}")) == [])
    }

    /// Read twice at each level, 60 of them would be read 2^60 times.
    @Test(.timeLimit(.minutes(1)), arguments: [" + period('P1D')", " - period('P1D')", " + period('P1M')"])
    func `sums of sums of periods are read once, whatever they begin with`(summand: String) {
        let chain = String(repeating: summand, count: 60)
        let unreadable = "timestamp(object.metadata.at)\(chain) < now"
        #expect(codes(policy(match: "{where: \"has(object.metadata.at) && \(unreadable)\"}")) == [])
        #expect(codes(policy(match: "{where: \"object.created\(chain) < now\"}")) == [])
    }

    @Test func `many policies are compared, and few pairs are reasoned about`() {
        let policies = (0..<200).map { number in
            policy(
                name: "p\(number)", match: "{kinds: [thread, file], metadata: {tenant: t\(number)}}",
                keep: "{atLeast: 10d, atMost: \(20 + number)d}")
        }
        let clock = ContinuousClock()
        let time = clock.measure { #expect(codes(policies.joined()) == []) }
        print("lint of 200 policies: \(time)")
    }
}
