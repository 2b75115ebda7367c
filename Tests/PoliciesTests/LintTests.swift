import Policies
import Testing

@Suite struct LintTests {
    private func lint(_ text: String) -> [String] {
        load(noHolds + text).diagnostics.map { "\($0.location.line):\($0.location.column) \($0.code): \($0.message)" }
    }

    @Test func `an internal minimum beyond another policy's maximum is shown with a witness (case 26)`() {
        let keeper = policy(
            name: "keeper", match: "{kinds: [thread, file], metadata: {a: [x, y]}}", keep: "{atLeast: 91d}")
        let limiter = policy(name: "limiter", match: "{kinds: [thread], metadata: {a: y, b: z}}")
        #expect(
            lint(keeper + limiter) == [
                "6:1 contradiction: 'keeper' keeps a thread with a=y and b=z at least P91D, and 'limiter' at most P90D, from 2000-01-01"
            ])
        for apart in [
            keeper.replacing("91d", with: "90d"), keeper.replacing("[x, y]", with: "x"),
            keeper.replacing("91d", with: "91d, basis: statutory"), keeper.replacing("thread, file", with: "file"),
            keeper.replacing("created", with: "lastActivity"), keeper.replacing("kinds:", with: "ids: [t1], kinds:"),
        ] {
            #expect(lint(apart + limiter) == [])
        }
    }

    @Test func `a policy that a stricter one anticipates is shadowed`() {
        let strict = policy(name: "strict", match: "{kinds: [thread, file]}", keep: "{atMost: 30d}")
        let loose = policy(name: "loose", match: "{kinds: [thread], metadata: {a: x}}")
        #expect(lint(loose + strict).map { $0.prefix(14) } == ["6:1 shadowed: "])
        #expect(lint(loose + policy(name: "strict", match: "{metadata: {a: z}}", keep: "{atMost: 1d}")) == [])
        #expect(
            lint(loose + strict.replacing("keep: {atMost: 30d}", with: "keep: {atMost: 30d}\n  mode: observe")) == [])
    }

    @Test(arguments: [
        ("object.metadata.a == 'x'", ["10:19 unguarded-field"]),
        ("object.metadata['a b'] == 'x'", ["10:19 unguarded-field"]),
        ("has(object.metadata.a) && object.metadata.a == 'x'", []),
        ("'a b' in object.metadata && object.metadata['a b'] == 'x'", []),
        ("object.metadata.product == 'p'", []),
        ("object.metadata.product == 'x'", ["10:46 constant-comparison"]),
        ("object.id == 'x' && 1 > 2", ["10:19 constant-condition"]),
        ("1 < 2 || object.id == 'x'", ["10:19 constant-condition"]),
    ])
    func `a condition that cannot be meant is a warning`(condition: String, expected: [String]) {
        let text = policy(match: "{metadata: {product: p}}").replacing(
            "match: {", with: "match: {where: \"\(condition)\", ")
        #expect(load(noHolds + text).places == expected)
    }
}
