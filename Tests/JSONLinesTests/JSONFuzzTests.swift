import JSONLines
import TestSupport
import Testing

@Suite struct JSONFuzzTests {
    @Test func `no bytes trap`() {
        let seeds = [
            "{\"a\":1}\n{\"b\":[true,null,{\"c\":\"\\u00e9\"}]}\n",
            "{\"object\":\"list\",\"data\":[{\"a\":1.5e3},{}],\"b\":0}", "[1,\n2]\n",
            "",
        ]
        let fragments = [
            "{", "}", "[", "]", "\"", ",", ":", "\\", " ", "\n", "\r", "\t", "data", "\"data\":[", "0", "-", "e", ".",
            "true", "null",
            "\u{FEFF}", "é", "\u{0}", "\\ud800", "[[[[[[[[", "1e999",
        ]
        let run = Fuzzing("JSON lines fuzz", rounds: Campaign.isSoak ? 50_000 : 800, share: 0.2) { seed in
            var random = SplitMix64(seed: seed)
            let bytes = random.mutation(of: seeds, with: fragments, places: 1...12)
            _ = entries(of: bytes, threads: 1, limits: limits(window: 16, record: 64))
        }
        #expect(run.isWithinLimits, "seed \(run.slowestSeed): \(run.slowest)")
    }
}
