/// The shapes of objects that were met, for providers write the same ones again and again.
///
/// A shape is an object without its texts and numbers: its keys in their order, and how the arrays and objects within
/// stand in each other, with their keys. The comparison is exact, so that what is known of a shape is true of every
/// object that has it.
@safe
@usableFromInline
struct ShapeTable {
    private struct Shape {
        var firstWord: Int
        var keys: Range<Int>
        /// The next shape of as many words, or nil.
        var next: Int?
    }

    /// A key and where it stands, counted from the object's first word.
    private struct Key {
        let offset: Int
        let key: RememberedKey
    }

    /// Larger objects, in words of the tape, are not remembered.
    static let longestShape = 256
    /// So many shapes are kept, of so many words, with fewer keys than words; then all is forgotten. It is 200 kB.
    private static let capacity = 64
    private static let wordCapacity = 8192
    /// So many shapes have the same length, for each of them is compared.
    private static let longestChain = 8

    private var shapes: [Shape] = []
    /// The first shape of each length.
    private var firsts = [Int?](repeating: nil, count: longestShape + 1)
    /// The masks of a shape's words and then their bits, one shape after another.
    private var words: [UInt64] = []
    private var keys: [Key] = []

    /// The place of an object's shape, where it is known.
    func place(of object: JSONValue, _ length: Int) -> Int? {
        guard length <= Self.longestShape else { return nil }
        var place = firsts[length]
        while let found = place {
            if isOf(shapes[found], object, length) { return found }
            place = shapes[found].next
        }
        return nil
    }

    private func isOf(_ shape: Shape, _ object: JSONValue, _ length: Int) -> Bool {
        let masks = words.span.extracting(shape.firstWord..<shape.firstWord &+ length)
        let bits = words.span.extracting(shape.firstWord &+ length..<shape.firstWord &+ length &* 2)
        let start = unsafe object.tape + object.index
        var difference: UInt64 = 0
        for offset in 0..<length {
            unsafe difference |= start[offset] & masks[unchecked: offset] ^ bits[unchecked: offset]
        }
        guard difference == 0 else { return false }
        let keys = keys.span.extracting(shape.keys)
        for place in keys.indices {
            let text = unsafe Int(truncatingIfNeeded: start[keys[unchecked: place].offset] & 0x00FF_FFFF_FFFF_FFFF)
            guard unsafe keys[unchecked: place].key.isKey(at: object.strings + text) else { return false }
        }
        return true
    }

    /// Remembers an object that is not known, unless one of its keys is too long.
    ///
    /// - Returns: its place: one more than the last, or 0 again after all was forgotten.
    mutating func remember(_ object: JSONValue, _ length: Int) -> Int? {
        guard let keys = Self.keys(of: object) else { return nil }
        let isFull = shapes.count == Self.capacity || words.count + length * 2 > Self.wordCapacity
        if isFull || chain(length).count == Self.longestChain { forget() }
        let firstWord = words.count
        words.append(contentsOf: repeatElement(0, count: length * 2))
        for part in object.parts {
            let word = ShapeWord(tag: part.tag)
            words[firstWord + part.index - object.index] = word.mask
            words[firstWord + part.index - object.index + length] = word.bits
        }
        let place = shapes.count
        if let last = chain(length).last { shapes[last].next = place } else { firsts[length] = place }
        shapes.append(Shape(firstWord: firstWord, keys: self.keys.count..<self.keys.count + keys.count, next: nil))
        self.keys += keys
        return place
    }

    /// The keys of an object and of those within, or nil where one is too long.
    private static func keys(of object: JSONValue) -> [Key]? {
        var keys: [Key] = []
        for part in object.parts {
            for (text, member) in part.members {
                guard let key = RememberedKey(text) else { return nil }
                keys.append(Key(offset: member.index - 1 - object.index, key: key))
            }
        }
        return keys
    }

    /// The places of the shapes of this length.
    private func chain(_ length: Int) -> [Int] {
        var chain: [Int] = []
        var place = firsts[length]
        while let found = place {
            chain.append(found)
            place = shapes[found].next
        }
        return chain
    }

    private mutating func forget() {
        shapes.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: true)
        firsts = Array(repeating: nil, count: Self.longestShape + 1)
    }
}

/// What of a word of the tape makes a shape: which of its bits matter, and what they are. Of numbers' own words, none do.
struct ShapeWord {
    let mask: UInt64
    let bits: UInt64

    /// Of a word with this tag.
    ///
    /// Text, null and false make one shape, and so do integers and numbers with a fraction: the bits are those that they
    /// have in common and no other tag has. True and integers above `Int64.max` make shapes of their own.
    init(tag: UInt8) {
        typealias Tag = JSONValue.Tag
        let (mask, bits): (UInt8, UInt8) =
            switch tag {
            case Tag.string, Tag.null, Tag.false: (0b0011_0011, 0b0010_0010)
            case Tag.integer, Tag.double: (0b1111_0111, 0b0110_0100)
            default: (0b1111_1111, tag)
            }
        self.mask = UInt64(mask) << 56
        self.bits = UInt64(bits) << 56
    }
}
