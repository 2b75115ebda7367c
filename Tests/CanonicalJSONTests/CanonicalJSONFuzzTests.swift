import CanonicalJSON
import TestSupport
import Testing

/// Bytes that are nearly canonical.
@Suite struct CanonicalJSONFuzzTests {
    @Test func `whatever is taken is what we would write`() throws {
        let seeds = [
            #"{"a":[1,2.5,-3e-7,"x"],"b":{"c":null,"d":true}}"#, #"{"\n":"\u0001\"\\","é":1e+21,"😀":""}"#, "{}",
        ]
        let fragments = ["\"", "\\", "\\u00", "1e", "-", ",", ":", "{", "}", "[]", "é", "😀", "0", ".5", "null", "tru"]
        var taken = 0
        let fuzzing = Fuzzing("canonical JSON", rounds: 4_000, share: 0.1) { seed in
            var random = SplitMix64(seed: seed)
            let bytes = random.mutation(of: seeds, with: fragments)
            guard let value = CanonicalValue(object: bytes) else { return }
            taken += 1
            #expect((try? value.canonical()) == bytes, "seed \(seed)")
        }
        #expect(fuzzing.isWithinLimits && taken > 100, "\(taken)")
    }
}
