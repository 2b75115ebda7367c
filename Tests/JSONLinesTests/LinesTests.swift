import Foundation
import JSONLines
import TestSupport
import Testing

@Suite struct LinesTests {
    @Test(arguments: [16, 23, 64, 1 << 20], [1, 2, 3])
    func `one document a line keeps its line, whatever the windows`(window: Int, threads: Int) {
        let text = "{\"id\":1}\n\n  \r\n{\"id\":2}\r\n{\"id\":\"a longer line than the window\"}\n{\"id\":4}"
        #expect(
            entries(of: text, window: window, threads: threads) == [
                "1: {\"id\":1}", "4: {\"id\":2}", "5: {\"id\":\"a longer line than the window\"}", "6: {\"id\":4}",
            ])
    }

    /// Each line would take a copy of all that is behind it in the window: some 1 TB here.
    @Test(.timeLimit(.minutes(1)), arguments: ["7", "null", "\"x\""])
    func `lines without an object cost no more than their bytes`(line: String) {
        let count = (2 << 20) / (line.utf8.count + 1)
        let text = Array("{}\n".utf8) + repeatElement(Array((line + "\n").utf8), count: count).joined()
        var found = 0
        let file = TemporaryFile(text)
        JSONFiles([file.path], threads: 1, limits: limits(window: 4 << 20)).read { window in
            var values = 0
            window.forEach { _, record in if case .value = record { values += 1 } }
            return values
        } consume: { _, values in
            found += values
        }
        #expect(found == count + 1)
    }

    @Test func `a broken line costs only itself`() {
        let text =
            "{\"a\":1}\n{\"a\":\n{\"a\":3}\nnonsense\n{\"a\":5} trailing\n{\"skipped\":nope}\n{\"a\":7}\n{\"a\":\"8"
        #expect(
            entries(of: text) == [
                "1: {\"a\":1}", "2: !structure", "3: {\"a\":3}", "4: !structure", "5: !structure", "6: !structure",
                "7: {\"a\":7}", "8: !string",
            ])
    }

    /// The lines of a window share the search for their tokens; none may see that.
    @Test func `every line is read as if it stood alone, in any company`() {
        let known: [(line: [UInt8], read: String?)] =
            [
                ("{\"a\":1}", "{\"a\":1}"), ("{\"b\":[{},{\"c\":\"\\u00e9\"}]}", "{\"b\":[{},{\"c\":\"é\"}]}"),
                ("7", "7"),
                ("\"text\"", "\"text\""), ("", nil), (" \t", nil), ("{\"a\":", "!structure"), ("1}", "!structure"),
                ("[[[[", "!structure"), ("]]", "!structure"), ("{\"a\":1},", "!structure"),
                ("{\"a\":1} {\"b\":2}", "!structure"),
                ("{\"a\":\"open", "!string"), ("open\":1}", "!string"), ("{\"a\":\"\u{1}\"}", "!string"),
                ("{\"a\":\"\\q\"}", "!string"),
                ("\\", "!structure"), ("{\"a\":01}", "!number"),
            ].map { (Array($0.0.utf8), $0.1) } + [([0x22, 0xC3, 0x22], "!encoding")]
        var random = SplitMix64(seed: 12)
        var broken = 0
        for _ in 0..<(Campaign.isSoak ? 20_000 : 800) {
            let chance = Int.random(in: 1...3, using: &random)
            let lines = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                known[
                    Int.random(
                        in: 0..<(Int.random(in: 0..<4, using: &random) < chance ? 4 : known.count), using: &random)]
            }
            broken += lines.contains { $0.read?.hasPrefix("!") == true } ? 1 : 0
            let expected = lines.enumerated().compactMap { place, line in line.read.map { "\(place + 2): \($0)" } }
            // The first line says that the file is one of lines.
            let text = Array("{}\n".utf8) + lines.map(\.line).joined(separator: [UInt8(ascii: "\n")])
            #expect(entries(of: text).dropFirst().map(\.description) == expected)
        }
        #expect(broken > 200, "\(broken) texts held a broken line")
    }

    @Test(arguments: [
        "{\"a\":1", "{\"a\":\"x", "{\"a\":[{\"b\":1},", "{\"id\":\"m\",\"content\":[{\"a\":1}", "{\"a\":tr",
    ])
    func `a torn first line does not take the lines after it along`(first: String) {
        let read = entries(of: first + "\n{\"a\":2}\n{\"a\":3}\n")
        #expect(read.dropFirst() == ["2: {\"a\":2}", "3: {\"a\":3}"])
        #expect(read.first?.hasPrefix("1: !") == true)
    }

    @Test func `a byte-order mark is no part of the first line (case 79)`() {
        #expect(entries(of: "\u{FEFF}{\"a\":1}\n") == ["1: {\"a\":1}"])
        #expect(entries(of: "\u{FEFF}[{\"a\":1}]") == ["1: {\"a\":1}"])
    }

    @Test func `nothing is an empty file's content`() {
        #expect(entries(of: "") == [])
        #expect(entries(of: "\n \r\n\n") == [])
        #expect(entries(of: "\u{FEFF}") == [])
    }

    @Test func `bytes that are not text are defects, not crashes`() {
        #expect(entries(of: [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]).map(\.text) == ["!encoding"])
        #expect(entries(of: [UInt8](repeating: 0, count: 3000)).map(\.text) == ["!structure"])
        #expect(entries(of: [0xFF, 0xFE, 0x7B, 0x00]).map(\.text) == ["!encoding"])
    }

    @Test(arguments: [
        ("1704629915775", "1704629915775"), ("-1", "-1"), ("0", "0"), ("1454884927.000002", "1454884927.000002"),
        ("9223372036854775808", "9223372036854775808"), ("1e2", "100.0"), ("18446744073709551616", "!number"),
        ("1e999", "!number"), ("01", "!number"), ("1.", "!number"), ("+1", "!structure"), ("NaN", "!structure"),
    ])
    func `numbers are read whole or refused (case 6)`(number: String, read: String) {
        #expect(entries(of: number + "\n") == ["1: " + read])
    }

    @Test func `a record beyond the limit is skipped and named, and the next is read (case 51)`() {
        let long = "{\"a\":\"" + String(repeating: "x", count: 500) + "\"}"
        let text = "{\"a\":1}\n\(long)\n{\"a\":3}\n\(long)"
        #expect(
            entries(of: text, window: 32, record: 100) == [
                "1: {\"a\":1}", "2: !tooLong", "3: {\"a\":3}", "4: !tooLong",
            ])
        #expect(entries(of: text, window: 32, record: 1000).count == 4)
        #expect(
            entries(of: "[{\"a\":1},\n\(long),\n{\"a\":3}]", window: 32, record: 100).sorted() == [
                "1: {\"a\":1}", "2: !tooLong", "3: {\"a\":3}",
            ])
    }

    @Test func `deep nesting is refused, not followed`() {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(entries(of: "{\"a\":\(deep)}\n{\"a\":2}\n") == ["1: !depth", "2: {\"a\":2}"])
    }

    @Test func `several files come in their order, and one that is missing is a defect`() throws {
        let first = TemporaryFile(Array("{\"a\":1}\n".utf8))
        let last = TemporaryFile(Array((0..<500).map { "{\"a\":\($0)}\n" }.joined().utf8))
        let directory = NSTemporaryDirectory()
        let read = entries([first.path, "/nowhere/at/all", directory, last.path], limits: limits(window: 64))
        #expect(read[0].map(\.text) == ["{\"a\":1}"])
        #expect(read[1].map(\.text) == ["!unreadable"])
        #expect(read[2].map(\.text) == ["!unreadable"])
        #expect(read[3].map(\.description) == (0..<500).map { "\($0 + 1): {\"a\":\($0)}" })
    }

    @Test func `a consumer that fails ends the reading`() {
        struct Enough: Error {}
        let file = TemporaryFile(Array((0..<5000).map { "{\"a\":\($0)}\n" }.joined().utf8))
        var consumed = 0
        #expect(throws: Enough.self) {
            try JSONFiles([file.path], threads: 2, limits: limits(window: 64)).read { window in
                window.forEach { _, _ in }
                return 1
            } consume: { _, count throws(Enough) in
                consumed += count
                if consumed == 10 { throw Enough() }
            }
        }
        #expect(consumed == 10)
    }
}
