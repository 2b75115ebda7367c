/// A value of a parsed document: a position on simdjson's tape.
///
/// Reading it copies nothing. It lives as long as the document: until the callback that received it returns.
/// The tape was validated when it was made, so a walk over it needs no checks of its own.
///
/// - Source: simdjson, doc/tape.md.
@frozen @safe
public struct JSONValue {
    @usableFromInline let tape: UnsafePointer<UInt64>
    @usableFromInline let strings: UnsafePointer<UInt8>
    @usableFromInline let index: Int

    @inlinable
    init(tape: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>, index: Int) {
        unsafe self.tape = tape
        unsafe self.strings = strings
        self.index = index
    }

    /// What a value can be.
    @frozen
    public enum Kind: Sendable { case object, array, string, number, bool, null }

    /// What the value is.
    @inlinable @inline(__always)
    public var kind: Kind {
        switch tag {
        case Tag.object: .object
        case Tag.array: .array
        case Tag.string: .string
        case Tag.null: .null
        case Tag.true, Tag.false: .bool
        default: .number
        }
    }

    @usableFromInline
    enum Tag {
        @inlinable static var object: UInt8 { UInt8(ascii: "{") }
        @inlinable static var array: UInt8 { UInt8(ascii: "[") }
        @inlinable static var string: UInt8 { UInt8(ascii: "\"") }
        @inlinable static var null: UInt8 { UInt8(ascii: "n") }
        @inlinable static var `true`: UInt8 { UInt8(ascii: "t") }
        @inlinable static var `false`: UInt8 { UInt8(ascii: "f") }
        @inlinable static var integer: UInt8 { UInt8(ascii: "l") }
        @inlinable static var unsigned: UInt8 { UInt8(ascii: "u") }
        @inlinable static var double: UInt8 { UInt8(ascii: "d") }
    }

    @inlinable @inline(__always)
    var word: UInt64 { unsafe tape[index] }

    @inlinable @inline(__always)
    var tag: UInt8 { UInt8(truncatingIfNeeded: word &>> 56) }

    /// Where the next value begins.
    @inlinable @inline(__always)
    var following: Int {
        let word = word
        let tag = UInt8(truncatingIfNeeded: word &>> 56)
        // What is most frequent is asked first.
        if tag == Tag.string { return index &+ 1 }
        switch tag {
        case Tag.object, Tag.array: return Int(truncatingIfNeeded: word & 0xFFFF_FFFF)
        case Tag.integer, Tag.unsigned, Tag.double: return index &+ 2
        default: return index &+ 1
        }
    }

    /// Whether the value is `null`.
    @inlinable @inline(__always)
    public var isNull: Bool { tag == Tag.null }

    /// The text of a string, or nil.
    @inlinable @inline(__always)
    public var text: JSONText? {
        let word = word
        guard UInt8(truncatingIfNeeded: word &>> 56) == Tag.string else { return nil }
        let offset = Int(truncatingIfNeeded: word & 0x00FF_FFFF_FFFF_FFFF)
        let count = unsafe UnsafeRawPointer(strings + offset).loadUnaligned(as: UInt32.self)
        return unsafe JSONText(start: strings + offset + 4, count: Int(count))
    }

    /// The truth value, or nil.
    @inlinable @inline(__always)
    public var bool: Bool? {
        switch tag {
        case Tag.true: true
        case Tag.false: false
        default: nil
        }
    }

    /// A number as it was written.
    @frozen
    public enum Number: Sendable, Equatable {
        case integer(Int64)
        /// An integer above `Int64.max`.
        case unsigned(UInt64)
        /// A number with a fraction or an exponent; always finite.
        case double(Double)
    }

    /// The number, or nil.
    @inlinable @inline(__always)
    public var number: Number? {
        switch tag {
        case Tag.integer: .integer(Int64(bitPattern: unsafe tape[index + 1]))
        case Tag.unsigned: .unsigned(unsafe tape[index + 1])
        case Tag.double: .double(Double(bitPattern: unsafe tape[index + 1]))
        default: nil
        }
    }

    /// An integer that fits, or nil.
    @inlinable @inline(__always)
    public var integer: Int64? {
        tag == Tag.integer ? Int64(bitPattern: unsafe tape[index + 1]) : nil
    }

    /// The members of an object in their order, duplicates included; of anything else, none.
    @inlinable @inline(__always)
    public var members: JSONMembers {
        tag == Tag.object
            ? unsafe JSONMembers(tape: tape, strings: strings, index: index + 1, end: following - 1)
            : unsafe JSONMembers(tape: tape, strings: strings, index: 0, end: 0)
    }

    /// The elements of an array; of anything else, none.
    @inlinable @inline(__always)
    public var elements: JSONElements {
        tag == Tag.array
            ? unsafe JSONElements(tape: tape, strings: strings, index: index + 1, end: following - 1)
            : unsafe JSONElements(tape: tape, strings: strings, index: 0, end: 0)
    }

    /// How many words of the tape the value takes.
    var length: Int { following &- index }

    /// Everything that the tape has of the value, in its order: the values within at any depth, keys, closing brackets.
    var parts: JSONParts { JSONParts(self) }

    /// The value of the first member of that name, or nil.
    @inlinable
    public subscript(_ name: StaticString) -> JSONValue? {
        var members = members
        while let (key, value) = members.next() {
            if key.equals(name) { return value }
        }
        return nil
    }
}

/// Walks an object's members.
@frozen @safe
public struct JSONMembers: IteratorProtocol, Sequence {
    @usableFromInline let tape: UnsafePointer<UInt64>
    @usableFromInline let strings: UnsafePointer<UInt8>
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable
    init(tape: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>, index: Int, end: Int) {
        unsafe self.tape = tape
        unsafe self.strings = strings
        self.index = index
        self.end = end
    }

    /// The next member, or nil after the last.
    @inlinable @inline(__always)
    public mutating func next() -> (key: JSONText, value: JSONValue)? {
        guard index < end else { return nil }
        let offset = Int(truncatingIfNeeded: unsafe tape[index] & 0x00FF_FFFF_FFFF_FFFF)
        let count = unsafe UnsafeRawPointer(strings + offset).loadUnaligned(as: UInt32.self)
        let key = unsafe JSONText(start: strings + offset + 4, count: Int(count))
        let value = unsafe JSONValue(tape: tape, strings: strings, index: index &+ 1)
        index = value.following
        return (key, value)
    }
}

/// Walks an array's elements.
@frozen @safe
public struct JSONElements: IteratorProtocol, Sequence {
    @usableFromInline let tape: UnsafePointer<UInt64>
    @usableFromInline let strings: UnsafePointer<UInt8>
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    @inlinable
    init(tape: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>, index: Int, end: Int) {
        unsafe self.tape = tape
        unsafe self.strings = strings
        self.index = index
        self.end = end
    }

    /// The next element, or nil after the last.
    @inlinable @inline(__always)
    public mutating func next() -> JSONValue? {
        guard index < end else { return nil }
        let value = unsafe JSONValue(tape: tape, strings: strings, index: index)
        index = value.following
        return value
    }
}

/// Walks the tape of a value and of all that it holds.
@safe
struct JSONParts: IteratorProtocol, Sequence {
    private let root: JSONValue
    private var index: Int
    private let end: Int

    init(_ root: JSONValue) {
        self.root = root
        index = root.index
        end = root.following
    }

    mutating func next() -> JSONValue? {
        guard index < end else { return nil }
        let part = unsafe JSONValue(tape: root.tape, strings: root.strings, index: index)
        switch part.tag {
        case JSONValue.Tag.integer, JSONValue.Tag.unsigned, JSONValue.Tag.double: index += 2
        default: index += 1
        }
        return part
    }
}
