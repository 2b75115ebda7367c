/// Reads what trees say in their keys, and searches no object of a shape that it knows.
@safe
@usableFromInline
struct ContentsReader {
    private let names: JSONFieldTable
    private var shapes = ShapeTable()
    /// What is said in objects of the shape at each place.
    private var known: [JSONContents] = []
    private var keys: [JSONText] = []

    private typealias Tag = JSONValue.Tag

    /// So many keys are compared with each other; more are hashed.
    private static let few = 16

    /// A reader that looks for these names.
    init(names: JSONFieldTable) { self.names = names }

    /// What is said below the members of an object.
    mutating func contents(below object: JSONValue) -> JSONContents {
        var contents = JSONContents()
        for (_, member) in object.members { contents.formUnion(self.contents(of: member)) }
        return contents
    }

    /// What a value says in the keys of all its objects.
    ///
    /// The tree is as deep as the parser allows, so the recursion is bounded.
    mutating func contents(of value: JSONValue) -> JSONContents {
        guard value.tag != Tag.object else { return contents(ofObject: value) }
        var contents = JSONContents()
        for element in value.elements { contents.formUnion(self.contents(of: element)) }
        return contents
    }

    private mutating func contents(ofObject object: JSONValue) -> JSONContents {
        let length = object.length
        guard length <= ShapeTable.longestShape else {
            var contents = self.contents(below: object)
            contents.formUnion(self.contents(ofKeysOf: object))
            return contents
        }
        if let place = shapes.place(of: object, length) { return known[place] }
        var contents = JSONContents()
        for part in object.parts where part.tag == Tag.object { contents.formUnion(self.contents(ofKeysOf: part)) }
        if let place = shapes.remember(object, length) {
            known.removeLast(known.count - place)
            known.append(contents)
        }
        return contents
    }

    /// What an object says in its own keys, those of the objects within apart.
    mutating func contents(ofKeysOf object: JSONValue) -> JSONContents {
        var contents = JSONContents()
        keys.removeAll(keepingCapacity: true)
        for (key, _) in object.members {
            keys.append(key)
            if names.field(of: key) != nil { contents.hasName = true }
        }
        contents.repeatsKey = keys.count <= Self.few ? fewRepeat() : manyRepeat()
        return contents
    }

    private func fewRepeat() -> Bool {
        for place in keys.indices.dropFirst() {
            for other in 0..<place where keys[place].equals(keys[other]) { return true }
        }
        return false
    }

    /// Compares keys only where two hashes are the same, and then in order: an adversary may choose all hashes alike.
    private func manyRepeat() -> Bool {
        var hashes = Set<UInt64>(minimumCapacity: keys.count)
        if keys.allSatisfy({ hashes.insert($0.hash).inserted }) { return false }
        let sorted = keys.sorted { unsafe $0.bytes.lexicographicallyPrecedes($1.bytes) }
        return zip(sorted, sorted.dropFirst()).contains { $0.equals($1) }
    }
}
