import Records

/// The JSON Schema of policy documents, for editors and other people's validators.
///
/// It is made from the tables that the loader checks against, so that the two cannot differ.
public enum PolicySchema {
    /// The schema (draft 2020-12) as text with a line break at its end.
    public static var text: String { schema.text + "\n" }

    private static var schema: JSON {
        .object([
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            ("$id", .string("https://tenure.example/schema/policy/v1")),
            ("title", .string("Tenure policy document, \(DocumentKind.apiVersion)")),
            ("description", .string("One document of a policy file. A file may hold several, parted by ---.")),
            ("oneOf", .array(DocumentKind.allCases.map { .object([("$ref", .string("#/$defs/\($0.rawValue)"))]) })),
            ("$defs", .object(DocumentKind.allCases.map { ($0.rawValue, definition($0)) })),
        ])
    }

    private static func definition(_ kind: DocumentKind) -> JSON {
        .object([("title", .string(kind.rawValue)), ("description", .string(kind.about))] + members(kind.document))
    }

    private static func members(_ shape: ObjectShape) -> [(key: String, value: JSON)] {
        let required = shape.fields.filter(\.isRequired).map { JSON.string($0.name) }
        let properties = shape.fields.map { (key: $0.name, value: property($0)) }
        return [("type", .string("object")), ("additionalProperties", .bool(false))]
            + (required.isEmpty ? [] : [("required", .array(required))])
            + shape.conditions + [("properties", .object(properties))]
    }

    private static func property(_ field: Field) -> JSON {
        var members: [(key: String, value: JSON)] = [("description", .string(field.about))]
        members += self.members(field.shape)
        if let fallback = field.fallback { members.append(("default", value(fallback, of: field.shape))) }
        return .object(members)
    }

    private static func value(_ fallback: String, of shape: Shape) -> JSON {
        switch shape {
        case .boolean: return .bool(fallback == "true")
        case .list:
            let words = fallback.dropFirst().dropLast().split(separator: ",")
            return .array(words.map { .string(String($0.drop { $0 == " " })) })
        default: return .string(fallback)
        }
    }

    private static func members(_ shape: Shape) -> [(key: String, value: JSON)] {
        switch shape {
        case .text: [("type", .string("string")), ("pattern", .string("\\S"))]
        case .name: [("type", .string("string")), ("pattern", .string(namePattern))]
        case .choice(let words, _):
            words.count == 1
                ? [("const", .string(words[0]))]
                : [("type", .string("string")), ("enum", .array(words.map(JSON.string)))]
        case .boolean: [("type", .string("boolean"))]
        case .integer(let range):
            [("type", .string("integer")), ("minimum", .int(range.lowerBound)), ("maximum", .int(range.upperBound))]
        case .period: [("type", .string("string")), ("pattern", .string(periodPattern))]
        case .day: [("type", .string("string")), ("pattern", .string(dayPattern))]
        case .time(let isOpen): [("oneOf", .array(times(isOpen: isOpen).map(JSON.object)))]
        case .recordName:
            [
                ("type", .string("string")),
                ("pattern", .string("^(\(Kind.allCases.map(\.name).joined(separator: "|")))/(.|\\s)")),
            ]
        case .zone: [("type", .string("string")), ("examples", .array([.string("UTC"), .string("Europe/Berlin")]))]
        case .identifier: [("type", .string("string")), ("pattern", .string(identifierPattern))]
        case .condition, .expression, .clock: [("type", .string("string")), ("pattern", .string("\\S"))]
        case .publicKey: [("type", .string("string")), ("pattern", .string(publicKeyPattern))]
        case .metadataField: [("type", .string("string")), ("pattern", .string("^metadata\\.."))]
        case .metadataValues:
            [
                (
                    "oneOf",
                    .array([
                        metadataValue,
                        .object([("type", .string("array")), ("minItems", .int(1)), ("items", metadataValue)]),
                    ])
                )
            ]
        case .list(let item, let minimum):
            [("type", .string("array"))] + (minimum > 0 ? [("minItems", .int(minimum))] : [])
                + [("items", .object(members(item)))]
        case .map(let value):
            [
                ("type", .string("object")), ("propertyNames", .object([("minLength", .int(1))])),
                ("additionalProperties", .object(members(value))),
            ]
        case .object(let shape): members(shape)
        case .nullable(let shape):
            [("oneOf", .array([.object(members(shape)), .object([("type", .string("null"))])]))]
        case .credentials:
            members(ObjectShape.credentials) + [("minProperties", .int(1)), ("maxProperties", .int(1))]
        case .constants, .unread: [("type", .string("object"))]
        }
    }

    private static func times(isOpen: Bool) -> [[(key: String, value: JSON)]] {
        [
            members(.day), [("enum", .array(Shape.timeWords.map(JSON.string)))], [("type", .string("null"))],
        ] + (isOpen ? [members(.object(.openTime))] : [])
    }

    private static var metadataValue: JSON {
        .object([
            (
                "oneOf",
                .array([
                    .object(members(.text)), .object([("type", .string("boolean"))]),
                    .object([("type", .string("integer"))]),
                ])
            )
        ])
    }

    /// ISO 8601, or a number and a unit: what `Period` parses.
    private static let periodPattern =
        "^(P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?|[0-9]+(y|mo|w|d|h|min|s))$"

    /// 32 bytes in Base64, or a PEM block.
    private static let publicKeyPattern = "^\\s*([A-Za-z0-9+/]{43}=|-----BEGIN PUBLIC KEY-----(.|\\s)*)\\s*$"

    /// A date, or an instant in RFC 3339.
    private static let dayPattern =
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?$"
}

extension ObjectShape {
    /// What holds between keys, as far as a schema can say it.
    fileprivate var conditions: [(key: String, value: JSON)] {
        let choices = fields.map(\.name).filter { oneOfRequired.contains($0) }
        guard !choices.isEmpty else { return [] }
        return [
            (isExclusive ? "oneOf" : "anyOf", .array(choices.map { .object([("required", .array([.string($0)]))]) }))
        ]
    }
}
