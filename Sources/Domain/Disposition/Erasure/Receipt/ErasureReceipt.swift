public import Chronology

/// What a person is told at the end: what was asked, found, deleted, kept on which ground, and not looked at.
///
/// It speaks of their records alone, names nobody and no matter, and proves itself: every deletion is an entry of an audit
/// log, of which it carries the proof.
public struct ErasureReceipt: Sendable {
    /// One record that was to be deleted.
    public struct Disposition: Sendable {
        /// The record's source, kind and id.
        public let source: String
        /// The record.
        public let name: Plan.Name
        /// The plan of its action: its digest.
        public let plan: String
        /// The number of its action in that plan; what went along has that of what took it.
        public let number: Int
        /// What went with it, without a call of its own.
        public let along: [Plan.Name]
        /// How it ended; nil where nobody began it.
        public let outcome: DispositionOutcome?
        /// What of it stays behind because its service keeps it, whatever is called.
        public let residual: [Plan.Name]
        /// What searching its store for its contents showed; nil where nobody asked for that.
        public let search: StoreSearch?
        /// When that was read back, as the log has it.
        public let at: String?
        /// The last day on which its provider may still have it; nil where it states nothing, or nothing was deleted.
        public let latestRemoval: CivilDate?
        /// The entry of the log that says so.
        public let evidence: Evidence?
    }

    /// An entry of the log, and the proof that the log holds it.
    public struct Evidence: Sendable {
        /// The place of the entry.
        public let index: Int
        /// The entry, byte for byte.
        public let line: String
        /// The proof, in C2SP's tlog-proof form, with the checkpoint.
        public let proof: String
    }

    /// A record that the law keeps.
    public struct Kept: Sendable {
        /// The record's source.
        public let source: String
        /// The record.
        public let name: Plan.Name
        /// The grounds, and until when, as reports print instants; nil while there is no end.
        public let grounds: [(ground: Ground, until: String?)]
    }

    /// The request.
    public let request: PrivacyRequest
    /// What the log calls the person.
    public let token: String
    /// By when it was to be answered.
    public let deadline: DueDates.Due
    /// When the receipt was made.
    public let made: Instant
    /// The plans of the request that were executed, and the one that was made last: their digests, the first first.
    public let plans: [String]
    /// How many records all plans of the request found to be the person's.
    public let found: Int
    /// What was to be deleted, in the order of the plans.
    public let dispositions: [Disposition]
    /// What the law keeps.
    public let kept: [Kept]
    /// How many records a person looks at, because they are not the person's alone or could not be decided.
    public let review: Int
    /// What of the sources could not be looked at to its end.
    public let unread: [ErasureDecision.Unread]
    /// How far copies were looked for; nil where the request names no metadata keys that have hashes.
    public let comparison: ContentComparison?
    /// Whether everything that the sources have could be looked at.
    public let isComplete: Bool
    /// The verifier key of the log.
    public let logKey: String
    /// What the log's entry about this receipt hides, and the salt: who has both checks the entry.
    public let opening: (salt: String, detail: String)
    /// The log's entry about this receipt; nil where the log lost it at once.
    public let seal: Evidence?
    /// The signed checkpoint of the log that has that entry.
    public let checkpoint: String

    /// How many records are gone, and read back as gone.
    public var gone: Int {
        dispositions.filter { $0.outcome?.isGone ?? false }.reduce(0) { $0 + 1 + $1.along.count }
    }

    /// What stays behind on the services because they keep it, whatever is called.
    public var residual: [(source: String, name: Plan.Name)] {
        open.flatMap { disposition in disposition.residual.map { (disposition.source, $0) } }
    }

    /// What was to be deleted, and is not gone for certain.
    public var open: [Disposition] { dispositions.filter { !($0.outcome?.isGone ?? false) } }
}

extension DispositionOutcome {
    /// Whether the record is gone, and was seen to be.
    public var isGone: Bool { self == .deletedVerified || self == .alreadyAbsent }
}
