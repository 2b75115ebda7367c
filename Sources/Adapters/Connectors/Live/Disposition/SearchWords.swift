internal import JSONLines

/// Some words of what a file in a store says, by which a search of the store should find it.
///
/// They are content: they live as long as the action that they were read for, and stand in nothing that is written.
struct SearchWords: Sendable {
    /// The words, one space between any two.
    let text: String

    /// How many characters are enough to find a passage by, and few enough for any query.
    static let mostCharacters = 200

    /// Chooses words from the contents of a file, as its store has them.
    ///
    /// They are taken from the middle of the longest piece: files of one office often begin and end alike.
    ///
    /// - Throws: `Absence` where the answer is no contents, or they have no words.
    /// - Source: OpenAI's OpenAPI document 2.3.0, `VectorStoreFileContentResponse`.
    init(from contents: [UInt8]) throws(Absence) {
        let pieces: [String]? = JSONDocument.read(contents) { record in
            guard case .value(let value) = record, let data = value["data"], data.kind == .array else { return nil }
            return data.elements.compactMap { $0["text"]?.text?.string }
        }
        guard let pieces else { throw Absence(reason: "what was answered for its contents is none") }
        guard let longest = pieces.max(by: { $0.utf8.count < $1.utf8.count }), let words = SearchWords(of: longest)
        else { throw Absence(reason: "its contents have no words") }
        self = words
    }

    /// Why there is nothing to search for.
    struct Absence: Error {
        let reason: String
    }

    /// Whole words from the middle of a text on, or before it where few are left; of a word that is too long its beginning.
    private init?(of piece: String) {
        let words = Self.middle(of: piece).split(whereSeparator: \.isWhitespace).map { $0.prefix(Self.mostCharacters) }
        guard words.contains(where: { $0.contains { $0.isLetter || $0.isNumber } }) else { return nil }
        var first = words.count / 2
        var count = -1
        var last = first
        while last < words.count, count + 1 + words[last].count <= Self.mostCharacters {
            count += 1 + words[last].count
            last += 1
        }
        while first > 0, count + 1 + words[first - 1].count <= Self.mostCharacters {
            first -= 1
            count += 1 + words[first].count
        }
        text = words[first..<last].joined(separator: " ")
    }

    /// More than enough to take words from.
    private static let mostBytes = 1 << 14

    /// So much of a text from its middle that it takes no time, whatever its length.
    private static func middle(of piece: String) -> String {
        let bytes = piece.utf8
        guard bytes.count > mostBytes else { return piece }
        let start = bytes.index(bytes.startIndex, offsetBy: (bytes.count - mostBytes) / 2)
        let end = bytes.index(start, offsetBy: mostBytes)
        // Where a character is cut through, what is left of it is no part of any word.
        return String(decoding: bytes[start..<end], as: UTF8.self).replacing("\u{FFFD}", with: " ")
    }
}
