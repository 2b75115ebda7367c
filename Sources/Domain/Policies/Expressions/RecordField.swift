public import CEL

/// The fields of `object` in expressions. A field's raw value is its index in the object type.
public enum RecordField: Int, CaseIterable, Sendable {
    case id, kind, source
    case created, lastActivity, lastModified, expires
    case status, role
    case owner, subject, tenant
    case bytes, tokens
    case metadata
    /// The record that contains this one.
    case container
    /// The records that this one contains.
    case contains
    /// The records that this one uses.
    case uses
    /// The records that use this one.
    case usedBy

    /// The field's name in expressions.
    public var name: String { String(describing: self) }

    /// The field's type in expressions.
    public var type: CELType {
        switch self {
        case .id, .kind, .source, .status, .role, .owner, .subject, .tenant: .string
        case .created, .lastActivity, .lastModified, .expires: .timestamp
        case .bytes, .tokens: .int
        case .metadata: .map(.string, .string)
        case .container: .object(RecordField.typeName)
        case .contains, .uses, .usedBy: .list(.object(RecordField.typeName))
        }
    }

    /// The name of the record's type in expressions.
    public static let typeName = "Record"

    /// The type of `object`, which the objects of an evaluation carry.
    public static let objectType = CELObjectType(
        name: typeName, fields: allCases.map { CELObjectType.Field($0.name, $0.type) })
}
