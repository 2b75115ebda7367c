public import Policies
public import Records

/// A plan that was written down: everything that would be called, in order, and everything that stays.
///
/// It is read back from its file, needs no scan, and speaks of records by name.
public struct Plan: Sendable {
    /// The SHA-256 of its body, in hexadecimal: what is approved and executed.
    public let digest: String
    /// What it is bound to.
    public let binding: PlanBinding
    /// The privacy request that asks for it; nil where policies do.
    public internal(set) var request: Request?
    /// Every call, in order.
    public internal(set) var actions: [Action]
    /// What should go and stays, by source, kind and id.
    public internal(set) var staying: [Staying]
    /// What goes under each policy that asks for deletions.
    public let limits: [Limit]
    /// Whose approval each policy asks for because of which something goes, by policy.
    public let demands: [Demand]

    /// A record, within the source that goes with it.
    public struct Name: Sendable, Hashable {
        /// Its kind.
        public let kind: Kind
        /// Its id.
        public let id: String

        /// A record's name.
        public init(kind: Kind, id: String) {
            self.kind = kind
            self.id = id
        }
    }

    /// One call.
    public struct Action: Sendable, Hashable {
        /// What is called.
        public let verb: PlannedAction.Verb
        /// The record's source.
        public let source: String
        /// The record.
        public let name: Name
        /// What must still be true of it.
        public let facts: Facts
        /// The rules that ask for it; empty where it goes because of another record.
        public let because: [Reason]
        /// The record that it is a part of, and goes with.
        public let partOf: Name?
        /// The record that could not go before this call.
        public let toClear: Name?
        /// What goes with it without a call of its own.
        public let along: [Name]
    }

    /// A privacy request, in words that name nobody.
    public struct Request: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// What logs call the person.
        public let token: String
        /// The law under which it is made.
        public let regulation: Regulation

        /// A request.
        public init(name: String, token: String, regulation: Regulation) {
            (self.name, self.token, self.regulation) = (name, token, regulation)
        }
    }

    /// What was true of a record when the plan was made; instants as reports print them.
    public struct Facts: Sendable, Hashable {
        /// The id of its container.
        public let container: String?
        /// The late end of when it was made.
        public let created: String
        /// Until when it had to exist.
        public let keepUntil: String?
        /// The late end of its last activity.
        public let lastActivity: String
        /// Its status.
        public let status: String?
    }

    /// A rule that asks for a deletion.
    public struct Reason: Sendable, Hashable {
        /// The policy.
        public let policy: String
        /// Its part.
        public let rule: String
        /// What it says of the record.
        public let state: String
    }

    /// A record that should go and stays.
    public struct Staying: Sendable, Hashable {
        /// The record's source.
        public let source: String
        /// The record.
        public let name: Name
        /// What stands against it.
        public let reasons: [StayingRecord.Reason]
        /// Why the law lets it be kept against a privacy request; empty elsewhere.
        public internal(set) var grounds: [KeepingGround] = []
    }

    /// What goes under one policy.
    public struct Limit: Sendable, Hashable {
        /// The policy.
        public let policy: String
        /// How many records it matches.
        public let matched: Int
        /// How many of these go because it asks for it.
        public let asked: Int
        /// How many go because it asks for it, with all that they contain.
        public let records: Int
        /// How many of these are of the one subject of which most are; counted where the policy limits it.
        public let perSubject: Int
        /// The most that may go.
        public let mostRecords: Int?
        /// The most percent of what it matches that may go.
        public let mostPercent: Int?
        /// The most of one subject that may go.
        public let mostPerSubject: Int?
        /// Whether more would go than may.
        public let isExceeded: Bool
    }

    /// The approvals that one policy asks for.
    public struct Demand: Sendable, Hashable {
        /// The policy.
        public let policy: String
        /// How many people, and which.
        public let approvals: RetentionPolicy.Approvals
    }

    /// Whether more would go than some policy lets go.
    public var exceedsLimits: Bool { limits.contains(where: \.isExceeded) }
}
