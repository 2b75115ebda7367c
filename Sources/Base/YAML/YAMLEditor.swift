/// Changes a YAML file where it must, and leaves every other byte as it stands: comments, order, quotes, blank lines.
///
/// Places are those of the nodes that were read from the same bytes. A change that cannot be made in place, in what an
/// alias repeats say, is refused; whoever edits reads the result again and compares.
public struct YAMLEditor {
    private let mark: [UInt8]
    private let source: SourceText
    /// What is put in the place of which bytes, in the order in which they were asked for.
    private var changes: [(range: Range<Int>, text: String)] = []

    /// An editor of the bytes of a file in which nothing is wrong.
    public init(_ bytes: [UInt8]) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        mark = bytes.starts(with: byteOrderMark) ? byteOrderMark : []
        source = SourceText(Array(bytes.dropFirst(mark.count)))
    }

    /// The file with all changes. Those at one place stand in the order in which they were asked for.
    public var bytes: [UInt8] {
        var result = mark
        var next = 0
        for change in changes.enumerated().sorted(by: { ($0.1.range.lowerBound, $0.0) < ($1.1.range.lowerBound, $1.0) })
            .map(\.element) where change.range.lowerBound >= next
        {
            result += source.bytes[next..<change.range.lowerBound]
            result += change.text.utf8
            next = change.range.upperBound
        }
        return result + source.bytes[next...]
    }

    /// Gives a key of a mapping a value on one line; a key that is not there comes first.
    ///
    /// - Returns: whether that can be done.
    public mutating func set(_ key: String, to text: String, in mapping: Node) -> Bool {
        guard let value = mapping[key] else { return insert("\(key): \(text)", into: mapping) }
        guard let scalar = value.scalar, scalar.mark == value.mark else { return false }
        let range = source.byte(ofCodePoint: scalar.origin.start)..<source.byte(ofCodePoint: scalar.origin.end)
        changes.append((range, range.isEmpty ? " \(text)" : text))
        return true
    }

    private mutating func insert(_ entry: String, into mapping: Node) -> Bool {
        guard let first = mapping.mapping?.first else { return false }
        let place = source.byte(at: mapping.mark)
        guard place < source.bytes.count else { return false }
        if source.bytes[place] == UInt8(ascii: "{") {
            changes.append((place + 1..<place + 1, "\(entry), "))
            return true
        }
        // An anchor or an alias in the mapping's place leaves it to people.
        guard first.key.mark == mapping.mark else { return false }
        let indentation = String(repeating: " ", count: mapping.mark.column - 1)
        changes.append((place..<place, "\(entry)\(lineEnd)\(indentation)"))
        return true
    }

    /// Adds a scalar to the end of a list.
    ///
    /// - Returns: whether that can be done.
    public mutating func append(_ text: String, to list: Node) -> Bool {
        guard let items = list.sequence else { return false }
        let place = source.byte(at: list.mark)
        guard place < source.bytes.count else { return false }
        let isFlow = source.bytes[place] == UInt8(ascii: "[")
        guard let last = items.last else {
            guard isFlow else { return false }
            changes.append((place + 1..<place + 1, text))
            return true
        }
        guard let scalar = last.scalar, scalar.mark == last.mark else { return false }
        let end = source.byte(ofCodePoint: scalar.origin.end)
        if isFlow {
            changes.append((end..<end, ", \(text)"))
            return true
        }
        guard source.bytes[place] == UInt8(ascii: "-") else { return false }
        let indentation = String(repeating: " ", count: list.mark.column - 1)
        let lineFeed = source.bytes[end...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let behind = lineFeed ?? source.bytes.count
        changes.append((behind..<behind, "\(lineEnd)\(indentation)- \(text)"))
        return true
    }

    /// Adds a document to the end of the file.
    public mutating func append(document text: String) {
        let end = source.bytes.count
        let isEmpty = source.bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        let closing = isEmpty || source.bytes.last == UInt8(ascii: "\n") ? "" : lineEnd
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd)
        changes.append((end..<end, closing + (isEmpty ? "" : "---\(lineEnd)") + lines))
    }

    /// How the file ends its lines.
    private var lineEnd: String {
        guard let first = source.bytes.firstIndex(of: UInt8(ascii: "\n")), first > 0 else { return "\n" }
        return source.bytes[first - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
    }
}
