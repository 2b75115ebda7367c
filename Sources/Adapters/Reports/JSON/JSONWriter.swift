internal import CanonicalJSON

/// Writes one JSON document as a stream, its members in the order in which they are given.
///
/// What is written gathers in `bytes`; whoever owns the writer drains it from time to time. Values that do not nest,
/// or a member without a name, are a mistake of the caller and stop the program.
public struct JSONWriter: Sendable {
    /// How the members of an object or the elements of an array are laid out.
    public enum Layout: Sendable {
        /// All on one line.
        case inline
        /// Each on a line of its own, indented by its depth.
        case lines
    }

    private struct Level: Sendable {
        var isObject: Bool
        var layout: Layout
        var isEmpty = true
    }

    /// What was written and not yet drained.
    public private(set) var bytes: [UInt8] = []
    private var levels: [Level] = []
    private var isNamed = false
    private var isDone = false

    /// An empty document.
    public init() {}

    /// Begins an object.
    public mutating func beginObject(_ layout: Layout = .inline) { begin("{", isObject: true, layout) }

    /// Ends the innermost object.
    public mutating func endObject() { end("}", isObject: true) }

    /// Begins an array.
    public mutating func beginArray(_ layout: Layout = .inline) { begin("[", isObject: false, layout) }

    /// Ends the innermost array.
    public mutating func endArray() { end("]", isObject: false) }

    /// Names the value that follows.
    public mutating func key(_ name: String) {
        guard let level = levels.last, level.isObject, !isNamed else {
            preconditionFailure("a name belongs inside an object, before its value")
        }
        separate()
        bytes.append(jsonString: name)
        bytes.append(literal: level.layout == .lines ? ": " : ":")
        isNamed = true
    }

    /// Writes a string.
    public mutating func string(_ text: String) { encoded { $0.append(jsonString: text) } }

    /// Writes a whole number.
    public mutating func integer(_ number: Int) { encoded { $0.append(decimal: number) } }

    /// Writes true or false.
    public mutating func boolean(_ flag: Bool) { encoded { $0.append(literal: flag ? "true" : "false") } }

    /// Writes null.
    public mutating func null() { encoded { $0.append(literal: "null") } }

    /// Writes a value that `encode` adds, as JSON.
    mutating func encoded<Failure: Error>(
        _ encode: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        prepare()
        try encode(&bytes)
        isDone = levels.isEmpty
    }

    /// Ends the document with a line feed.
    public mutating func finish() {
        precondition(isDone, "the document is not complete")
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Hands over what was written since the last call, and forgets it, even when `body` throws.
    public mutating func drain<Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        defer { bytes.removeAll(keepingCapacity: true) }
        try body(bytes)
    }

    private mutating func begin(_ bracket: String, isObject: Bool, _ layout: Layout) {
        prepare()
        bytes.append(contentsOf: bracket.utf8)
        levels.append(Level(isObject: isObject, layout: layout))
    }

    private mutating func end(_ bracket: String, isObject: Bool) {
        guard let level = levels.popLast(), level.isObject == isObject, !isNamed else {
            preconditionFailure("\(bracket) does not end what was begun last")
        }
        if level.layout == .lines, !level.isEmpty { breakLine() }
        bytes.append(contentsOf: bracket.utf8)
        isDone = levels.isEmpty
    }

    /// Before a value: the comma, unless a name stands there already.
    private mutating func prepare() {
        precondition(!isDone, "the document is complete")
        guard let level = levels.last else { return }
        precondition(isNamed == level.isObject, "a member needs a name, an element has none")
        if level.isObject { isNamed = false } else { separate() }
    }

    private mutating func separate() {
        guard let last = levels.indices.last else { return }
        if !levels[last].isEmpty { bytes.append(UInt8(ascii: ",")) }
        levels[last].isEmpty = false
        if levels[last].layout == .lines { breakLine() }
    }

    private mutating func breakLine() {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * levels.count))
    }
}
