import Foundation
import Testing

@testable import YAML

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

@Suite struct YAMLFuzzTests {
    private static let rounds = ProcessInfo.processInfo.environment["TENURE_SOAK"] == "1" ? 400_000 : 3_000

    /// How long to go on, as `make check` and `make soak` set it; nil for so many rounds.
    private static let seconds = ProcessInfo.processInfo.environment["TENURE_FUZZ_SECONDS"].flatMap { Double($0) }

    private static let seeds: [String] = [
        "apiVersion: tenure/v1\nkind: RetentionPolicy\nmetadata: {name: a, labels: {x: y}}\nspec:\n  where: |\n    a\n",
        "a: &x [1, 'two', \"\\u00e9\\\n  b\"]\nb: *x\n? complex\n: >-\n  folded\n\n  text\n---\n!!str c: ~\n...\n",
        "- - - {a: [b, {c: d}], <<: *q}\n- |2+\n    é\n\n- %x\n",
    ]

    private static let fragments = [
        "\n---\n", "&a ", "*a", ": ", "- ", "[", "]", "{", "}", "|\n", ">", "\"", "'", "\t", "\r\n", "\u{2028}",
        "\u{FEFF}",
        "<<", "!", "%YAML 1.9\n", "# ", "\\", "...\n", "? ", "😀",
    ]

    @Test func `no bytes crash the reader, and every problem has a place in the file`() {
        var random = Generator(state: 20_261_120)
        let start = ContinuousClock.now
        var round = 0
        while Self.seconds.map({ ContinuousClock.now - start < .seconds($0) }) ?? (round < Self.rounds) {
            round += 1
            let bytes = Self.mutated(&random)
            let file = YAMLFile(bytes)
            let lines = bytes.count(where: { $0 == 10 || $0 == 13 }) + 1
            for problem in file.problems {
                #expect((1...lines).contains(problem.mark.line) && problem.mark.column >= 1)
            }
            for document in file.documents { Self.visit(document) }
        }
        if Self.seconds != nil { print("YAML fuzz: \(round) files") }
    }

    private static func mutated(_ random: inout Generator) -> [UInt8] {
        var bytes = Array((seeds.randomElement(using: &random) ?? "").utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.replaceSubrange(place..<end, with: (fragments.randomElement(using: &random) ?? "").utf8)
            case 1: bytes.insert(contentsOf: (fragments.randomElement(using: &random) ?? "").utf8, at: place)
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            default: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
            }
        }
        return bytes
    }

    private static func visit(_ node: Node) {
        switch node.content {
        case .scalar(let scalar):
            _ = scalar.resolved
            for offset in [-1, 0, 1, 3, scalar.text.unicodeScalars.count, 1000] {
                let place = scalar.position(ofCodePoint: offset)
                #expect(place.line >= 1 && place.column >= 1)
            }
        case .sequence(let nodes): nodes.forEach(visit)
        case .mapping(let entries):
            for entry in entries { visit(entry.value) }
        }
    }
}
