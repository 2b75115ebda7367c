public import Records

/// What of an estate nothing holds any more, and of what nobody can say.
public struct Orphans: Sendable {
    /// The records.
    public let inventory: Inventory
    /// Every claim, by source, kind and id.
    public internal(set) var found: [Orphan] = []
    /// What could be one and cannot be claimed, by source, class and kind.
    public internal(set) var unclear: [UnclearOrphans] = []
    /// Kinds of which the deletion graph says that they go with their container, and of which some did not.
    public internal(set) var refuted: [(source: Int, kind: Kind)] = []

    init(_ inventory: Inventory) { self.inventory = inventory }

    /// How many claims there are of a class.
    public func count(_ what: Orphan.Class) -> Int { found.count { $0.what == what } }
}

/// One claim.
public struct Orphan: Sendable, Hashable {
    /// What is wrong with a record.
    public enum Class: String, Sendable, Hashable, CaseIterable, Comparable {
        /// What a deletion left behind: its container is gone, or it is the entry of a file that is gone.
        case leftover
        /// A file that nothing refers to, older than the grace.
        case unreferenced
        /// It refers to what is not there.
        case dangling

        /// The vocabulary's order.
        public static func < (left: Class, right: Class) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// The record's row.
    public let row: Int
    /// What is wrong with it.
    public let what: Class
    /// The kind of what is not there; nil for a file that nothing refers to, and for what stands below a leftover.
    public let absent: Kind?
    /// How many of its references lead there; 0 where none is meant.
    public let references: Int
}

/// Records of one kind that may be orphans, or references that may dangle.
public struct UnclearOrphans: Sendable, Hashable {
    /// Why nothing can be claimed.
    public enum Reason: Sendable, Hashable {
        /// These kinds could hold what decides it, and were not read to their end.
        case unread(KindSet)
        /// Nobody can say whether it is older than the grace.
        case age
        /// What it is for is in no list: fine-tuning jobs, evaluations.
        case unseenUse
    }

    /// The index of the source.
    public let source: Int
    /// What they may be.
    public let what: Orphan.Class
    /// Their kind.
    public let kind: Kind
    /// How many records there are or, of what may dangle or be left over, how many references.
    public let count: Int
    /// Why nothing can be claimed.
    public let reason: Reason
    /// Whether the source's document accepts that these kinds cannot be looked at.
    public let isAccepted: Bool
}
