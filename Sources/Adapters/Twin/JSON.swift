internal import JSONLines

/// A value that the twin makes or changes, its members in their order.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    struct Member: Sendable, Equatable {
        let name: String
        var value: JSON
    }

    /// A copy of a parsed value; the parser bounds how deep it is.
    init(_ value: JSONValue) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(value.bool == true)
        case .string: self = .string(value.text?.string ?? "")
        case .number:
            switch value.number {
            case .integer(let number)?: self = .integer(number)
            case .unsigned(let number)?: self = .double(Double(number))
            case .double(let number)?: self = .double(number)
            case nil: self = .null
            }
        case .array: self = .array(value.elements.map { JSON($0) })
        case .object: self = .object(value.members.map { Member(name: $0.key.string, value: JSON($0.value)) })
        }
    }

    /// Parses a text; nil where it is no JSON.
    static func read(_ bytes: [UInt8]) -> JSON? {
        JSONDocument.read(bytes) { record in
            guard case .value(let value) = record else { return nil }
            return JSON(value)
        }
    }

    /// The first member of that name; setting one that is not there adds it at the end.
    subscript(_ name: String) -> JSON? {
        get {
            guard case .object(let members) = self else { return nil }
            return members.first { $0.name == name }?.value
        }
        set {
            guard case .object(var members) = self else { return }
            let place = members.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
            self = .object(members)
        }
    }

    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Int64? { if case .integer(let number) = self { number } else { nil } }
    var isTrue: Bool { self == .bool(true) }
    var elements: [JSON] { if case .array(let elements) = self { elements } else { [] } }
    var members: [Member] { if case .object(let members) = self { members } else { [] } }

    /// As it travels.
    var bytes: [UInt8] {
        var output: [UInt8] = []
        append(to: &output)
        return output
    }

    func append(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .double(let value): output += String(value).utf8
        case .string(let text): JSONWriting.append(text, to: &output)
        case .array(let elements):
            for (place, element) in elements.enumerated() {
                output.append(UInt8(ascii: place == 0 ? "[" : ","))
                element.append(to: &output)
            }
            output += (elements.isEmpty ? "[]" : "]").utf8
        case .object(let members):
            for (place, member) in members.enumerated() {
                output.append(UInt8(ascii: place == 0 ? "{" : ","))
                JSONWriting.append(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.append(to: &output)
            }
            output += (members.isEmpty ? "{}" : "}").utf8
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(floatLiteral value: Double) { self = .double(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }
}
