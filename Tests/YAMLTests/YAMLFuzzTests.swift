import TestSupport
import Testing

@testable import YAML

@Suite struct YAMLFuzzTests {
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
        let run = Fuzzing("YAML fuzz", rounds: Campaign.isSoak ? 400_000 : 3_000) { seed in
            var random = SplitMix64(seed: seed)
            let bytes = random.mutation(of: Self.seeds, with: Self.fragments)
            let file = YAMLFile(bytes)
            let lines = bytes.count(where: { $0 == 10 || $0 == 13 }) + 1
            for problem in file.problems {
                #expect((1...lines).contains(problem.mark.line) && problem.mark.column >= 1, "seed \(seed)")
            }
            for document in file.documents { Self.visit(document) }
        }
        #expect(run.isWithinLimits, "seed \(run.slowestSeed): \(run.slowest)")
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
