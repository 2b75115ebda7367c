import TestSupport
import Testing

@testable import Records

@Suite struct IdWordsTests {
    @Test func `words of ids have the order of the ids, as far as eight bytes after what all begin with tell`() {
        var random = SplitMix64(seed: 11)
        var shared: Set<Int> = []
        for _ in 0..<100 {
            let prefix = String(repeating: "p", count: Int.random(in: 0...20, using: &random))
            let lines = (0..<30).map { number in
                let length = Int.random(in: 0...12, using: &random)
                let rest = (0..<length).map { _ in "abé".randomElement(using: &random) ?? "a" }
                return Line(.file, "\(prefix)\(String(rest))\(length < 6 ? "x" : "")\(number % 10)")
            }
            let inventory = Material.inventory(lines)
            let rows = (0..<inventory.count).filter { _ in Bool.random(using: &random) }
            let words = inventory.idWords(rows.map(UInt32.init))
            let ids = rows.map { Array(inventory.id($0).utf8) }
            var common = ids.first?.count ?? 0
            for id in ids { common = min(common, zip(id, ids[0]).prefix { $0 == $1 }.count) }
            shared.insert(common)
            let expected = ids.map { id in
                let bytes = id.dropFirst(common).prefix(8)
                return (Array(bytes) + Array(repeating: 0, count: 8 - bytes.count)).reduce(0) { $0 << 8 | UInt64($1) }
            }
            #expect(words == expected)
        }
        #expect(shared.count > 10)
    }
}
