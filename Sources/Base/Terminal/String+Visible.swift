extension String {
    /// The text with all that would steer a terminal, or turn the direction of what stands around it, written out:
    /// `\u{1B}` for an escape, `\n` for a line break.
    ///
    /// Names, ids and paths come from outside, and whoever chose them must not choose what a person sees of the lines
    /// around them. A backslash stands for itself, so the text is for eyes and not for parsing.
    /// - Source: UAX #44, general categories Cc, Cf, Zl and Zp; joiners (U+200C, U+200D) belong to ordinary words.
    public var visible: String { visible(keepingLines: false) }

    /// The same, of text that has lines: their breaks stay.
    public var visibleLines: String { visible(keepingLines: true) }

    private func visible(keepingLines: Bool) -> String {
        guard !utf8.allSatisfy({ 0x20 <= $0 && $0 < 0x7F }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if !scalar.isHidden || keepingLines && scalar == "\n" {
                text.unicodeScalars.append(scalar)
            } else {
                text += scalar.written
            }
        }
        return text
    }
}

extension Unicode.Scalar {
    fileprivate var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        case .format: self != "\u{200C}" && self != "\u{200D}"
        default: false
        }
    }

    fileprivate var written: String {
        switch self {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(value, radix: 16, uppercase: true))}"
        }
    }
}
