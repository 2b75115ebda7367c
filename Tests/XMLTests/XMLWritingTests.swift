import Foundation
import TestSupport
import Testing
import XML

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Both ways to write an element: at once into the document, and composed beside it.
enum Way: CaseIterable, Sendable {
    case direct, fragment

    func document(attribute: String, text: String) throws -> [UInt8] {
        var writer = try XMLWriter()
        try writer.start("root")
        switch self {
        case .direct:
            try writer.start("leaf")
            try writer.attribute("value", attribute)
            try writer.text(text)
            try writer.end()
        case .fragment:
            var fragment = XMLFragment()
            fragment.start("leaf")
            fragment.attribute("value", attribute)
            fragment.text(text)
            fragment.end()
            try writer.add(fragment)
        }
        try writer.end()
        try writer.finish()
        return writer.drained()
    }
}

extension XMLWriter {
    mutating func drained() -> [UInt8] {
        var all: [UInt8] = []
        drain { all += $0 }
        return all
    }
}

/// What an independent parser finds in the one leaf of a document.
final class Leaf: NSObject, XMLParserDelegate {
    var attribute = ""
    var text = ""

    init?(_ document: [UInt8]) {
        super.init()
        let parser = XMLParser(data: Data(document))
        parser.delegate = self
        guard parser.parse() else { return nil }
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes: [String: String] = [:]
    ) {
        if elementName == "leaf" { attribute = attributes["value"] ?? "" }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

@Suite struct XMLWritingTests {
    @Test(arguments: [
        ("markup", "<b a=\"1\" c='2'>&amp;</b>", "<b a=\"1\" c='2'>&amp;</b>"),
        ("the end of CDATA", "]]>", "]]>"),
        ("emoji and right to left", "😀 \u{202E}שלום\u{202C} é", "😀 \u{202E}שלום\u{202C} é"),
        ("white space", "a\tb\nc\rd  e", "a\tb\nc\rd  e"),
        ("C0 controls", "a\u{0}b\u{1}c\u{8}d\u{B}e\u{1F}f", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e\u{FFFD}f"),
        ("noncharacters", "x\u{FFFE}y\u{FFFF}", "x\u{FFFD}y\u{FFFD}"),
        (
            "their neighbours", "\u{FFFD}\u{FFC0}\u{F000}\u{10FFFF}\u{7F}\u{85}",
            "\u{FFFD}\u{FFC0}\u{F000}\u{10FFFF}\u{7F}\u{85}"
        ),
        ("nothing", "", ""),
    ])
    func `hostile text comes back, or as U+FFFD where XML cannot carry it (case 78)`(
        name: String, written: String, read: String
    ) throws {
        for way in Way.allCases {
            let leaf = try #require(Leaf(way.document(attribute: written, text: written)), "\(way): not well-formed")
            #expect(leaf.attribute == read, "\(way)")
            #expect(leaf.text == read, "\(way)")
        }
    }

    @Test func `a megabyte of text passes (case 78)`() throws {
        let long = String(repeating: "é<\u{1}", count: 250_000)
        for way in Way.allCases {
            let leaf = try #require(Leaf(way.document(attribute: "", text: long)))
            #expect(leaf.text.unicodeScalars.count == 750_000)
        }
    }

    @Test func `both ways write the same bytes, and random text comes back from them (case 78)`() throws {
        let alphabet: [Unicode.Scalar] = [
            "a", "b", " ", "\t", "\n", "\r", "<", ">", "&", "\"", "'", "]", "\u{0}", "\u{1F}", "\u{7F}", "\u{85}", "é",
            "\u{FFBF}", "\u{FFC0}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "😀",
        ]
        var random = SplitMix64(seed: 78)
        for _ in 0..<300 {
            let scalars = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                // Long plain stretches, so that the search for markup is met at every offset of its eight bytes.
                Bool.random(using: &random) ? "x" : alphabet[Int.random(in: alphabet.indices, using: &random)]
            }
            let text = String(String.UnicodeScalarView(scalars))
            let legal = String(String.UnicodeScalarView(scalars.map { Self.isLegal($0) ? $0 : "\u{FFFD}" }))
            let direct = try Way.direct.document(attribute: text, text: text)
            #expect(try Way.fragment.document(attribute: text, text: text) == direct)
            let leaf = try #require(Leaf(direct))
            #expect(leaf.attribute.unicodeScalars.elementsEqual(legal.unicodeScalars))
            #expect(leaf.text.unicodeScalars.elementsEqual(legal.unicodeScalars))
        }
    }

    private static func isLegal(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
            || "\t\n\r".unicodeScalars.contains(scalar)
    }

    @Test func `a document is drained in pieces that join to the whole`() throws {
        var writer = try XMLWriter()
        var whole: [UInt8] = []
        var pieces = 0
        try writer.start("root")
        var fragment = XMLFragment()
        for number in 0..<2_000 {
            fragment.start("leaf")
            fragment.attribute("number", String(number))
            fragment.end()
            try writer.add(fragment)
            fragment.removeAll()
            guard writer.pending > 4_096 else { continue }
            pieces += 1
            writer.drain { whole += $0 }
            #expect(writer.pending == 0)
        }
        try writer.end()
        try writer.finish()
        whole += writer.drained()
        #expect(pieces > 3)
        #expect(XMLParser(data: Data(whole)).parse())
        #expect(String(decoding: whole, as: UTF8.self).hasSuffix("<leaf number=\"1999\"/></root>\n"))
    }

    @Test func `misuse stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var writer = try XMLWriter()
            try writer.end()
        }
        await #expect(processExitsWith: .failure) {
            var writer = try XMLWriter()
            try writer.start("root")
            try writer.text("text")
            try writer.attribute("late", "")
        }
        await #expect(processExitsWith: .failure) {
            var writer = try XMLWriter()
            try writer.start("root")
            var fragment = XMLFragment()
            fragment.start("open")
            try writer.add(fragment)
        }
    }
}
