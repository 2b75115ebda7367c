internal import Policies
internal import Records

/// The same records under the same documents, decided for a person who asks to be forgotten.
extension ScanResult {
    /// What a privacy request for the records at these rows comes to.
    ///
    /// The request is a due pair of each; of what obliges to keep them only holds and the `atLeast` of statutes and claims
    /// count; exceptions, undecided ages and limits do not stop it. Errors do, and so does whatever stays and uses them.
    /// No other record is asked for. The result has no findings: it answers what goes, what stays, and what keeps it.
    ///
    /// - Source: the design, section 5, "Precedence".
    public func deciding(request rows: some Sequence<Int>) -> ScanResult {
        // Records that are lost stand behind the others by name alone, and nobody can delete them.
        let inventory = assessment.facts.inventory
        var asked = RowSet(capacity: inventory.count)
        for row in rows where row < inventory.count { asked[row] = true }
        let assessment = Assessment(inventory, policies, asOf: asOf, request: asked)
        let marks = assessment.settle(RequestSweep(assessment: assessment, asked: asked).marks())
        var summary = Summary()
        summary.records = inventory.count
        summary.policies = Array(repeating: .init(), count: policies.retention.count)
        summary.mayGo = marks.mayGo.count
        return ScanResult(
            inventory: inventory, policies: policies, asOf: asOf, options: options, findings: [], summary: summary,
            incomplete: incomplete, warnings: warnings, absorbed: [], matterSets: assessment.matterSets, lost: [],
            assessment: assessment, marks: marks)
    }

    /// The rows that a privacy request asks for, ascending; nil where this is the result of a scan.
    public var requested: [Int]? { assessment.request?.rows }

    /// What keeps a record, with the way to it: every matter, and the documents that oblige for the longest.
    public func keepers(of row: Int) -> [Explanation.Keeper] { Keepers(result: self, phrases: phrases(nil)).list(row) }

    /// Whether something that stays uses a record that should go.
    public func isInUse(_ row: Int) -> Bool { marks.isUsed[row] }

    /// The rows of the records that cite a record.
    public func citing(_ row: Int) -> [Int] { assessment.facts.relations.citing(row) }
}
