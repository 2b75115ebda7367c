import TestSupport
import Testing

@testable import YAML

/// Edits in place: what changes is what was asked for, and every other byte stays.
@Suite struct YAMLEditorTests {
    private func edited(_ text: String, _ edit: (inout YAMLEditor, Node) -> Bool) throws -> String? {
        let file = YAMLFile(Array(text.utf8))
        try #require(file.problems.isEmpty && !file.documents.isEmpty)
        var editor = YAMLEditor(Array(text.utf8))
        return edit(&editor, file.documents[0]) ? String(decoding: editor.bytes, as: UTF8.self) : nil
    }

    @Test(arguments: [
        ("a: 1 # one\nb: null # none\n", "a: 1 # one\nb: 7 # none\n"), ("b:\nc: x\n", "b: 7\nc: x\n"),
        ("{a: 1, b: ~, c: x}", "{a: 1, b: 7, c: x}"), ("b: \"x # y\"   \n", "b: 7   \n"),
        ("# first\na: é\n", "# first\nb: 7\na: é\n"), ("{a: 1} # x\n", "{b: 7, a: 1} # x\n"),
        ("\u{FEFF}b: 1\r\nc: 2\r\n", "\u{FEFF}b: 7\r\nc: 2\r\n"), ("c: 2\r\n", "b: 7\r\nc: 2\r\n"),
        ("? b\n: 3\n", "? b\n: 7\n"), ("b: |\n  long\n  text\nc: 2\n", nil), ("x: &m 1\nb: *m\n", nil),
        ("b: [1]\n", nil), ("b: {c: 1}\n", nil),
    ])
    func `a key gets another value, or is added first`(text: String, expected: String?) throws {
        let result = try edited(text) { editor, node in
            if let scalar = node["b"]?.scalar, scalar.style == .literal { return false }
            return editor.set("b", to: "7", in: node)
        }
        #expect(result == expected)
    }

    @Test(arguments: [
        ("l: []\n", "l: [n]\n"), ("l: [a, b] # two\n", "l: [a, b, n] # two\n"),
        ("l: [a, # x\n  b]\n", "l: [a, # x\n  b, n]\n"),
        ("l:\n  - a # x\n  - b # y\nm: 1\n", "l:\n  - a # x\n  - b # y\n  - n\nm: 1\n"),
        ("l:\n- a", "l:\n- a\n- n"), ("l:\r\n- a\r\n", "l:\r\n- a\r\n- n\r\n"), ("l: [[a]]\n", nil),
        ("x: &l [a]\nl: *l\n", nil), ("l: a\n", nil),
    ])
    func `a list gets one more entry`(text: String, expected: String?) throws {
        let result = try edited(text) { editor, node in
            node["l"].map { editor.append("n", to: $0) } ?? false
        }
        #expect(result == expected)
    }

    @Test(arguments: [
        ("", "k: 1\n"), ("\n\n", "\n\nk: 1\n"), ("a: 1", "a: 1\n---\nk: 1\n"),
        ("a: 1\n# end\n", "a: 1\n# end\n---\nk: 1\n"),
        ("a: 1\r\n", "a: 1\r\n---\r\nk: 1\r\n"), ("a: 1\n...\n", "a: 1\n...\n---\nk: 1\n"),
    ])
    func `a file gets one more document`(text: String, expected: String) {
        var editor = YAMLEditor(Array(text.utf8))
        editor.append(document: "k: 1\n")
        #expect(String(decoding: editor.bytes, as: UTF8.self) == expected)
        #expect(YAMLFile(editor.bytes).documents.last?["k"]?.scalar?.text == "1")
    }

    @Test func `several changes of one file stand where they belong`() throws {
        let text = "b: 1\nl: [a]\n"
        let result = try edited(text) { editor, node in
            guard let list = node["l"] else { return false }
            let isDone = editor.append("n", to: list) && editor.set("b", to: "7", in: node)
            editor.append(document: "k: 1\n")
            return isDone
        }
        #expect(result == "b: 7\nl: [a, n]\n---\nk: 1\n")
    }
}
