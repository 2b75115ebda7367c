extension Parser {
    /// A primary expression and the selections, calls and indexes that follow it.
    mutating func member() -> CELSyntax.ID {
        let operand = primary()
        return member(after: operand)
    }

    mutating func member(after first: CELSyntax.ID) -> CELSyntax.ID {
        var operand = first
        while true {
            if take(.dot) {
                operand = selection(from: operand)
            } else if take(.openBracket) {
                let function = takeOptionalMark() ? "_[?_]" : "_[_]"
                let index = expression()
                close(.closeBracket)
                operand = add(
                    .call(function: function, receiver: nil, arguments: [operand, index]), from: start(of: operand))
            } else {
                return operand
            }
        }
    }

    private mutating func selection(from operand: CELSyntax.ID) -> CELSyntax.ID {
        if takeOptionalMark() { return optionalSelection(from: operand) }
        let range = current.range
        switch current.kind {
        case .identifier(let name) where !["true", "false", "null"].contains(name):
            advance()
            guard take(.openParenthesis) else {
                return add(
                    .select(operand: operand, field: name, isTest: false), from: start(of: operand), named: range)
            }
            let arguments = list(until: .closeParenthesis)
            return call(name, receiver: operand, arguments, from: start(of: operand), named: range)
        case .quoted(let name):
            advance()
            return add(.select(operand: operand, field: name, isTest: false), from: start(of: operand), named: range)
        default:
            unexpected("a field name after '.'")
            return operand
        }
    }

    /// `a.?b`, after the question mark.
    private mutating func optionalSelection(from operand: CELSyntax.ID) -> CELSyntax.ID {
        let name: String
        switch current.kind {
        case .identifier(let word) where !["true", "false", "null"].contains(word): name = word
        case .quoted(let quoted): name = quoted
        default:
            unexpected("a field name after '.?'")
            return operand
        }
        let field = literal(.string(name))
        return add(.call(function: "_?._", receiver: nil, arguments: [operand, field]), from: start(of: operand))
    }

    /// An expression, or one behind a question mark: the part may then be left out of its list or map.
    private mutating func expression(isOptional: Bool) -> CELSyntax.ID {
        let inner = expression()
        guard isOptional else { return inner }
        return add(.call(function: "?_", receiver: nil, arguments: [inner]), from: start(of: inner))
    }

    private mutating func primary() -> CELSyntax.ID {
        let token = current
        let start = token.range.lowerBound
        switch token.kind {
        case .int(let digits):
            advance()
            return add(.literal(integer(digits, at: token.range)), from: start)
        case .uint(let digits):
            advance()
            guard let number = UInt64(celLiteral: digits) else {
                report("the number does not fit in a uint, which has 64 bits", at: token.range)
                return nodeAfterError()
            }
            return add(.literal(.uint(number)), from: start)
        case .double(let number): return literal(.double(number))
        case .string(let text): return literal(.string(text))
        case .bytes(let bytes): return literal(.bytes(bytes))
        case .identifier("true"): return literal(.bool(true))
        case .identifier("false"): return literal(.bool(false))
        case .identifier("null"): return literal(.null)
        case .identifier(let name):
            advance()
            return named(name, at: token.range, from: start)
        case .symbol(.dot):
            advance()
            return rootName(from: start)
        case .symbol(.openParenthesis):
            advance()
            let inner = expression()
            close(.closeParenthesis)
            return inner
        case .symbol(.openBracket):
            advance()
            return add(.list(list(until: .closeBracket, isLiteral: true)), from: start)
        case .symbol(.openBrace):
            advance()
            return map(from: start)
        default:
            unexpected("an expression")
            return nodeAfterError()
        }
    }

    private mutating func literal(_ value: CELValue) -> CELSyntax.ID {
        let start = current.range.lowerBound
        advance()
        return add(.literal(value), from: start)
    }

    private mutating func named(_ name: String, at range: Range<Int>, from start: Int) -> CELSyntax.ID {
        if reservedWords.contains(name.hasPrefix(".") ? String(name.dropFirst()) : name) {
            report("'\(name)' is a reserved word", hint: "it may be a field name, not a variable", at: range)
        }
        if take(.openParenthesis) {
            return call(name, receiver: nil, list(until: .closeParenthesis), from: start, named: range)
        }
        if current.isSymbol(.openBrace) {
            report(
                "objects cannot be made in an expression", hint: "a map is written {'key': value}", at: current.range)
            stop()
        }
        return add(.identifier(name), from: start)
    }

    private mutating func rootName(from start: Int) -> CELSyntax.ID {
        guard case .identifier(let name) = current.kind, !["true", "false", "null"].contains(name) else {
            unexpected("a name after '.'")
            return nodeAfterError()
        }
        let range = current.range
        advance()
        return named("." + name, at: range, from: start)
    }

    /// Expressions separated by commas, up to and with the closing bracket. Only the elements of a list may end with a
    /// comma, or be optional.
    private mutating func list(until end: Symbol, isLiteral: Bool = false) -> [CELSyntax.ID] {
        var elements: [CELSyntax.ID] = []
        if take(end) { return elements }
        repeat {
            if isLiteral, !elements.isEmpty, current.isSymbol(end) { break }
            elements.append(expression(isOptional: isLiteral && takeOptionalMark()))
            if !current.isSymbol(.comma), !current.isSymbol(end) { unexpected("',' or '\(end.rawValue)'") }
        } while take(.comma)
        close(end)
        return elements
    }

    private mutating func map(from start: Int) -> CELSyntax.ID {
        var entries: [CELSyntax.Entry] = []
        if !take(.closeBrace) {
            repeat {
                if !entries.isEmpty, current.isSymbol(.closeBrace) { break }
                let isOptional = takeOptionalMark()
                let key = expression()
                guard take(.colon) else {
                    unexpected("':' between a key and its value")
                    continue
                }
                entries.append(CELSyntax.Entry(key: key, value: expression(isOptional: isOptional)))
                if !current.isSymbol(.comma), !current.isSymbol(.closeBrace) { unexpected("',' or '}'") }
            } while take(.comma)
            close(.closeBrace)
        }
        return add(.map(entries), from: start)
    }

    private mutating func close(_ symbol: Symbol) {
        if take(symbol) { return }
        unexpected("'\(symbol.rawValue)'")
        _ = take(symbol)
    }
}
