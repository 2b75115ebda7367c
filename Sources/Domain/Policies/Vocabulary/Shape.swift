/// What a value in a document may be. The loader checks against it, and the JSON Schema is made from it.
indirect enum Shape: Sendable {
    /// A string that is not empty.
    case text
    /// A name of a document, fit for file names, suites and class names.
    case name
    /// One word of a closed vocabulary.
    case choice([String], noun: String)
    case boolean
    case integer(ClosedRange<Int>)
    case period
    /// A bare date, or an instant in RFC 3339.
    case day
    /// A time of a test's record: a day, one of `timeWords`, null, or with `isOpen` a mapping of `since`.
    case time(isOpen: Bool)
    /// `KIND/ID`: another record of a test.
    case recordName
    /// A time zone of the IANA database.
    case zone
    /// A CEL expression that must give a truth value.
    case condition
    /// A CEL expression of any type.
    case expression
    /// A name that expressions can say.
    case identifier
    /// The name of a clock, or a CEL expression that must give a timestamp.
    case clock
    /// `metadata.KEY`: where a field of the record comes from.
    case metadataField
    /// A metadata value, or a list of those that will do.
    case metadataValues
    case list(Shape, minimum: Int)
    /// A mapping whose keys are free.
    case map(Shape)
    case object(ObjectShape)
    case nullable(Shape)
    /// An Ed25519 public key: Base64 of 32 bytes, or PEM.
    case publicKey
    /// Where credentials are: a mapping, of which no value is ever printed.
    case credentials
    /// Constants of any type for expressions.
    case constants
    /// A mapping that a later version reads.
    case unread
}

extension Shape {
    static let missingTime = "missing"
    /// What a record can say of a time that is no time.
    static let timeWords = [missingTime, "implausible"]
}

/// A mapping with a closed set of keys.
struct ObjectShape: Sendable {
    /// What the mapping is, for messages: `keep`, `a RetentionPolicy's spec`.
    let name: String
    let fields: [Field]
    /// Keys of which there must be one at least.
    let oneOfRequired: [String]
    /// Whether there must be no more than one of them.
    let isExclusive: Bool

    init(_ name: String, oneOf oneOfRequired: [String] = [], exclusively: Bool = false, _ fields: [Field]) {
        self.name = name
        self.oneOfRequired = oneOfRequired
        isExclusive = exclusively
        self.fields = fields
    }
}

/// One key of a mapping.
struct Field: Sendable {
    let name: String
    let shape: Shape
    let isRequired: Bool
    /// The default in YAML, where there is one.
    let fallback: String?
    /// One sentence for editors and for people.
    let about: String

    init(_ name: String, _ shape: Shape, required: Bool = false, default fallback: String? = nil, _ about: String) {
        self.name = name
        self.shape = shape
        isRequired = required
        self.fallback = fallback
        self.about = about
    }
}
