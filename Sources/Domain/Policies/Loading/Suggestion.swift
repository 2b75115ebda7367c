import Spelling

/// What to write instead of a name that is not in a vocabulary: the nearest name, or all of them where they are few.
func suggestion(for text: String, among names: [String]) -> String? {
    if let nearest = Spelling.nearest(to: text, among: names) { return "did you mean '\(nearest)'?" }
    guard !names.isEmpty, names.count <= 20 else { return nil }
    return "write one of: \(names.joined(separator: ", "))"
}

/// A text shortened for a message, in quotes.
func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let visible = scalars.prefix(60).map { $0.properties.generalCategory == .control ? "\u{FFFD}" : String($0) }
        .joined()
    return "'\(visible)\(scalars.count > 60 ? "…" : "")'"
}
