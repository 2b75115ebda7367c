internal import AuditLog
internal import CanonicalJSON
public import Chronology

/// What the audit log tells of a run that gates something, beside the deletions themselves.
///
/// An entry has counts, digests, names of documents and of the people who act, and the run's exit code; never a record's
/// id, content, a title, a file name, an address or a metadata value. It is on the disk, and signed, before the run has
/// an effect: before a report, a plan, an approval or a changed document is there. A run that then cannot finish its
/// effect ends with another exit code than the entry says, and the next entry is of the next try.
///
/// | type | when | members of `data` |
/// |---|---|---|
/// | `scan.decided` | `scan`, before its reports | `asOf` `exitCode` `holds` `incomplete` `mayGo` `policies` `records` `report` `sources` `violations` |
/// | `lint.decided` | `lint`, before its verdict | `asOf` `errors` `exitCode` `policies` `warnings` |
/// | `plan.made` | `plan make`, `erase plan`, before the file | `actions` `along` `asOf` `by` `exitCode` `expires` `holds` `plan` `policies` `request` `reviews` `scan` `staying` |
/// | `review.made` | `plan review`, before the file | `asOf` `by` `expires` `policies` `records` `review` |
/// | `plan.approved` `review.approved` | `approve`, before the signature is there | `by` `holds` `lacks` `policies` `sha256` `signatures` |
/// | `hold.added` `hold.released` | `hold`, before the documents change | `by` `hold` `holdsAfter` `holdsBefore` `policiesAfter` `policiesBefore` |
/// | `request.received` `request.extended` | `erase new`, `erase extend`, before the request is kept | `deadline` `received` `regulation` `request` `subject` |
/// | `request.settled` | `erase settle`, before the decision is kept | `by` `list` `plan` `records` `request` `subject` |
/// | `hold.checked` | `hold check`, before its verdict | `exitCode` `holds` `names` `policies` |
public enum RunEntry: Sendable, Hashable {
    /// A scan has its verdict.
    case scanned(Scan)
    /// A lint has its verdict.
    case linted(Lint)
    /// A plan is to be written.
    case planned(Planned)
    /// A review list is to be written.
    case listed(Listed)
    /// A signature is to be added.
    case approved(Approved)
    /// A document of a hold is to be added or changed.
    case held(Held)
    /// The holds were checked.
    case checked(Checked)
    /// A privacy request is to be kept, or to be given more time.
    case asked(Asked)
    /// It was decided that what a person had to look at stays.
    case settled(Settled)

    /// What the verdict of a scan rests on.
    public struct Scan: Sendable, Hashable {
        /// The instant for which everything was decided.
        public var asOf: Moment
        /// The exit code.
        public var exitCode: Int
        /// The digest of the holds and their register.
        public var holds: String
        /// How many reasons there are to call it incomplete.
        public var incomplete: Int
        /// How many records may go.
        public var mayGo: Int
        /// The digest of all documents.
        public var policies: String
        /// How many records there are.
        public var records: Int
        /// The SHA-256 of the complete report, as `--report json` writes it.
        public var report: String
        /// The names of the sources.
        public var sources: [String]
        /// How many violations there are at or above the threshold.
        public var violations: Int

        /// A verdict.
        public init(
            asOf: Moment, exitCode: Int, holds: String, incomplete: Int, mayGo: Int, policies: String, records: Int,
            report: String, sources: [String], violations: Int
        ) {
            (self.asOf, self.exitCode, self.holds, self.incomplete) = (asOf, exitCode, holds, incomplete)
            (self.mayGo, self.policies, self.records, self.report) = (mayGo, policies, records, report)
            (self.sources, self.violations) = (sources, violations)
        }
    }

    /// The verdict of a lint.
    public struct Lint: Sendable, Hashable {
        /// The instant against which dates were checked.
        public var asOf: Moment
        /// How many errors.
        public var errors: Int
        /// The exit code.
        public var exitCode: Int
        /// The digest of all documents; nil where they cannot be used.
        public var policies: String?
        /// How many warnings.
        public var warnings: Int

        /// A verdict.
        public init(asOf: Moment, errors: Int, exitCode: Int, policies: String?, warnings: Int) {
            (self.asOf, self.errors, self.exitCode) = (asOf, errors, exitCode)
            (self.policies, self.warnings) = (policies, warnings)
        }
    }

    /// A plan by its digest.
    public struct Planned: Sendable, Hashable {
        /// How many calls.
        public var actions: Int
        /// How many records go with others.
        public var along: Int
        /// What it is bound to; the requester's name is in it.
        public var binding: PlanBinding
        /// The exit code.
        public var exitCode: Int
        /// The digest.
        public var plan: String
        /// The name of the privacy request that it is of; nil where it follows from policies.
        public var request: String?
        /// How many records should go and stay.
        public var staying: Int

        /// A plan.
        ///
        /// - Parameter plan: the digest of what is written of the draft.
        public init(_ draft: DraftPlan, _ binding: PlanBinding, exitCode: Int, plan: String) {
            actions = draft.actions.count
            along = draft.actions.reduce(0) { $0 + $1.along.count }
            request = draft.request?.name
            staying = draft.staying.count
            (self.binding, self.exitCode, self.plan) = (binding, exitCode, plan)
        }
    }

    /// A review list by its digest, before anybody decided.
    public struct Listed: Sendable, Hashable {
        /// The list.
        public var list: ReviewList
        /// The digest of all documents.
        public var policies: String
        /// The digest.
        public var review: String

        /// A list.
        public init(list: ReviewList, policies: String, review: String) {
            (self.list, self.policies, self.review) = (list, policies, review)
        }
    }

    /// A signature.
    public struct Approved: Sendable, Hashable {
        /// All signatures, with the new one.
        public var approvals: Approvals
        /// Who signs.
        public var name: String
        /// The digest of the holds and their register.
        public var holds: String
        /// How many gates of approvals are still closed.
        public var lacks: Int
        /// The digest of all documents, the signers' keys among them.
        public var policies: String

        /// A signature.
        public init(approvals: Approvals, name: String, holds: String, lacks: Int, policies: String) {
            (self.approvals, self.name, self.holds) = (approvals, name, holds)
            (self.lacks, self.policies) = (lacks, policies)
        }
    }

    /// A change of the holds.
    public struct Held: Sendable, Hashable {
        /// Whether the hold is new; else it is released.
        public var isNew: Bool
        /// Who asks for it; nil where nobody said.
        public var name: String?
        /// The name of the hold's document.
        public var hold: String
        /// The digests of the holds, and of all documents, as they were.
        public var before: Digests
        /// The same as they will be.
        public var after: Digests

        /// A change.
        public init(isNew: Bool, name: String?, hold: String, before: Digests, after: Digests) {
            (self.isNew, self.name, self.hold, self.before, self.after) = (isNew, name, hold, before, after)
        }
    }

    /// What documents are, in one line each.
    public struct Digests: Sendable, Hashable {
        /// Of the holds and their register.
        public var holds: String
        /// Of all documents.
        public var policies: String

        /// Digests.
        public init(holds: String, policies: String) { (self.holds, self.policies) = (holds, policies) }
    }

    /// A privacy request.
    public struct Asked: Sendable, Hashable {
        /// Whether the request is new; else its time is extended.
        public var isNew: Bool
        /// The last day on which it can be answered in time.
        public var deadline: CivilDate
        /// The request.
        public var request: PrivacyRequest
        /// The keyed token of the person.
        public var token: String

        /// A request.
        public init(isNew: Bool, deadline: CivilDate, request: PrivacyRequest, token: String) {
            (self.isNew, self.deadline, self.request, self.token) = (isNew, deadline, request, token)
        }
    }

    /// A decision about what a person had to look at.
    public struct Settled: Sendable, Hashable {
        /// Who decided.
        public var name: String
        /// The digest of what that person looked at.
        public var list: String
        /// The digest of the plan that lists it.
        public var plan: String
        /// How many records.
        public var records: Int
        /// The name of the request.
        public var request: String
        /// The keyed token of the person who asked.
        public var token: String

        /// A decision.
        public init(name: String, list: String, plan: String, records: Int, request: String, token: String) {
            (self.name, self.list, self.plan) = (name, list, plan)
            (self.records, self.request, self.token) = (records, request, token)
        }
    }

    /// What a check of the holds found.
    public struct Checked: Sendable, Hashable {
        /// The exit code.
        public var exitCode: Int
        /// The names of the holds.
        public var names: [String]
        /// The digests; nil where the documents cannot be used.
        public var digests: Digests?

        /// A verdict.
        public init(exitCode: Int, names: [String], digests: Digests?) {
            (self.exitCode, self.names, self.digests) = (exitCode, names, digests)
        }
    }
}
