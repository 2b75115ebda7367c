/// Text that is escaped already, for what is written more than once: it fits attributes and elements alike.
public struct XMLEscaped: Sendable, Equatable {
    private(set) var bytes: [UInt8] = []

    /// No text.
    public init() {}

    /// The text, escaped; characters that XML 1.0 forbids are replaced.
    public init(_ text: String) { bytes.append(escaping: text.utf8Span.span, inAttribute: true) }

    /// The text, escaped, with its line breaks as they are. They are for elements: in an attribute they become spaces.
    public init(lines text: String) { bytes.append(escaping: text.utf8Span.span, inAttribute: false) }

    /// Becomes the text, which is well-formed UTF-8, and keeps the memory.
    public mutating func set(_ text: [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(escaping: text.span, inAttribute: true)
    }
}

extension [UInt8] {
    /// Adds text with markup escaped and forbidden characters replaced.
    mutating func append(escaping text: Span<UInt8>, inAttribute: Bool) {
        var copied = 0
        var index = 0
        while true {
            index = XMLCharacters.nextThatMayNeedCare(text, from: index)
            guard index < text.count else { break }
            guard let (substitute, length) = XMLCharacters.substitute(text, at: index, inAttribute: inAttribute) else {
                index += 1
                continue
            }
            append(text, copied..<index)
            append(substitute)
            index += length
            copied = index
        }
        append(text, copied..<text.count)
    }

    @inline(__always)
    mutating func append(_ literal: StaticString) {
        unsafe append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    @inline(__always)
    private mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        unsafe text.extracting(range).withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
