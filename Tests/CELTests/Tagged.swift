import CEL
import Chronology
import FoundationEssentials

/// A value as the conformance suite writes it, comparable without asking the evaluator what is equal.
struct Tagged: Decodable, Equatable, CustomStringConvertible {
    let type: String
    /// Numbers and times as text, bytes in base64.
    var text = ""
    var elements: [Tagged] = []
    var entries: [[Tagged]] = []

    private enum Keys: String, CodingKey { case type, value, seconds, nanos }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        type = try container.decode(String.self, forKey: .type)
        switch type {
        case "null", "message": break
        case "bool": text = try container.decode(Bool.self, forKey: .value) ? "true" : "false"
        case "double":
            if let name = try? container.decode(String.self, forKey: .value) {
                text = Tagged.text(Double(name) ?? .nan)
            } else {
                text = Tagged.text(try container.decode(Double.self, forKey: .value))
            }
        case "list": elements = try container.decode([Tagged].self, forKey: .value)
        case "map": entries = Tagged.sorted(try container.decode([[Tagged]].self, forKey: .value))
        case "timestamp", "duration":
            let seconds = try container.decode(String.self, forKey: .seconds)
            text = "\(seconds).\(try container.decodeIfPresent(Int.self, forKey: .nanos) ?? 0)"
        default: text = try container.decode(String.self, forKey: .value)
        }
    }

    init(_ value: CELValue) throws {
        switch value {
        case .null: type = "null"
        case .bool(let flag): (type, text) = ("bool", flag ? "true" : "false")
        case .int(let number): (type, text) = ("int", String(number))
        case .uint(let number): (type, text) = ("uint", String(number))
        case .double(let number): (type, text) = ("double", Tagged.text(number))
        case .string(let string): (type, text) = ("string", string)
        case .bytes(let bytes): (type, text) = ("bytes", Data(bytes).base64EncodedString())
        case .type(let named): (type, text) = ("type", named.name)
        case .timestamp(let time): (type, text) = ("timestamp", "\(time.seconds).\(time.nanoseconds)")
        case .duration(let length):
            (type, text) = ("duration", "\(length.nanoseconds / 1_000_000_000).\(length.nanoseconds % 1_000_000_000)")
        case .list(let list):
            type = "list"
            elements = try (0..<list.count).map { try Tagged(list.element(at: $0)) }
        case .map(let map):
            type = "map"
            entries = Tagged.sorted(try map.keys.map { [try Tagged($0), try Tagged(map.value(for: $0))] })
        case .object, .opaque: throw Conformance.Unreadable(what: "object")
        }
    }

    /// The value, to be bound to a variable.
    func value() throws -> CELValue {
        let parsed: CELValue? =
            switch type {
            case "null": .null
            case "bool": .bool(text == "true")
            case "int": Int64(text).map(CELValue.int)
            case "uint": UInt64(text).map(CELValue.uint)
            case "double": Double(text.prefix { $0 != " " }).map(CELValue.double)
            case "string": .string(text)
            case "bytes": Data(base64Encoded: text).map { .bytes(Array($0)) }
            case "list": .list(CELList(try elements.map { try $0.value() }))
            case "map": CELMap(try entries.map { (key: try $0[0].value(), value: try $0[1].value()) }).map(CELValue.map)
            case "duration": duration.map(CELValue.duration)
            default: nil
            }
        guard let parsed else { throw Conformance.Unreadable(what: description) }
        return parsed
    }

    private var duration: CELDuration? {
        let parts = text.split(separator: ".").compactMap { Int64($0) }
        return parts.count == 2 ? CELDuration(nanoseconds: parts[0] * 1_000_000_000 + parts[1]) : nil
    }

    private init(_ lookup: CELLookup) throws {
        guard case .value(let value) = lookup else { throw Conformance.Unreadable(what: "element") }
        try self.init(value)
    }

    /// Its bits, so that zero and minus zero differ and NaN is itself.
    private static func text(_ number: Double) -> String {
        number.isNaN ? "NaN" : "\(number) \(number.bitPattern)"
    }

    private static func sorted(_ entries: [[Tagged]]) -> [[Tagged]] {
        entries.sorted { $0.description < $1.description }
    }

    /// Strings are equal byte for byte; Swift's `==` is not that strict.
    static func == (left: Tagged, right: Tagged) -> Bool { Data(left.description.utf8) == Data(right.description.utf8) }

    var description: String {
        switch type {
        case "list": "[\(elements.map(\.description).joined(separator: ", "))]"
        case "map": "{\(entries.map { $0.map(\.description).joined(separator: ": ") }.joined(separator: ", "))}"
        default: "\(type) \(text.debugDescription)"
        }
    }
}
