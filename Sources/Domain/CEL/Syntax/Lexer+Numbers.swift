extension Lexer {
    /// Reads `12`, `0x1F`, `3u`, `1.5`, `.5`, `1e3`. Whether an integer fits is for the parser, which knows its sign.
    mutating func readNumber(from start: Int) {
        if byte() == UInt8(ascii: "0"), let marker = byte(1), marker | 0x20 == UInt8(ascii: "x"),
            byte(2)?.hexValue != nil
        {
            position += 2
            while byte()?.hexValue != nil { position += 1 }
            emitInteger(from: start)
            return
        }
        skipDigits()
        var isDouble = false
        if byte() == UInt8(ascii: "."), byte(1)?.isDigit == true {
            isDouble = true
            position += 1
            skipDigits()
        }
        if skipExponent() { isDouble = true }
        guard isDouble else { return emitInteger(from: start) }
        guard let number = Double(text(from: start)), number.isFinite else {
            report("the number is too large for a double", from: start)
            return emit(.double(0), from: start)
        }
        emit(.double(number), from: start)
    }

    private mutating func emitInteger(from start: Int) {
        let digits = text(from: start)
        guard let suffix = byte(), suffix | 0x20 == UInt8(ascii: "u") else { return emit(.int(digits), from: start) }
        position += 1
        emit(.uint(digits), from: start)
    }

    private mutating func skipDigits() {
        while byte()?.isDigit == true { position += 1 }
    }

    private mutating func skipExponent() -> Bool {
        guard let marker = byte(), marker | 0x20 == UInt8(ascii: "e") else { return false }
        let isSigned = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
        guard byte(isSigned ? 2 : 1)?.isDigit == true else { return false }
        position += isSigned ? 2 : 1
        skipDigits()
        return true
    }

    private func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }
}
