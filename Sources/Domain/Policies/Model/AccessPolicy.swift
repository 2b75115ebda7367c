public import CEL
public import Chronology

/// What must be true of records, besides how long they live: each validation that is false denies its record.
///
/// It obliges nothing and stops nothing: a record that is denied may go when it is due, and an exception from a
/// validation keeps no record.
public struct AccessPolicy: Sendable {
    /// The policy's stable name.
    public var name: String
    /// A title for people.
    public var title: String?
    /// How bad a violation is.
    public var severity = Severity.medium
    /// The controls of standards and laws that the policy serves.
    public var controls: [String] = []
    /// Which records it speaks of.
    public var match = Match()
    /// What its expressions call `variables.NAME`, in the order of the document: each may name those before it.
    public var variables: [Variable] = []
    /// What must be true, in the order of the document.
    public var validations: [Validation] = []
    /// Whether the policy is in force or only watched.
    public var mode = RetentionPolicy.Mode.enforce
    /// Constants for the policy's expressions: their names, sorted, with values.
    public var parameters: Parameters?
    /// The metadata keys of which messages may print the value.
    public var disclose: [String] = []
    /// The zone in which days and months are counted.
    public var zone = Zone.utc
    /// Where the document begins.
    public var location: SourceLocation

    /// A policy with the defaults of the design.
    public init(name: String, location: SourceLocation) {
        self.name = name
        self.location = location
    }

    /// An expression with a name. It is evaluated when an expression first reads it, and once for each record.
    public struct Variable: Sendable {
        /// What follows `variables.`.
        public let name: String
        /// What it stands for.
        public let expression: Expression

        /// A variable of that name.
        public init(name: String, expression: Expression) {
            self.name = name
            self.expression = expression
        }
    }

    /// A condition with a name. Where it is false the record is denied; where it fails the record is an error.
    public struct Validation: Sendable {
        /// The name, which is the rule of its findings.
        public let name: String
        /// The condition.
        public let expression: Expression
        /// What to say where it is false.
        public let message: String?
        /// A text made for each record, which goes before `message` unless it fails.
        public let messageExpression: Expression?
        /// Whether the made text could name records by their ids.
        public let messageReadsIds: Bool

        /// A validation of that name.
        public init(
            name: String, expression: Expression, message: String? = nil, messageExpression: Expression? = nil,
            messageReadsIds: Bool = false
        ) {
            self.name = name
            self.expression = expression
            self.message = message
            self.messageExpression = messageExpression
            self.messageReadsIds = messageReadsIds
        }
    }

    /// The name of the type of `variables` in expressions.
    public static let variablesTypeName = "Variables"

    /// The type of `variables`, which the object of an evaluation carries.
    public var variablesType: CELObjectType {
        CELObjectType(
            name: Self.variablesTypeName,
            fields: variables.map { CELObjectType.Field($0.name, $0.expression.program.type) })
    }
}
