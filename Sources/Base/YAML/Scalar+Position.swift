extension Scalar {
    /// Where a code point of the text stands in the file.
    ///
    /// Every character other than white space is found exactly, through escapes, indentation and folding; white space
    /// may be given the place of its neighbour. An offset at or beyond the end is the place behind the last character.
    /// - Parameter offset: from 0, in code points of `text`.
    public func position(ofCodePoint offset: Int) -> Mark {
        var reader = SpelledReader(scalar: self)
        var remaining = offset
        var last: Int?
        for scalar in text.unicodeScalars {
            guard let place = reader.find(scalar) else { return mark }
            if remaining <= 0 { return origin.source.mark(atCodePoint: place) }
            remaining -= 1
            if !scalar.isSpace { last = reader.index }
        }
        return last.map(origin.source.mark(atCodePoint:)) ?? mark
    }

    /// Where a line and column of the text, both from 1, stand in the file.
    public func position(line: Int, column: Int) -> Mark {
        var line = line
        var offset = 0
        for scalar in text.unicodeScalars {
            if line <= 1 { break }
            if scalar == "\n" { line -= 1 }
            offset += 1
        }
        return position(ofCodePoint: offset.saturatingAdd(max(column, 1) - 1))
    }
}

extension Int {
    fileprivate func saturatingAdd(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

extension Unicode.Scalar {
    fileprivate var isSpace: Bool { self == " " || self == "\n" || self == "\r" || self == "\t" }
}

/// Walks the code points that spell a scalar and pairs them with its text.
private struct SpelledReader {
    private let characters: [Unicode.Scalar]
    private let start: Int
    private let style: Scalar.Style
    private var next = 0

    /// The place behind what was last found, in code points of the file.
    var index: Int { start + next }

    init(scalar: Scalar) {
        let source = scalar.origin.source
        let range = source.byte(ofCodePoint: scalar.origin.start)..<source.byte(ofCodePoint: scalar.origin.end)
        characters = Array(String(decoding: source.bytes[range], as: UTF8.self).unicodeScalars)
        start = scalar.origin.start
        style = scalar.style
        skipOpening()
    }

    /// Skips the anchor, the tag and the opening quote, or a block's header line.
    private mutating func skipOpening() {
        skipProperties()
        switch style {
        case .singleQuoted, .doubleQuoted: next += 1
        case .plain: break
        case .literal, .folded: while next < characters.count, characters[next] != "\n" { next += 1 }
        }
    }

    private mutating func skipProperties() {
        while next < characters.count {
            if characters[next] == "&" || characters[next] == "!" {
                while next < characters.count, !characters[next].isSpace { next += 1 }
            } else if characters[next].isSpace {
                next += 1
            } else {
                return
            }
        }
    }

    /// The place of the next character of the text, or nil if the spelling is not understood.
    mutating func find(_ wanted: Unicode.Scalar) -> Int? {
        guard !wanted.isSpace else { return findSpace() }
        while next < characters.count {
            let place = index
            if characters[next].isSpace {
                next += 1
            } else if style == .doubleQuoted, characters[next] == "\\" {
                guard skipEscape() else { continue }
                return place
            } else if style == .singleQuoted, characters[next] == "'" {
                next += 2
                return wanted == "'" ? place : nil
            } else {
                guard characters[next] == wanted else { return nil }
                next += 1
                return place
            }
        }
        return nil
    }

    private mutating func findSpace() -> Int? {
        guard next < characters.count else { return index }
        let place = index
        if characters[next].isSpace {
            next += 1
        } else if style == .doubleQuoted, characters[next] == "\\" {
            _ = skipEscape()
        }
        return place
    }

    /// Skips an escape; false for an escaped line break, which spells nothing.
    private mutating func skipEscape() -> Bool {
        next += 1
        guard next < characters.count else { return true }
        let letter = characters[next]
        next += 1
        switch letter {
        case "x": next += 2
        case "u": next += 4
        case "U": next += 8
        case "\n", "\r": return false
        default: break
        }
        return true
    }
}
