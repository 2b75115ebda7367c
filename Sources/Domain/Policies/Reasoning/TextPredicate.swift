/// What can be said of a text that is there.
enum TextPredicate: Hashable {
    case anything
    case oneOf(Set<Letters>)
    case fits(TextPattern)
    /// Comes before this text, or is it.
    case isAtMost(Letters)
    /// Comes before this text.
    case isLess(Letters)

    func accepts(_ text: Letters) -> Bool {
        switch self {
        case .anything: true
        case .oneOf(let texts): texts.contains(text)
        case .fits(let pattern): TextAutomaton.pattern(pattern).accepts(text)
        case .isAtMost(let limit): text <= limit
        case .isLess(let limit): text < limit
        }
    }
}

/// Letters and wildcards: what globs, prefixes, suffixes and parts have in common.
struct TextPattern: Hashable {
    enum Element: Hashable {
        /// Any run of letters, none included.
        case run
        /// Any one letter.
        case one
        case letter(Unicode.Scalar)
    }

    let elements: [Element]

    init(_ elements: [Element]) { self.elements = elements }

    init(_ glob: Glob) {
        elements = glob.pattern.unicodeScalars.map { $0 == "*" ? .run : $0 == "?" ? .one : .letter($0) }
    }

    /// The letters one after the other.
    static func letters(_ text: String) -> [Element] { text.unicodeScalars.map { .letter($0) } }

    /// The letters that it names.
    var letters: [Unicode.Scalar] {
        elements.compactMap { element in
            guard case .letter(let letter) = element else { return nil }
            return letter
        }
    }
}
