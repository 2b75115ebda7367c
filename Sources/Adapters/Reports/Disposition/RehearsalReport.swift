public import Disposition
internal import Records
internal import Terminal

/// What a rehearsal of a plan came to, for people and as JSON.
public struct RehearsalReport: Sendable {
    /// The version of the JSON form.
    public static let schemaVersion = "1"
    /// How many records of a list are named one by one for people.
    static let named = 50

    /// What went wrong on purpose.
    public struct Faults: Sendable {
        let seed: UInt64
        let percentages: [(name: String, percent: Int)]

        /// Faults of a seed, by their names.
        public init(seed: UInt64, percentages: [(name: String, percent: Int)]) {
            (self.seed, self.percentages) = (seed, percentages)
        }
    }

    let rehearsal: Rehearsal
    let path: String
    let command: String
    let options: GivenOptions
    let faults: Faults?
    let retired: [String]
    let header: ReportHeader

    /// - Parameters:
    ///   - path: where the plan is.
    ///   - command: what executes the plan for real.
    ///   - options: those with which it was rehearsed.
    ///   - faults: what went wrong on purpose; nil for nothing.
    ///   - retired: the areas that the twins did not have.
    public init(
        _ rehearsal: Rehearsal, of path: String, command: String, options: GivenOptions = GivenOptions(),
        faults: Faults?, retired: [String], policyDigest: String, toolVersion: String
    ) {
        (self.rehearsal, self.path, self.command, self.options) = (rehearsal, path, command, options)
        (self.faults, self.retired) = (faults, retired)
        header = ReportHeader(
            schemaVersion: Self.schemaVersion, toolVersion: toolVersion, asOf: rehearsal.asOf,
            policyDigest: policyDigest)
    }

    /// What a rehearsal says of a plan, the worst that is so.
    enum Verdict: CaseIterable {
        /// Something went or changed that the plan does not name, or was called gone and is there.
        case unfaithful
        /// Some dispositions failed, or remained unverified.
        case unfinished
        /// A place could not be asked, or the rehearsal was stopped.
        case cutShort
        /// The estate is not what the plan was made on.
        case otherEstate
        /// Everything went but what a hold keeps by now.
        case held
        /// Everything went.
        case whole
    }

    var verdict: Verdict {
        if !rehearsal.comparison.isFaithful { return .unfaithful }
        guard let last = rehearsal.runs.last, last.gates.isEmpty else { return .cutShort }
        switch last.end {
        case .stopped, .outOfTime, .silent, .unlogged: return .cutShort
        case .refused: return .unfinished
        case .complete, .closed: break
        }
        if last.hasWrongs || !changedOnTheWay.isEmpty { return .unfinished }
        if last.remaining > 0 { return .cutShort }
        if !rehearsal.comparison.absentBefore.isEmpty || !changedBefore.isEmpty { return .otherEstate }
        return rehearsal.fates.contains { $0.outcome == .heldSincePlan } ? .held : .whole
    }

    /// The actions, from 0 on, that the estate does not bear.
    var changedBefore: [Int] { changed.filter(rehearsal.misfits.contains) }

    /// The actions, from 0 on, that the estate bears, and whose records were other than planned when their turn came: what
    /// went wrong on the way made them so, or look so.
    private var changedOnTheWay: [Int] { changed.filter { !rehearsal.misfits.contains($0) } }

    private var changed: [Int] {
        rehearsal.fates.indices.filter { rehearsal.fates[$0].outcome == .changedSincePlan }
    }

    /// What a script learns: 0 where everything would go but what a hold keeps by now, 1 where something happened that the
    /// plan does not say, 3 where the rehearsal does not tell what would be, 5 where something would remain.
    public var exitCode: Int32 {
        switch verdict {
        case .unfaithful: 1
        case .unfinished: 5
        case .cutShort, .otherEstate: 3
        case .held, .whole: 0
        }
    }

    /// Waits in whole seconds, begun ones included.
    static func seconds(_ wait: Duration) -> Int {
        Int(clamping: wait.components.seconds) + (wait.components.attoseconds > 0 ? 1 : 0)
    }

    /// How many records that went with others a deletion left where no call leads, by kind.
    var buried: [(kind: Kind, count: Int)] {
        Dictionary(grouping: rehearsal.comparison.buried, by: \.name.kind).map { ($0.key, $0.value.count) }
            .sorted { $0.0 < $1.0 }
    }
}
