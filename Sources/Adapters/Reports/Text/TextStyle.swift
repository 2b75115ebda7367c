/// Colours, where the output is a terminal.
public enum TextStyle: Sendable {
    /// Text alone.
    case plain
    /// With the colours of a terminal.
    case terminal

    func bad(_ text: String) -> String { wrap(text, "31;1") }
    func doubtful(_ text: String) -> String { wrap(text, "33;1") }
    func good(_ text: String) -> String { wrap(text, "32;1") }
    func strong(_ text: String) -> String { wrap(text, "1") }

    private func wrap(_ text: String, _ code: String) -> String {
        self == .terminal ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
