public import Chronology
public import Records

extension Explanation {
    /// A record by its whole name.
    public struct RecordName: Sendable, Hashable {
        /// Its source.
        public let source: String
        /// Its kind.
        public let kind: Kind
        /// Its id.
        public let id: String
    }

    /// What a document by itself obliges to: its part of obligation(r).
    public struct Obligation: Sendable, Hashable {
        /// Whether it is a matter, which has no end before it is released.
        public let isMatter: Bool
        /// Until when; nil for a matter.
        public let until: Interval?
    }

    /// What makes K(r) what it is: a document, and the way from the record to the one on which the document lies.
    public struct Keeper: Sendable, Hashable {
        /// A hold or a policy.
        public enum Document: String, Sendable, Hashable, CaseIterable { case hold, policy }
        /// At which end of K(r) it stands; a matter stands at both.
        public enum End: String, Sendable, Hashable, CaseIterable { case early, late, both }

        /// What it is.
        public let document: Document
        /// Its name.
        public let name: String
        /// At which end of K(r) it stands.
        public let end: End
        /// Until when it keeps; nil for a matter.
        public let until: Moment?
        /// The way, the record itself not included; empty where the document lies on the record.
        public let path: [Step]
        /// All of it in one sentence.
        public let text: String
    }

    /// One step of the way from a record to what keeps it.
    public struct Step: Sendable, Hashable {
        /// What the record at the far end does to the one before, or the other way round.
        public enum Edge: String, Sendable, Hashable, CaseIterable { case containedBy, usedBy, contains }

        /// How the step goes.
        public let edge: Edge
        /// Where it leads.
        public let record: RecordName
    }

    /// One thing that stops the deletion of the record.
    public struct Blocker: Sendable, Hashable {
        /// What kind of thing.
        public enum Reason: String, Sendable, Hashable, CaseIterable {
            /// No policy in force whose `whenDue` is delete is due.
            case notDue
            /// K(r) is not reached, or holds a matter.
            case kept
            /// A pair of record and policy is in a state that forbids it.
            case state
            /// Kinds that may hold what protects it were not read to their end.
            case unread
            /// A hold asks whose it is, and nobody can say.
            case review
            /// More records in it are stopped than are named.
            case more
        }

        /// What kind of thing.
        public let reason: Reason
        /// The record in it of which this is so; nil for the record itself.
        public var record: RecordName?
        /// The policy, where one says it.
        public var policy: String?
        /// What the policy says.
        public var state: State?
        /// The kinds that were not read to their end.
        public var kinds: [Kind] = []
        /// In words.
        public var text: String
    }

    /// A change of documents after which the record goes, or stays. It was tried: everything was decided anew.
    public struct Change: Sendable, Hashable {
        /// What it is good for.
        public enum Goal: String, Sendable, Hashable, CaseIterable { case free, protect }

        /// What it is good for.
        public let goal: Goal
        /// What has to be done, all of it.
        public let steps: [Edit]
    }

    /// One part of a change: one field of one document, or what has to be read.
    public struct Edit: Sendable, Hashable {
        /// What is done.
        public enum Action: String, Sendable, Hashable, CaseIterable {
            case release, endGrace, remove, set, hold, read
        }

        /// What is done.
        public let action: Action
        /// The kind of the document, as documents spell it; nil for what is no document.
        public var document: String?
        /// The document's name, or the source to read.
        public var name: String?
        /// The field to set.
        public var field: String?
        /// What it says, where it says something.
        public var from: String?
        /// What it should say.
        public var to: String?
        /// The kinds to read to their end.
        public var kinds: [Kind] = []
        /// In words.
        public let text: String
    }
}
