/// The members of one object, sorted by a table of names, with what is said twice.
///
/// A second member of one name is how a value could hide from one reader and show itself to another. An object of a
/// shape that was met before needs no table: its members stand where they stood, and none of them twice.
@frozen
public struct JSONFields {
    @usableFromInline let table: JSONFieldTable
    @usableFromInline var object: JSONValue?
    /// Where each field's first value begins, counted from the object, or 0: in the object that was read where its shape
    /// is not known, and then in those of each shape that is.
    @usableFromInline var offsets: [UInt32]
    /// Where among the offsets those of the object begin.
    @usableFromInline var firstOffset = 0
    @usableFromInline var repeatedFields: [Int] = []
    @usableFromInline var shapes: ShapeTable
    /// What is said below the members of each shape.
    @usableFromInline var known: [JSONContents] = []
    @usableFromInline var reader: ContentsReader
    private let looksBelow: Bool
    /// What is said below the members.
    public private(set) var below: JSONContents
    /// Whether any key, wanted or not, occurs twice.
    public private(set) var hasRepeated = false

    /// An empty set of fields. With `names` it also looks below them, for keys of these names and for what is said twice.
    public init(_ table: JSONFieldTable, below names: JSONFieldTable? = nil) {
        self.table = table
        offsets = Array(repeating: 0, count: table.count)
        shapes = ShapeTable()
        reader = ContentsReader(names: names ?? JSONFieldTable([]))
        looksBelow = names != nil
        below = JSONContents()
    }

    /// How many fields there can be.
    @inlinable
    public var count: Int { table.count }

    /// Takes an object's members in, in place of what was there.
    public mutating func read(_ object: JSONValue) {
        if hasRepeated { repeatedFields.removeAll(keepingCapacity: true) }
        self.object = object
        hasRepeated = false
        let length = object.length
        if let place = shapes.place(of: object, length) {
            firstOffset = (place &+ 1) &* table.count
            below = known[place]
            return
        }
        firstOffset = 0
        sort(object)
        below = looksBelow ? reader.contents(below: object) : JSONContents()
        if !hasRepeated, length <= ShapeTable.longestShape { remember(object, length) }
    }

    /// Notes where every field's first value begins, and whether any key comes again.
    private mutating func sort(_ object: JSONValue) {
        for field in 0..<table.count { offsets[field] = 0 }
        for (key, value) in object.members {
            guard let field = table.field(of: key) else { continue }
            if offsets[field] == 0 {
                offsets[field] = UInt32(truncatingIfNeeded: value.index - object.index)
            } else {
                repeatedFields.append(field)
            }
        }
        hasRepeated = !repeatedFields.isEmpty || reader.contents(ofKeysOf: object).repeatsKey
    }

    private mutating func remember(_ object: JSONValue, _ length: Int) {
        guard let place = shapes.remember(object, length) else { return }
        known.removeLast(known.count - place)
        known.append(below)
        offsets.removeLast(offsets.count - (place + 1) * table.count)
        offsets.append(contentsOf: offsets.prefix(table.count))
    }

    /// The first value of that field, or nil.
    @inlinable @inline(__always)
    public subscript(_ field: Int) -> JSONValue? {
        let offset = offsets[firstOffset &+ field]
        guard offset != 0, let object else { return nil }
        return unsafe JSONValue(tape: object.tape, strings: object.strings, index: object.index &+ Int(offset))
    }

    /// Whether that field occurs twice.
    @inlinable @inline(__always)
    public func isRepeated(_ field: Int) -> Bool { hasRepeated && repeatedFields.contains(field) }
}
