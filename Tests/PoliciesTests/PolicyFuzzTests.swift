import Foundation
import Policies
import TestSupport
import Testing

@Suite struct PolicyFuzzTests {
    private static let fragments = [
        "where: \"object.\"", "{", "}", "[", "]", ": ", "- ", "~", "true", "99999999999999999999", "P9999Y",
        "0001-01-01",
        "9999-12-31", "1e999", "kind: LegalHold", "params: {a: [1, .inf, ~]}", "\n---\n", "&a ", "*a", "é", "\t",
        "9999y",
        "from: \"timestamp('9999-12-31T00:00:00Z') + period('9y')\"", "timeZone: Pacific/Apia", "atLeast: 28d", "1mo",
    ]

    @Test func `no document crashes the loader, and there is a set just where there is no error`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Checkout.policies)
        let seeds = try names.filter { $0.hasSuffix(".yaml") }.sorted().map {
            try String(contentsOfFile: "\(Checkout.policies)/\($0)", encoding: .utf8)
        }
        let run = Fuzzing("Policy fuzz", rounds: Campaign.isSoak ? 100_000 : 400, share: 0.2) { seed in
            var random = SplitMix64(seed: seed)
            let bytes = random.mutation(of: seeds, with: Self.fragments)
            let loaded = PolicyLoader.load(files: [("f.yaml", bytes)], asOf: asOf)
            #expect(
                (loaded.policies == nil) == loaded.diagnostics.contains { $0.level == .error }, "seed \(seed)")
        }
        #expect(run.isWithinLimits, "seed \(run.slowestSeed): \(run.slowest)")
    }
}
