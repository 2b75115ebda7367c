/// Distinct strings, stored once as UTF-8 and named by small codes.
///
/// Code 0 is the absent string. Codes are given in the order of first sight, so they mean nothing outside one table.
/// The bits of a slot that no code needs hold bits of the hash, so that a look at the slots alone tells most strangers
/// apart.
public struct StringTable: Sendable {
    /// A string's code.
    public typealias Code = UInt32

    /// The code of no string at all.
    public static let absent: Code = 0

    /// The code of a value on which two readings of one record disagree.
    public static let undecided: Code = .max

    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]
    /// Twice as many as codes at least, so that a code has fewer bits than a slot's place.
    private var slots: [Code] = Array(repeating: 0, count: 256)
    private let seed = UInt64.random(in: 0...UInt64.max)

    /// An empty table.
    public init() {}

    /// How many codes there are, the absent one included.
    public var count: Int { ends.count }

    /// The code of these bytes, new or known.
    public mutating func code(_ span: Span<UInt8>) -> Code {
        let hash = ByteHash.hash(span, seed: seed)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        let tag = tag(hash)
        while slots[slot] != 0 {
            if slots[slot] & ~codeMask == tag, matches(slots[slot] & codeMask, span) { return slots[slot] & codeMask }
            slot = (slot + 1) & (slots.count - 1)
        }
        let code = Code(ends.count)
        span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
        slots[slot] = tag | code
        if ends.count * 2 > slots.count { grow() }
        return code
    }

    /// The code of a string, new or known.
    public mutating func code(_ string: String) -> Code {
        let utf8 = Array(string.utf8)
        return code(utf8.span)
    }

    /// The code of a string that is known already.
    public func knownCode(_ string: String) -> Code? {
        let utf8 = Array(string.utf8)
        return knownCode(utf8.span)
    }

    /// The code of these bytes, if they are known already.
    public func knownCode(_ span: Span<UInt8>) -> Code? {
        let hash = ByteHash.hash(span, seed: seed)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if matches(slots[slot] & codeMask, span) { return slots[slot] & codeMask }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The string of a code, or nil for the absent and the undecided one.
    public func string(_ code: Code) -> String? {
        guard let range = range(code) else { return nil }
        return String(decoding: bytes[range], as: UTF8.self)
    }

    /// Whether this is the code of these bytes.
    @inline(__always)
    func isCode(_ code: Code, of span: Span<UInt8>) -> Bool {
        code != Self.absent && code != Self.undecided && matches(code, span)
    }

    /// Reads the bytes of a code; they are empty for the absent and the undecided one.
    public func withBytes<Result>(_ code: Code, _ body: (Span<UInt8>) -> Result) -> Result {
        body(bytes.span.extracting(range(code) ?? 0..<0))
    }

    /// The bytes that the table occupies.
    public var footprint: Int {
        bytes.capacity + ends.capacity * MemoryLayout<Int>.stride + slots.capacity * MemoryLayout<Code>.stride
    }

    private func range(_ code: Code) -> Range<Int>? {
        guard code != Self.absent, Int(code) < ends.count else { return nil }
        return ends[Int(code) - 1]..<ends[Int(code)]
    }

    @inline(__always)
    private func matches(_ code: Code, _ span: Span<UInt8>) -> Bool {
        let start = ends[Int(code) - 1]
        let end = ends[Int(code)]
        guard end - start == span.count else { return false }
        return ByteHash.equal(bytes.span.extracting(start..<end), span)
    }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = Array(repeating: 0, count: slots.count * 2)
        for code in 1..<ends.count {
            let hash = ByteHash.hash(bytes.span.extracting(ends[code - 1]..<ends[code]), seed: seed)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = tag(hash) | Code(code)
        }
    }

    private var codeMask: Code { Code(truncatingIfNeeded: slots.count - 1) }

    private func tag(_ hash: UInt64) -> Code { Code(truncatingIfNeeded: hash >> 32) & ~codeMask }
}
