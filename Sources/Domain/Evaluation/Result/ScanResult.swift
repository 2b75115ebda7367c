public import Chronology
public import Policies
public import Records

/// The answer of one run: what was found, what could not be looked at, and the verdict.
public struct ScanResult: Sendable {
    /// The records; behind those that are there stand those that are lost, by name alone.
    public let inventory: Inventory
    /// The rules.
    public let policies: PolicySet
    /// The instant of the run.
    public let asOf: Moment
    /// What the caller decided.
    public let options: ScanOptions
    /// Every finding, by policy's name, then source, kind and id. What no policy says comes last.
    public internal(set) var findings: [Finding]
    /// The counts.
    public internal(set) var summary: Summary
    /// Why the run is incomplete, sorted; empty where it is complete.
    public let incomplete: [Incompleteness]
    /// What deserves a look and fails nothing: a policy that matched nothing, a stale register.
    public let warnings: [String]
    /// Errors that did not matter to an answer, sorted by their places. Nobody looks for them unless the run is strict.
    public let absorbed: [AbsorbedError]
    /// The sets of matters that findings point into, each as indices into the set's `holds`.
    let matterSets: [[Int]]
    /// The records that are lost, in the order of their rows.
    let lost: [LostRecord]
    /// What the run worked out, for explanations.
    let assessment: Assessment
    /// What may go, and what is in use.
    let marks: Marks

    /// 1 with violations at or above the threshold, else 3 where incomplete, else 0.
    public var exitCode: Int32 { summary.violations > 0 ? 1 : incomplete.isEmpty ? 0 : 3 }

    /// The names of the hold documents in a set, sorted.
    public func matters(_ set: MatterSet) -> [String] {
        matterSets[Int(set.index)].map { policies.holds[$0].name }
    }
}
