/// Tokens to syntax, by recursive descent. Nesting is bounded, and after a mistake it goes on at the next comma or bracket.
struct Parser {
    private let tokens: [Token]
    private let limits: CELLimits
    let macros: [Macro]
    private let hasOptionalSyntax: Bool
    private var position = 0
    private var nesting = 0
    /// Where reading went on after a mistake: what is wrong right there is its consequence.
    private var recovered = -1
    /// Where the first character stands that is no part of the language: what is wrong behind it may be its consequence.
    private var stray = Int.max
    /// How deep each node is, by number.
    private var depths: [Int] = []
    private(set) var syntax: CELSyntax
    private(set) var diagnostics: [CELDiagnostic] = []

    private init(tokens: [Token], source: CELSource, environment: CELEnvironment) {
        self.tokens = tokens
        limits = environment.limits
        macros = environment.macros
        hasOptionalSyntax = environment.hasOptionalSyntax
        syntax = CELSyntax(source: source)
    }

    /// The syntax of an expression, or everything that is wrong with it.
    static func parse(_ source: CELSource, in environment: CELEnvironment) throws(CELCompileError) -> CELSyntax {
        let limits = environment.limits
        guard source.text.utf8.count <= limits.sourceBytes else {
            let message = "the expression is longer than \(limits.sourceBytes) bytes"
            throw CELCompileError(diagnostics: [CELDiagnostic(message, range: 0..<0, in: source)])
        }
        let (tokens, problems) = Lexer.read(source.text)
        var parser = Parser(tokens: tokens, source: source, environment: environment)
        parser.diagnostics = problems.map { CELDiagnostic($0.message, hint: $0.hint, range: $0.range, in: source) }
        parser.stray = problems.first { $0.isStray }?.range.lowerBound ?? .max
        parser.syntax.root = parser.expression()
        if !parser.current.isEnd { parser.unexpected("an operator or the end") }
        guard parser.diagnostics.isEmpty else {
            let ordered = parser.diagnostics.sorted { $0.range.lowerBound < $1.range.lowerBound }
            throw CELCompileError(diagnostics: ordered)
        }
        return parser.syntax
    }
}

// MARK: Tokens and nodes

extension Parser {
    var current: Token { tokens[position] }

    private var previousEnd: Int { position > 0 ? tokens[position - 1].range.upperBound : 0 }

    mutating func advance() {
        if position < tokens.count - 1 { position += 1 }
    }

    mutating func take(_ symbol: Symbol) -> Bool {
        guard current.isSymbol(symbol) else { return false }
        advance()
        return true
    }

    /// The question mark of optional values, where the environment has them.
    mutating func takeOptionalMark() -> Bool {
        guard current.isSymbol(.question) else { return false }
        if !hasOptionalSyntax {
            report("optional values are not understood here", hint: "write has(a.b) ? a.b : …", at: current.range)
            stop()
            return false
        }
        advance()
        return true
    }

    mutating func add(_ kind: CELSyntax.Kind, from start: Int, named name: Range<Int>? = nil) -> CELSyntax.ID {
        let id = syntax.nodes.count
        let range = start..<max(previousEnd, start)
        syntax.nodes.append(CELSyntax.Node(kind: kind, range: range, name: name ?? range))
        let depth = 1 + (syntax.children(of: id).map { depths[$0] }.max() ?? 0)
        depths.append(depth)
        if depth > limits.depth { abandon() }
        return id
    }

    func start(of id: CELSyntax.ID) -> Int { syntax[id].range.lowerBound }

    mutating func report(_ message: String, hint: String? = nil, at range: Range<Int>) {
        guard range.lowerBound < stray, diagnostics.count < CELDiagnostic.limit else { return }
        diagnostics.append(CELDiagnostic(message, hint: hint, range: range, in: syntax.source))
    }

    /// Reports the current token, and skips to where an argument or a bracket ends.
    mutating func unexpected(_ wanted: String) {
        if position != recovered {
            let found = current.isEnd ? "the end" : syntax.source.excerpt(current.range).debugDescription
            report("expected \(wanted), found \(found)", at: current.range)
        }
        defer { recovered = position }
        var open = 0
        while !current.isEnd {
            if case .symbol(let symbol) = current.kind {
                if open == 0, [.comma, .closeParenthesis, .closeBracket, .closeBrace].contains(symbol) { return }
                if [.openParenthesis, .openBracket, .openBrace].contains(symbol) { open += 1 }
                if [.closeParenthesis, .closeBracket, .closeBrace].contains(symbol) { open -= 1 }
            }
            advance()
        }
    }

    /// Reads no further, after a mistake behind which nothing can be understood.
    mutating func stop() {
        position = tokens.count - 1
        stray = 0
    }

    /// Gives up on an expression that is nested too deeply: one message, and nothing more is read.
    mutating func abandon() {
        report("the expression is nested deeper than \(limits.depth) levels", at: current.range)
        stop()
    }

    mutating func nodeAfterError() -> CELSyntax.ID { add(.literal(.null), from: current.range.lowerBound) }
}

extension Token {
    var isEnd: Bool { kind == .end }
}

// MARK: Operators

extension Parser {
    mutating func expression() -> CELSyntax.ID {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= limits.depth else {
            abandon()
            return nodeAfterError()
        }
        let condition = logical(.orElse)
        guard take(.question) else { return condition }
        let chosen = logical(.orElse)
        guard take(.colon) else {
            unexpected("':' of a conditional")
            return condition
        }
        let otherwise = expression()
        return add(
            .call(function: "_?_:_", receiver: nil, arguments: [condition, chosen, otherwise]),
            from: start(of: condition))
    }

    /// `a || b || c`, whose terms are themselves joined by `&&`. One node holds all the terms.
    private mutating func logical(_ symbol: Symbol) -> CELSyntax.ID {
        var terms = [symbol == .orElse ? logical(.andAlso) : binary(level: 0)]
        while take(symbol) { terms.append(symbol == .orElse ? logical(.andAlso) : binary(level: 0)) }
        guard terms.count > 1 else { return terms[0] }
        return add(.call(function: "_\(symbol.rawValue)_", receiver: nil, arguments: terms), from: start(of: terms[0]))
    }

    private static let levels: [[Symbol]] = [
        [.less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .isIn],
        [.plus, .minus],
        [.times, .divide, .modulo],
    ]

    private mutating func binary(level: Int) -> CELSyntax.ID {
        guard level < Parser.levels.count else { return unary() }
        var left = binary(level: level + 1)
        while case .symbol(let symbol) = current.kind, Parser.levels[level].contains(symbol) {
            advance()
            let right = binary(level: level + 1)
            let function = symbol == .isIn ? "@in" : "_\(symbol.rawValue)_"
            left = add(.call(function: function, receiver: nil, arguments: [left, right]), from: start(of: left))
        }
        return left
    }

    private mutating func unary() -> CELSyntax.ID {
        for (symbol, function) in [(Symbol.not, "!_"), (.minus, "-_")] where current.isSymbol(symbol) {
            let start = current.range.lowerBound
            var count = 0
            var last = position
            while current.isSymbol(symbol) {
                last = position
                advance()
                count += 1
            }
            if symbol == .minus, let negative = negativeNumber(signAt: last) {
                count -= 1
                return negate(member(after: negative), function, count: count, from: start)
            }
            return negate(member(), function, count: count, from: start)
        }
        return member()
    }

    /// Applies the operator once for an odd number of signs and twice for an even one, so that types are still checked.
    private mutating func negate(
        _ operand: CELSyntax.ID, _ function: String, count: Int, from start: Int
    ) -> CELSyntax.ID {
        var result = operand
        let times = count == 0 ? 0 : (count.isMultiple(of: 2) ? 2 : 1)
        for _ in 0..<times {
            result = add(.call(function: function, receiver: nil, arguments: [result]), from: start)
        }
        return result
    }

    /// The number right after a minus sign, which belongs to it: -9223372036854775808 has no positive counterpart.
    private mutating func negativeNumber(signAt sign: Int) -> CELSyntax.ID? {
        let start = tokens[sign].range.lowerBound
        let range = start..<current.range.upperBound
        switch current.kind {
        case .int(let digits):
            advance()
            return add(.literal(integer("-" + digits, at: range)), from: start)
        case .double(let number):
            advance()
            return add(.literal(.double(-number)), from: start)
        default: return nil
        }
    }

    mutating func integer(_ digits: String, at range: Range<Int>) -> CELValue {
        if let number = Int64(celLiteral: digits) { return .int(number) }
        report("the number does not fit in an int", hint: "an int has 64 bits; 1u is unsigned, 1.0 a double", at: range)
        return .int(0)
    }
}

extension FixedWidthInteger {
    /// The number in decimal or after `0x`, with an optional minus sign.
    init?(celLiteral text: String) {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative ? text.dropFirst() : text[...]
        let isHex = digits.hasPrefix("0x") || digits.hasPrefix("0X")
        self.init((isNegative ? "-" : "") + (isHex ? digits.dropFirst(2) : digits), radix: isHex ? 16 : 10)
    }
}
