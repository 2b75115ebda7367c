public import Chronology
public import Records

/// How long records must be kept, how long they may be, and what is done when they are due.
public struct RetentionPolicy: Sendable {
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
    /// What it counts from.
    public var clock: Clock
    /// How long a record must exist.
    public var atLeast: Period?
    /// How long a record may exist.
    public var atMost: Period?
    /// Why a record must exist.
    public var basis = Basis.internal
    /// The zone in which days and months are counted.
    public var zone = Zone.utc
    /// How long a due record may wait before that is a violation.
    public var overdueAfter: Period?
    /// What happens to a due record that something still uses.
    public var whileUsed = WhileUsed.keep
    /// Whether the policy is in force or only watched.
    public var mode = Mode.enforce
    /// What is done to a due record.
    public var whenDue = WhenDue.report
    /// What is made of a record whose state cannot be decided.
    public var onUndetermined = OnUndetermined.fail
    /// Whether the policy's `atMost` gives way to any other policy's in force.
    public var isDefault = false
    /// What a run may do at most. Both hold.
    public var limits: Limits?
    /// Who must approve a plan that deletes what the policy asks to have deleted. Nil where nobody has to.
    public var approvals: Approvals?
    /// Constants for the policy's expressions: their names, sorted, with values.
    public var parameters: Parameters?
    /// The metadata keys of which messages may print the value.
    public var disclose: [String] = []
    /// Where the document begins.
    public var location: SourceLocation
    /// Where its atLeast stands, where it is written.
    public var atLeastLocation: SourceLocation?

    /// A policy with the defaults of the design.
    public init(name: String, clock: Clock, location: SourceLocation) {
        self.name = name
        self.clock = clock
        self.location = location
    }

    /// What a policy counts from.
    public enum Clock: Sendable {
        case created
        /// The newest activity; of messages and items only those of these roles count.
        case lastActivity(counts: RoleSet)
        case lastModified
        case expires
        /// A timestamp that an expression gives.
        case custom(Expression)

        /// The clock's name in reports.
        public var name: String {
            switch self {
            case .created: "created"
            case .lastActivity: "lastActivity"
            case .lastModified: "lastModified"
            case .expires: "expires"
            case .custom: "custom"
            }
        }
    }

    /// Why records must be kept. Statutes and claims outrank a privacy request; internal reasons do not.
    public enum Basis: String, Sendable, CaseIterable { case `internal`, statutory, claims }

    /// What happens to a due file, vector store or container that something still uses.
    public enum WhileUsed: String, Sendable, CaseIterable { case keep, delete }

    /// Whether a policy is in force. An observed one is reported, never fails a run and never deletes.
    public enum Mode: String, Sendable, CaseIterable { case enforce, observe }

    /// What is done to a due record.
    public enum WhenDue: String, Sendable, CaseIterable { case report, review, delete }

    /// Whether a state that cannot be decided is a violation.
    public enum OnUndetermined: String, Sendable, CaseIterable { case fail, report }

    /// How many people must approve a plan, and which ones can.
    public struct Approvals: Sendable, Hashable {
        /// How many different people, the plan's requester left out.
        public var count: Int
        /// The names of those who can, sorted; empty for everyone whose key the documents have.
        public var from: [String]

        /// A demand.
        public init(count: Int, from: [String]) {
            self.count = count
            self.from = from.sorted()
        }
    }

    /// What one run may delete at most under the policy; cascades count.
    public struct Limits: Sendable, Hashable {
        /// How many records.
        public var records: Int?
        /// How many percent of what the policy matches.
        public var percent: Int?
        /// How many records of any one subject; those that name none count as one subject's.
        public var perSubject: Int?

        /// Limits of which an absent one does not limit.
        public init(records: Int?, percent: Int?, perSubject: Int? = nil) {
            self.records = records
            self.percent = percent
            self.perSubject = perSubject
        }
    }
}
