/// Strings one after another, as UTF-8, numbered from 1 on.
struct StringList: Sendable {
    /// All their bytes.
    private(set) var bytes: [UInt8] = []
    /// Behind what stands for no string, and behind each.
    private var ends: [Int] = [0]

    /// No string.
    init() {}

    /// No string, and room for as much as another has, and a little more.
    init(like other: StringList) {
        bytes.reserveCapacity(other.bytes.count + other.bytes.count / 16)
        ends.reserveCapacity(other.ends.count + other.ends.count / 16)
    }

    /// How many there are, and one.
    var count: Int { ends.count }

    /// The bytes that they occupy.
    var footprint: Int { bytes.capacity + ends.capacity * MemoryLayout<Int>.stride }

    /// Where a string's bytes are. There must be one of that number.
    @inline(__always)
    func range(_ number: Int) -> Range<Int> { ends[number - 1]..<ends[number] }

    /// Whether the string of that number, which must be there, is this.
    @inline(__always)
    func matches(_ number: Int, _ span: Span<UInt8>) -> Bool {
        let range = range(number)
        guard range.count == span.count else { return false }
        return ByteHash.equal(bytes.span.extracting(range), span)
    }

    /// Adds a string; its number is what the count was.
    @inline(__always)
    mutating func append(_ span: Span<UInt8>) {
        span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
    }
}
