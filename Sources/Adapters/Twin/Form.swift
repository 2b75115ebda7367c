internal import HTTPServer

/// The parts of a `multipart/form-data` body.
///
/// - Source: RFC 7578 and RFC 2046, section 5.1.
struct Form: Sendable {
    struct Part: Sendable {
        let name: String
        let filename: String?
        let content: [UInt8]
    }

    private(set) var parts: [Part] = []

    /// More than any call of the provider has.
    private static let mostParts = 1000

    /// Takes a body apart; nil where it is no form.
    init?(_ request: ServedRequest) {
        guard let type = request.header("content-type"), type.lowercased().hasPrefix("multipart/form-data"),
            let boundary = Self.parameter("boundary", of: type), (1...200).contains(boundary.utf8.count)
        else { return nil }
        let delimiter = Array("--\(boundary)".utf8)
        var places = Self.places(of: delimiter, in: request.body)[...]
        guard places.count <= Self.mostParts, places.count >= 2 else { return nil }
        while let start = places.popFirst(), let end = places.first {
            guard let part = Self.part(request.body[(start + delimiter.count)..<end]) else { return nil }
            parts.append(part)
        }
    }

    func text(_ name: String) -> String? {
        parts.first { $0.name == name && $0.filename == nil }.map { String(decoding: $0.content, as: UTF8.self) }
    }

    func file(_ name: String) -> Part? { parts.first { $0.name == name && $0.filename != nil } }

    /// Where the delimiter stands by itself on a line, or with the two hyphens that end the form.
    private static func places(of delimiter: [UInt8], in body: [UInt8]) -> [Int] {
        var places: [Int] = []
        var index = 0
        while index + delimiter.count <= body.count {
            let end = index + delimiter.count
            let begins = index == 0 || body[index - 1] == UInt8(ascii: "\n")
            let ends = end == body.count || Array("\r\n\t -".utf8).contains(body[end])
            if begins, ends, body[index..<end].elementsEqual(delimiter) {
                places.append(index)
                index = end
            } else {
                index += 1
            }
        }
        return places
    }

    /// What stands between two delimiters: headers, an empty line, the content, and a line break of the delimiter's.
    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        var rest = bytes
        guard line(&rest) != nil else { return nil }
        var disposition: String?
        while let text = line(&rest), !text.isEmpty {
            let halves = text.split(separator: ":", maxSplits: 1)
            if halves.count == 2, halves[0].lowercased() == "content-disposition" { disposition = String(halves[1]) }
        }
        guard let disposition, let name = parameter("name", of: disposition) else { return nil }
        if rest.last == UInt8(ascii: "\n") { rest = rest.dropLast() }
        if rest.last == UInt8(ascii: "\r") { rest = rest.dropLast() }
        return Part(name: name, filename: parameter("filename", of: disposition), content: Array(rest))
    }

    /// Takes a line away, without its break; nil where no break is left.
    private static func line(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { rest = rest[(end + 1)...] }
        let line = rest[..<end]
        return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }

    /// A parameter of a header, its quotes taken away.
    private static func parameter(_ name: String, of header: String) -> String? {
        var isQuoted = false
        let pieces = header.split { letter in
            if letter == "\"" { isQuoted.toggle() }
            return letter == ";" && !isQuoted
        }
        for piece in pieces.dropFirst() {
            let halves = piece.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            guard halves.count == 2, halves[0].lowercased() == name else { continue }
            let value = halves[1]
            guard value.count >= 2, value.first == "\"", value.last == "\"" else { return String(value) }
            return String(value.dropFirst().dropLast())
        }
        return nil
    }
}
