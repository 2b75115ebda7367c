/// The name that differs least from the text, letter case apart, or nil where none is near.
///
/// A third of the letters may be wrong; a longer text is nobody's slip of the finger.
func nearestName(to text: String, in names: [String]) -> String? {
    guard text.utf8.count <= 64 else { return nil }
    let wanted = Array(text.lowercased().unicodeScalars)
    let limit = max(1, wanted.count / 3)
    let near = names.map { (distance: editDistance(wanted, Array($0.lowercased().unicodeScalars)), name: $0) }
        .filter { $0.distance <= limit }
    return near.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
}

/// What to write instead of a name that is not in a vocabulary: the nearest name, or all of them where they are few.
func suggestion(for text: String, among names: [String]) -> String? {
    if let nearest = nearestName(to: text, in: names) { return "did you mean '\(nearest)'?" }
    guard !names.isEmpty, names.count <= 20 else { return nil }
    return "write one of: \(names.joined(separator: ", "))"
}

/// Levenshtein's distance: insertions, removals and replacements.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (line, scalar) in left.enumerated() {
        var diagonal = row[0]
        row[0] = line + 1
        for (column, other) in right.enumerated() {
            let above = row[column + 1]
            row[column + 1] = scalar == other ? diagonal : 1 + min(diagonal, above, row[column])
            diagonal = above
        }
    }
    return row[right.count]
}

/// A text shortened for a message, in quotes.
func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let visible = scalars.prefix(60).map { $0.properties.generalCategory == .control ? "\u{FFFD}" : String($0) }
        .joined()
    return "'\(visible)\(scalars.count > 60 ? "…" : "")'"
}
