/// What a client may send: it is taken as far as it is known, or refused in the provider's words.
///
/// What a shape has taken can be given back to anybody: members that it does not name are left away.
indirect enum Shape: Sendable {
    /// Text of at most so many characters.
    case text(most: Int = 1 << 24)
    case word([String])
    /// The address of something elsewhere, or a `data:` address with all of it.
    case address
    case integer(ClosedRange<Int64>)
    case number(ClosedRange<Double>)
    case bool
    case list(Shape, most: Int)
    /// At most so many members, with names of at most 64 characters.
    case map(Shape, most: Int)
    case object([Part])
    /// An object that its member `type` tells apart.
    case kinds([String: [Part]])
    case either([Shape])
    /// The other, or null.
    case optional(Shape)
    /// Any object, as it is.
    case anyObject

    struct Part: Sendable {
        let name: String
        let shape: Shape
        /// What is there where nothing is sent; nil leaves it away.
        let usual: JSON?
        let isRequired: Bool

        static func needed(_ name: String, _ shape: Shape) -> Part {
            Part(name: name, shape: shape, usual: nil, isRequired: true)
        }

        static func free(_ name: String, _ shape: Shape, usual: JSON? = nil) -> Part {
            Part(name: name, shape: shape, usual: usual, isRequired: false)
        }
    }

    /// What of a value is known.
    ///
    /// - Parameter place: what the refusal calls it, such as `tools[0].type`.
    func take(_ value: JSON, at place: String) throws(Refused) -> JSON {
        switch (self, value) {
        case (.optional, .null): return .null
        case (.optional(let shape), _): return try shape.take(value, at: place)
        case (.text(let most), .string(let text)):
            guard text.unicodeScalars.count <= most else { throw Refused(Refusals.tooLong(place, most: most)) }
        case (.address, .string(let text)):
            guard Self.isAddress(text) else { throw Refused(Refusals.wrongAddress(place)) }
        case (.word(let words), .string(let text)):
            guard words.contains(text) else { throw Refused(Refusals.wrongWord(place, text, among: words)) }
        case (.integer(let range), .integer(let number)):
            guard number <= range.upperBound else {
                throw Refused(Refusals.tooLarge(place, Int(number), most: Int(range.upperBound)))
            }
            guard number >= range.lowerBound else {
                throw Refused(Refusals.tooSmall(place, Int(number), least: Int(range.lowerBound)))
            }
        case (.number(let range), .integer(let number)):
            guard range.contains(Double(number)) else { throw Refused(Refusals.wrongNumber(place, range)) }
        case (.number(let range), .double(let number)):
            guard range.contains(number) else { throw Refused(Refusals.wrongNumber(place, range)) }
        case (.bool, .bool), (.anyObject, .object): break
        case (.list(let shape, let most), .array(let elements)):
            guard elements.count <= most else { throw Refused(Refusals.tooMany(place, elements.count, most: most)) }
            var taken: [JSON] = []
            for (index, element) in elements.enumerated() {
                taken.append(try shape.take(element, at: "\(place)[\(index)]"))
            }
            return .array(taken)
        case (.map(let shape, let most), .object(let members)): return try Self.map(shape, most, members, place)
        case (.object(let parts), .object): return .object(try Self.members(parts, of: value, at: place))
        case (.kinds(let kinds), .object):
            let word = try Shape.word(kinds.keys.sorted()).take(value["type"] ?? .null, at: "\(place).type")
            let parts = kinds[word.text ?? ""] ?? []
            return .object(
                [JSON.Member(name: "type", value: word)] + (try Self.members(parts, of: value, at: place)))
        case (.either(let shapes), _):
            for shape in shapes.dropLast() {
                if let taken = try? shape.take(value, at: place) { return taken }
            }
            guard let last = shapes.last else { break }
            return try last.take(value, at: place)
        default: throw Refused(Refusals.wrongType(place, self, value))
        }
        return value
    }

    /// Whether a text is an address, of the schemes that the service takes.
    ///
    /// - Source: RFC 3986, section 2, without hosts in brackets.
    private static func isAddress(_ text: String) -> Bool {
        let schemes = ["http://", "https://", "data:"]
        guard let scheme = schemes.first(where: text.hasPrefix), text.utf8.count > scheme.utf8.count else {
            return false
        }
        let marks = Array("-._~:/?#@!$&'()*+,;=".utf8)
        var digits = 0
        for byte in text.utf8 {
            if digits > 0 {
                guard Character(Unicode.Scalar(byte)).isHexDigit else { return false }
                digits -= 1
            } else if byte == UInt8(ascii: "%") {
                digits = 2
            } else {
                let isLetter = Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
                guard byte < 0x80, isLetter || marks.contains(byte) else { return false }
            }
        }
        return digits == 0
    }

    private static func map(
        _ shape: Shape, _ most: Int, _ members: [JSON.Member], _ place: String
    ) throws(Refused) -> JSON {
        guard members.count <= most else { throw Refused(Refusals.tooMany(place, members.count, most: most)) }
        var taken: JSON = [:]
        for member in members {
            guard member.name.unicodeScalars.count <= 64 else {
                throw Refused(Refusals.tooLong("\(place) key", most: 64))
            }
            taken[member.name] = try shape.take(member.value, at: "\(place).\(member.name)")
        }
        return taken
    }

    /// The known members of an object, in the order of the parts.
    static func members(_ parts: [Part], of value: JSON, at place: String) throws(Refused) -> [JSON.Member] {
        var taken: [JSON.Member] = []
        for part in parts {
            let name = place.isEmpty ? part.name : "\(place).\(part.name)"
            // Null is as good as nothing, unless it means something of its own.
            if let sent = value[part.name], sent != .null || part.isRequired || part.shape.isOptional {
                taken.append(JSON.Member(name: part.name, value: try part.shape.take(sent, at: name)))
            } else if part.isRequired {
                throw Refused(Refusals.lacking(name))
            } else if let usual = part.usual {
                taken.append(JSON.Member(name: part.name, value: usual))
            }
        }
        return taken
    }

    private var isOptional: Bool { if case .optional = self { true } else { false } }

    /// What a refusal calls it.
    var name: String {
        switch self {
        case .text, .word, .address: "a string"
        case .integer: "an integer"
        case .number: "a decimal"
        case .bool: "a boolean"
        case .list: "an array"
        case .map, .object, .kinds, .anyObject: "an object"
        case .either(let shapes): "one of " + shapes.map(\.name).joined(separator: " or ")
        case .optional(let shape): shape.name
        }
    }
}

extension JSON {
    /// What a refusal calls it.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .double: "a decimal"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
