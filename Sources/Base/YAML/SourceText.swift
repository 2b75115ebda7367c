/// The text of one file, and where its lines begin.
///
/// Everything libyaml says about places is taken from its index in code points, which is right also where its lines and
/// columns are not.
final class SourceText: Sendable {
    let bytes: [UInt8]
    private let lineStarts: [Place]

    /// The same place, counted in bytes and in code points.
    struct Place: Sendable {
        var byte: Int
        var codePoint: Int
    }

    /// - Parameter bytes: valid UTF-8, without a byte order mark.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [Place(byte: 0, codePoint: 0)]
        var codePoint = 0
        for (index, byte) in bytes.enumerated() {
            codePoint += byte & 0xC0 == 0x80 ? 0 : 1
            let endsLine =
                switch byte {
                case UInt8(ascii: "\n"): true
                case UInt8(ascii: "\r"): index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n")
                default: false
                }
            if endsLine { starts.append(Place(byte: index + 1, codePoint: codePoint)) }
        }
        lineStarts = starts
    }

    /// The line and column of a code point.
    func mark(atCodePoint index: Int) -> Mark {
        let line = line(of: index) { $0.codePoint }
        return Mark(line: line + 1, column: index - lineStarts[line].codePoint + 1)
    }

    /// The line and column of a byte.
    func mark(atByte index: Int) -> Mark { mark(atCodePoint: place(ofByte: index).codePoint) }

    /// The offset in bytes of a line and column.
    func byte(at mark: Mark) -> Int {
        guard mark.line <= lineStarts.count else { return bytes.count }
        return byte(ofCodePoint: lineStarts[mark.line - 1].codePoint + mark.column - 1)
    }

    /// The offset in bytes of a code point.
    func byte(ofCodePoint index: Int) -> Int {
        var place = lineStarts[line(of: index) { $0.codePoint }]
        while place.byte < bytes.count, place.codePoint < index {
            place.byte += 1
            while place.byte < bytes.count, bytes[place.byte] & 0xC0 == 0x80 { place.byte += 1 }
            place.codePoint += 1
        }
        return place.byte
    }

    /// The start of the first line, at or after this byte's own, that begins a document.
    ///
    /// `---` in the first column always does, whatever the parser was in the middle of.
    func documentMarker(fromLineOfByte index: Int, after earlier: Int) -> Place? {
        let first = line(of: index) { $0.byte }
        return lineStarts[first...].first { start in
            guard start.byte > earlier, bytes[start.byte...].starts(with: [0x2D, 0x2D, 0x2D]) else { return false }
            guard start.byte + 3 < bytes.count else { return true }
            return [0x20, 0x09, 0x0A, 0x0D].contains(bytes[start.byte + 3])
        }
    }

    private func place(ofByte index: Int) -> Place {
        var place = lineStarts[line(of: index) { $0.byte }]
        while place.byte < min(index, bytes.count) {
            place.codePoint += bytes[place.byte] & 0xC0 == 0x80 ? 0 : 1
            place.byte += 1
        }
        return place
    }

    private func line(of index: Int, by count: (Place) -> Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if count(lineStarts[middle]) <= index { low = middle } else { high = middle }
        }
        return low
    }
}
