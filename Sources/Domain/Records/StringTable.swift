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

    /// A string's number is its code.
    private var list = StringList()
    /// Twice as many as codes at least, so that a code has fewer bits than a slot's place.
    private var slots: [Code] = Array(repeating: 0, count: 256)
    private let seed = UInt64.random(in: 0...UInt64.max)

    /// An empty table.
    public init() {}

    /// How many codes there are, the absent one included.
    public var count: Int { list.count }

    /// The code of these bytes, new or known.
    public mutating func code(_ span: Span<UInt8>) -> Code { code(span, hash: ByteHash.hash(span, seed: seed)) }

    /// The codes of all the strings of another table, by their codes there.
    mutating func codes(of other: StringTable) -> [Code] { codes(of: other.list) }

    /// The codes of all the strings of a list, by their numbers there.
    mutating func codes(of other: StringList) -> [Code] {
        var map = [Self.absent]
        map.reserveCapacity(other.count)
        while (list.count + other.count) * 2 > slots.count { grow() }
        var block = [Seen](repeating: Seen(hash: 0, isFree: false), count: Self.blockSize)
        let theirs = other.bytes.span
        for first in stride(from: 1, to: other.count, by: Self.blockSize) {
            let codes = first..<min(first + Self.blockSize, other.count)
            for code in codes {
                block[code - first].hash = ByteHash.hash(theirs.extracting(other.range(code)), seed: seed)
            }
            look(&block, count: codes.count)
            for code in codes {
                let string = theirs.extracting(other.range(code))
                let seen = block[code - first]
                let slot = Int(truncatingIfNeeded: seen.hash) & (slots.count - 1)
                let isNew = seen.isFree && slots[slot] == 0
                map.append(isNew ? add(string, seen.hash, to: slot) : self.code(string, hash: seen.hash))
            }
        }
        return map
    }

    /// A string's hash, and whether the slot that it leads to was free when its block was looked at.
    private struct Seen {
        var hash: UInt64
        var isFree: Bool
    }

    /// How many slots are read one right after the other, so that memory answers them together.
    private static let blockSize = 32

    private func look(_ block: inout [Seen], count: Int) {
        var seen = block.mutableSpan
        let slots = slots.span
        for place in 0..<count {
            seen[place].isFree = slots[Int(truncatingIfNeeded: seen[place].hash) & (slots.count - 1)] == 0
        }
    }

    private mutating func code(_ span: Span<UInt8>, hash: UInt64) -> Code {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        let tag = tag(hash)
        while slots[slot] != 0 {
            if slots[slot] & ~codeMask == tag, matches(slots[slot] & codeMask, span) { return slots[slot] & codeMask }
            slot = (slot + 1) & (slots.count - 1)
        }
        return add(span, hash, to: slot)
    }

    private mutating func add(_ span: Span<UInt8>, _ hash: UInt64, to slot: Int) -> Code {
        let code = Code(list.count)
        list.append(span)
        slots[slot] = tag(hash) | code
        if list.count * 2 > slots.count { grow() }
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
        return String(decoding: list.bytes[range], as: UTF8.self)
    }

    /// Whether this is the code of these bytes.
    @inline(__always)
    func isCode(_ code: Code, of span: Span<UInt8>) -> Bool {
        code != Self.absent && code != Self.undecided && matches(code, span)
    }

    /// Reads the bytes of a code; they are empty for the absent and the undecided one.
    public func withBytes<Result>(_ code: Code, _ body: (Span<UInt8>) -> Result) -> Result {
        body(list.bytes.span.extracting(range(code) ?? 0..<0))
    }

    /// The bytes that the table occupies.
    public var footprint: Int {
        list.footprint + slots.capacity * MemoryLayout<Code>.stride
    }

    private func range(_ code: Code) -> Range<Int>? {
        guard code != Self.absent, Int(code) < list.count else { return nil }
        return list.range(Int(code))
    }

    @inline(__always)
    private func matches(_ code: Code, _ span: Span<UInt8>) -> Bool { list.matches(Int(code), span) }

    private mutating func grow() {
        let mask = slots.count * 2 - 1
        slots = Array(repeating: 0, count: slots.count * 2)
        for code in 1..<list.count {
            let hash = ByteHash.hash(list.bytes.span.extracting(list.range(code)), seed: seed)
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = tag(hash) | Code(code)
        }
    }

    private var codeMask: Code { Code(truncatingIfNeeded: slots.count - 1) }

    private func tag(_ hash: UInt64) -> Code { Code(truncatingIfNeeded: hash >> 32) & ~codeMask }
}
