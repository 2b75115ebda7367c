import Foundation
import Policies
import Testing

/// SplitMix64: the same mutations in every run.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct PolicyFuzzTests {
    private static let rounds = ProcessInfo.processInfo.environment["TENURE_SOAK"] == "1" ? 100_000 : 400

    private static let fragments = [
        "where: \"object.\"", "{", "}", "[", "]", ": ", "- ", "~", "true", "99999999999999999999", "P9999Y",
        "0001-01-01",
        "9999-12-31", "1e999", "kind: LegalHold", "params: {a: [1, .inf, ~]}", "\n---\n", "&a ", "*a", "é", "\t",
        "9999y",
        "from: \"timestamp('9999-12-31T00:00:00Z') + period('9y')\"", "timeZone: Pacific/Apia", "atLeast: 28d", "1mo",
    ]

    @Test func `no document crashes the loader, and there is a set just where there is no error`() throws {
        var random = Generator(state: 20_261_121)
        let directory = "\(repository)/policies"
        let seeds = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".yaml") }
            .sorted().map { name in
                Array(try Data(contentsOf: URL(filePath: "\(directory)/\(name)")))
            }
        for _ in 0..<Self.rounds {
            var bytes = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
                let fragment = (Self.fragments.randomElement(using: &random) ?? "").utf8
                if Bool.random(using: &random) {
                    bytes.replaceSubrange(place..<end, with: fragment)
                } else {
                    bytes.removeSubrange(place..<end)
                }
            }
            let loaded = PolicyLoader.load(files: [("f.yaml", bytes)], asOf: asOf)
            #expect((loaded.policies == nil) == loaded.diagnostics.contains { $0.level == .error })
        }
    }
}
