import Reports
import TestSupport
import Testing

@Suite struct JSONWriterTests {
    private func written(_ compose: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        compose(&writer)
        writer.finish()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("", #""""#),
        ("a\"b\\c/d", #""a\"b\\c/d""#),
        ("\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F}", #""\u0000\b\t\n\u000b\f\r\u001f""#),
        ("é😀\u{7F}\u{2028}", "\"é😀\u{7F}\u{2028}\""),
    ])
    func `strings are escaped as RFC 8785 has it`(text: String, json: String) {
        #expect(written { $0.string(text) } == json + "\n")
    }

    @Test func `members stand in the order given, inline or a line each`() {
        let text = written { writer in
            writer.beginObject(.lines)
            writer.member("b", 1)
            writer.member("a", nil as String?)
            writer.objects("list", [1, 2]) { $0.member("n", $1) }
            writer.member("words", ["x", "y"])
            writer.objects("none", [] as [Int]) { $0.member("n", $1) }
            writer.endObject()
        }
        let expected = """
            {
              "b": 1,
              "a": null,
              "list": [
                {"n":1},
                {"n":2}
              ],
              "words": ["x","y"],
              "none": []
            }

            """
        #expect(text == expected)
    }

    @Test func `whatever is written is read back the same`() throws {
        var random = SplitMix64(seed: 1)
        for _ in 0..<200 {
            let value = JSONValue.random(depth: 4, using: &random)
            let text = written(value.write)
            #expect(try JSONValue(parsing: text.utf8) == value)
        }
    }

    @Test func `misuse stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.integer(1)
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginArray()
            writer.endObject()
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.integer(1)
            writer.integer(2)
        }
    }
}
