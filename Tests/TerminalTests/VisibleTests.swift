import Terminal
import Testing

@Suite struct VisibleTests {
    @Test(arguments: [
        ("\u{1B}[31mred\u{07}", #"\u{1B}[31mred\u{7}"#), ("a\nb\r\tc\u{0}", #"a\nb\r\tc\u{0}"#),
        ("\u{7F}\u{9B}2J", #"\u{7F}\u{9B}2J"#), ("gpj\u{202E}exe", #"gpj\u{202E}exe"#),
        ("\u{2066}a\u{2069}\u{200F}\u{061C}", #"\u{2066}a\u{2069}\u{200F}\u{61C}"#),
        ("\u{2028}\u{2029}\u{FEFF}\u{200B}\u{AD}", #"\u{2028}\u{2029}\u{FEFF}\u{200B}\u{AD}"#),
        ("e\u{301}\u{202E}", "e\u{301}\\u{202E}"),
    ])
    func `what steers a terminal or turns its direction is written out (case 78)`(text: String, visible: String) {
        #expect(text.visible == visible)
    }

    @Test(arguments: ["", "file-abc", "Größe", "हिन्दी", "می‌خواهم", "👩‍💻", "שלום", "C:\\user", "~ !"])
    func `ordinary words of all scripts stay as they are`(text: String) {
        #expect(text.visible == text)
    }

    @Test func `lines stay lines where they are meant`() {
        #expect("a\nb\r\u{1B}".visibleLines == "a\nb\\r\\u{1B}")
    }

    @Test func `every control character of Unicode is written out`() throws {
        var count = 0
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory == .control else { continue }
            count += 1
            let shown = String(Character(scalar)).visible
            #expect(shown.hasPrefix("\\") && !shown.unicodeScalars.contains(scalar))
        }
        #expect(count == 65)
    }
}
