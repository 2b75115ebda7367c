/// Writes one RFC 8785 object, member by member, with nothing allocated for each.
///
/// Members come in the order of their names, which need no escaping. A name out of order is a mistake of the
/// caller and stops the program; what only the data can get wrong is kept in `error` and makes the object unusable.
public struct CanonicalWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    /// The first value that has no form, if any.
    public private(set) var error: CanonicalError?
    private var last: StaticString?

    /// Nothing is written.
    public init() {}

    /// Forgets what was written, and keeps the memory for the next object.
    public mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        (last, error) = (nil, nil)
    }

    /// Writes the outermost object.
    public mutating func object(_ members: (inout CanonicalWriter) -> Void) {
        let outer = last
        last = nil
        bytes.append(UInt8(ascii: "{"))
        members(&self)
        bytes.append(UInt8(ascii: "}"))
        last = outer
    }

    /// Writes a member that is an object.
    public mutating func object(_ name: StaticString, _ members: (inout CanonicalWriter) -> Void) {
        key(name)
        object(members)
    }

    /// Writes a member that is a list of objects.
    public mutating func objects<Element>(
        _ name: StaticString, _ elements: some Sequence<Element>, _ members: (inout CanonicalWriter, Element) -> Void
    ) {
        key(name)
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            object { members(&$0, element) }
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Writes a member that is a text, or null.
    public mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return null(name) }
        key(name)
        bytes.append(jsonString: text)
    }

    /// Writes a member that is a text which the program itself has.
    public mutating func member(_ name: StaticString, literal text: StaticString) {
        key(name)
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8Buffer { bytes.append(jsonEscaped: $0.span) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a member that is a text, given as well-formed UTF-8.
    public mutating func member(_ name: StaticString, utf8 text: borrowing Span<UInt8>) {
        key(name)
        bytes.append(jsonString: copy text)
    }

    /// Writes a member that is a text, which `append` adds and which needs no escaping, such as a time.
    public mutating func member(_ name: StaticString, plain append: (inout [UInt8]) -> Void) {
        key(name)
        bytes.append(UInt8(ascii: "\""))
        append(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a member that is null.
    public mutating func null(_ name: StaticString) {
        key(name)
        bytes.append(literal: "null")
    }

    /// Writes a member that is a whole number.
    public mutating func member(_ name: StaticString, _ number: Int) {
        key(name)
        do throws(CanonicalError) {
            try bytes.append(canonical: number)
        } catch {
            self.error = self.error ?? error
        }
    }

    /// Writes a member that is true or false.
    public mutating func member(_ name: StaticString, _ flag: Bool) {
        key(name)
        bytes.append(literal: flag ? "true" : "false")
    }

    /// Writes a member that is any value.
    public mutating func member(_ name: StaticString, _ value: CanonicalValue) {
        key(name)
        do throws(CanonicalError) {
            bytes += try value.canonical()
        } catch {
            self.error = self.error ?? error
        }
    }

    private mutating func key(_ name: StaticString) {
        if let last {
            precondition(Self.precedes(last, name), "members come in the order of their names")
            bytes.append(UInt8(ascii: ","))
        }
        last = name
        bytes.append(UInt8(ascii: "\""))
        bytes.append(literal: name)
        bytes.append(literal: "\":")
    }

    private static func precedes(_ left: StaticString, _ right: StaticString) -> Bool {
        left.withUTF8Buffer { left in right.withUTF8Buffer { left.lexicographicallyPrecedes($0) } }
    }
}
