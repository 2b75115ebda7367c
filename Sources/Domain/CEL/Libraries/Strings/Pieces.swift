/// Taking strings apart and putting them together. Each pays for its result before it makes it.
enum Pieces {
    /// The parts between separators, at most `limit` of them unless it is negative; an empty separator parts code points.
    static func split(
        _ text: String, at separator: String, limit: Int, _ meter: inout CELMeter
    ) throws(CELError) -> CELValue {
        if limit == 0 { return .list(CELList([])) }
        try meter.search(for: separator, in: text)
        var pieces: [CELValue] = []
        var start = text.startIndex
        while limit < 0 || pieces.count < limit - 1 {
            guard let end = end(of: separator, in: text, from: start) else { break }
            try meter.make(bytes: Footprint.element + text.utf8.distance(from: start, to: end.lowerBound))
            pieces.append(.string(String(text[start..<end.lowerBound])))
            start = end.upperBound
        }
        // An empty text parted everywhere has no parts.
        if separator.isEmpty, text.isEmpty { return .list(CELList([])) }
        try meter.make(bytes: Footprint.element + text.utf8.distance(from: start, to: text.endIndex))
        pieces.append(.string(String(text[start...])))
        return .list(CELList(pieces))
    }

    /// Where the separator next stands; an empty one stands behind each code point but the last.
    private static func end(
        of separator: String, in text: String, from start: String.Index
    ) -> Range<String.Index>? {
        if separator.isEmpty {
            guard start < text.endIndex else { return nil }
            let next = text.unicodeScalars.index(after: start)
            return next < text.endIndex ? next..<next : nil
        }
        let before = text.utf8.distance(from: text.startIndex, to: start)
        guard let offset = Text.first(separator, in: text, from: before) else { return nil }
        let found = text.utf8.index(start, offsetBy: offset - before)
        return found..<text.utf8.index(found, offsetBy: separator.utf8.count)
    }

    /// The text with up to `limit` occurrences replaced, all of them where it is negative. An empty `part` occurs around
    /// each code point.
    static func replace(
        _ part: String, by replacement: String, in text: String, limit: Int, _ meter: inout CELMeter
    ) throws(CELError) -> CELValue {
        try meter.search(for: part, in: text)
        try meter.make(bytes: text.utf8.count)
        var result = ""
        var start = text.startIndex
        var count = 0
        if part.isEmpty, limit != 0 {
            try meter.make(bytes: replacement.utf8.count)
            result += replacement
            count = 1
        }
        while limit < 0 || count < limit {
            guard let found = occurrence(of: part, in: text, from: start) else { break }
            try meter.make(bytes: replacement.utf8.count)
            try meter.look(bytes: 10)
            result += text[start..<found.lowerBound]
            result += replacement
            start = found.upperBound
            count += 1
        }
        return .string(result + text[start...])
    }

    private static func occurrence(
        of part: String, in text: String, from start: String.Index
    ) -> Range<String.Index>? {
        if !part.isEmpty { return end(of: part, in: text, from: start) }
        guard start < text.endIndex else { return nil }
        let next = text.unicodeScalars.index(after: start)
        return next..<next
    }

    /// Strings put together.
    static func join(_ list: CELList, by separator: String, _ meter: inout CELMeter) throws(CELError) -> CELValue {
        var result = ""
        for index in 0..<list.count {
            switch list.element(at: index) {
            case .value(.string(let text)):
                try meter.make(bytes: 10 + text.utf8.count + separator.utf8.count)
                if index > 0 { result += separator }
                result += text
            case .value(let value):
                throw CELError(.noMatchingOverload, "join puts strings together, not \(value.type.name)")
            case .absent: throw CELError(.invalidArgument, "the list has changed")
            case .unknown(let reason): throw CELError(.unknown, reason)
            }
        }
        return .string(result)
    }
}
