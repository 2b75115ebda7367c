import Spelling
import Testing

@Suite struct SpellingTests {
    static let names = ["scan", "explain", "lint", "schema", "estate", "--export", "--report", "thread"]

    @Test(arguments: [
        ("scna", "scan"), ("SCAN", "scan"), ("lnit", "lint"), ("shema", "schema"), ("--exprot", "--export"),
        ("threads", "thread"), ("explian", "explain"),
    ])
    func `a slip of the finger finds the name`(text: String, name: String) {
        #expect(Spelling.nearest(to: text, among: Self.names) == name)
    }

    @Test(arguments: ["", "delete", "x", "conversation", String(repeating: "scan", count: 1000), "🦆"])
    func `what is near no name finds none`(text: String) {
        #expect(Spelling.nearest(to: text, among: Self.names) == nil)
    }

    @Test func `of two as near, the first in the alphabet`() {
        #expect(Spelling.nearest(to: "cat", among: ["hat", "bat"]) == "bat")
        #expect(Spelling.nearest(to: "cat", among: [String]()) == nil)
    }
}
