import Policies
import Testing

@Suite struct PlantedMistakesTests {
    @Test
    func `a contradiction, a shadow, a typo, a dead selector and an expired exception are named, and nothing else`() {
        let sound = [
            policy(name: "support", match: "{kinds: [thread], metadata: {product: support}}"),
            policy(name: "sales", match: "{kinds: [thread], metadata: {product: sales}}", keep: "{atMost: 180d}"),
            policy(name: "rest", match: "{kinds: [thread, file]}", keep: "{atMost: 1y}", "default: true"),
            policy(
                name: "law", match: "{kinds: [thread], metadata: {law: mifid}}", keep: "{atLeast: 5y, basis: statutory}"
            ),
            document(
                "PolicyException", name: "pilot",
                "{policies: [support], reason: x, match: {metadata: {project: pilot}}, expiresAt: 2027-03-31}"),
        ]
        #expect(load([noHolds] + sound).places == [])
        let planted = [
            policy(
                name: "keeper", match: "{kinds: [thread], metadata: {product: [trial, support]}}",
                keep: "{atLeast: 100d}"),
            policy(
                name: "looser", match: "{kinds: [thread], metadata: {product: sales, tier: low}}",
                keep: "{atMost: 200d}"),
            policy(name: "dead", match: "{kinds: [file], where: \"object.source.startsWith('eu/')\"}"),
            policy(name: "typo", match: "{kinds: [run], metdata: {a: b}}"),
            document(
                "PolicyException", name: "old",
                "{policies: [support], reason: x, match: {metadata: {project: pilot}}, expiresAt: 2026-11-19}"),
        ]
        let found = load([noHolds] + sound + planted).diagnostics.map {
            "\($0.level.rawValue) \($0.location.file):\($0.location.line) \($0.code)"
        }
        #expect(
            found == [
                "warning p/10.yaml:4 expired-exception", "warning p/6.yaml:7 contradiction",
                "warning p/7.yaml:1 shadowed", "warning p/8.yaml:5 never-holds", "error p/9.yaml:5 unknown-key",
            ])
    }
}
