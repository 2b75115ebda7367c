public import Chronology
public import Evaluation
public import Policies
internal import Records

/// What a change of documents comes to: by itself and, where there are records, for them.
public struct DifferenceReport: Sendable {
    /// The version of the JSON form.
    public static let schemaVersion = "1"

    /// One side of the comparison.
    public struct Side: Sendable {
        let name: String
        let revision: String?
        let digest: String

        /// A side: the directory or revision as the user named it, the commit's id where it is one, and the digest of
        /// its documents.
        public init(name: String, revision: String?, digest: String) {
            self.name = name
            self.revision = revision
            self.digest = digest
        }
    }

    /// What the records say.
    public struct Records: Sendable {
        let result: ScanResult
        let difference: Difference
        let gates: [Gate]

        /// The new side's scan, what differs from the old side's, and the limits that were asked for.
        public init(result: ScanResult, difference: Difference, gates: [Gate]) {
            self.result = result
            self.difference = difference
            self.gates = gates
        }
    }

    /// A limit on what a change may do.
    public struct Gate: Sendable {
        let option: String
        let limit: ChangeLimit
        let excesses: [ChangeLimit.Excess]

        /// A limit that an option states, and what exceeds it.
        public init(option: String, limit: ChangeLimit, excesses: [ChangeLimit.Excess]) {
            self.option = option
            self.limit = limit
            self.excesses = excesses
        }
    }

    let asOf: Moment
    let old: Side
    let new: Side
    let documents: [DocumentDifference]
    let records: Records?
    let toolVersion: String
    let redacts: Bool

    /// A report; `records` is nil where only documents were compared. `redacts` puts tokens for ids, and numbers for those
    /// that documents list.
    public init(
        asOf: Moment, old: Side, new: Side, documents: [DocumentDifference], records: Records?, toolVersion: String,
        redacts: Bool = false
    ) {
        self.asOf = asOf
        self.old = old
        self.new = new
        self.documents = redacts ? documents.map(\.withoutIds) : documents
        self.records = records
        self.toolVersion = toolVersion
        self.redacts = redacts
    }

    /// 4 where a limit is exceeded, else 3 where the new side's scan is incomplete, else 0.
    public var exitCode: Int32 {
        guard let records else { return 0 }
        if records.gates.contains(where: { !$0.excesses.isEmpty }) { return 4 }
        return records.result.incomplete.isEmpty ? 0 : 3
    }
}
