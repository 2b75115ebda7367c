import Testing

@testable import YAML

@Suite struct ScalarPositionTests {
    /// Each scalar spells `alpha && "é" != BAD` in its own way; `B` is what is looked for.
    @Test(arguments: [
        ("w: alpha && x != BAD", "1:18"),
        ("w: 'alpha && it''s != BAD'", "1:23"),
        ("w: \"alpha && \\\"\\u00e9\\\" != BAD\"", "1:28"),
        ("w: |\n  alpha &&\n  é != BAD\n", "3:8"),
        ("w: &a !!str |2-\n\n    alpha\n  é != BAD # text\n", "4:8"),
        ("w: >-\n  alpha &&\n  é !=\n\n    BAD\n", "5:5"),
        ("w: alpha &&\n   é !=\n   BAD\n", "3:4"),
        ("w: \"alpha &&\\\n   é != BAD\"\n", "2:9"),
        ("w: 'alpha &&\n   é !=\n\n   BAD'\n", "4:4"),
        ("w: |\r\n  alpha &&\r\n  é != BAD\r\n", "3:8"),
        ("a: &x alpha\nw: &y\n  |\n  é != BAD\n", "4:8"),
    ])
    func `a place in a scalar's text is found in the file`(text: String, expected: String) throws {
        let file = YAMLFile(Array(text.utf8))
        #expect(file.problems.isEmpty)
        let scalar = try #require(file.documents.first?["w"]?.scalar)
        let characters = Array(scalar.text.unicodeScalars)
        let offset = try #require(characters.firstIndex(of: "B"))
        #expect(scalar.position(ofCodePoint: offset).description == expected)
    }

    @Test func `a line and column of the text, its end, and places beyond are found too`() throws {
        let file = YAMLFile(Array("w: |\n  first\n  second\n".utf8))
        let scalar = try #require(file.documents.first?["w"]?.scalar)
        #expect(scalar.position(line: 1, column: 1).description == "2:3")
        #expect(scalar.position(line: 2, column: 3).description == "3:5")
        #expect(scalar.position(line: 2, column: 7).description == "3:9")
        #expect(scalar.position(ofCodePoint: .max).description == "3:9")
        #expect(scalar.position(line: 9, column: .max).description == "3:9")
        #expect(scalar.position(ofCodePoint: -5).description == "2:3")
    }

    @Test func `an alias stands at its own place, and its text where it was spelt`() throws {
        let file = YAMLFile(Array("a: &x left BAD\nb: *x\n".utf8))
        let node = try #require(file.documents.first?["b"])
        #expect(node.mark == Mark(line: 2, column: 4))
        #expect(node.scalar?.position(ofCodePoint: 5) == Mark(line: 1, column: 12))
    }
}
