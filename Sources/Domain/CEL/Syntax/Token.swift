/// One word of an expression.
struct Token {
    enum Kind: Equatable {
        case int(String)
        case uint(String)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case identifier(String)
        /// A field name between backticks.
        case quoted(String)
        case symbol(Symbol)
        case end
    }

    let kind: Kind
    let range: Range<Int>

    func isSymbol(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
}

/// The punctuation and operators of the language. `in` is an operator that is spelt as a word.
enum Symbol: String, CaseIterable {
    case orElse = "||"
    case andAlso = "&&"
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case modulo = "%"
    case not = "!"
    case question = "?"
    case colon = ":"
    case comma = ","
    case dot = "."
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"
    case isIn = "in"
}

/// Words that no variable may be called; as field and method names they are allowed.
let reservedWords: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while",
]
