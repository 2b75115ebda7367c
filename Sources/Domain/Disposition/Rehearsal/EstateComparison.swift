/// What an execution made of an estate, held against what the plan says and what the execution says that it did.
///
/// It believes neither: what is there before and after comes from whoever holds the estate.
public struct EstateComparison: Sendable, Equatable {
    /// What is gone though the plan does not name it, or though the execution says that it stays.
    public let unplanned: [EstateState.Name]
    /// What is there and another than before, though the plan neither names it nor takes a file out of it.
    public let changed: [EstateState.Name]
    /// The actions, from 0 on, whose records are said to be gone and are there.
    public let falselyGone: [Int]
    /// The actions, from 0 on, whose records were not there to begin with.
    public let absentBefore: [Int]
    /// What should have gone with a record that is gone, and is there still.
    public let leftovers: [EstateState.Name]
    /// What went with a record that is gone as far as calls reach, and whose data the deletion left where it was.
    public let buried: [EstateState.Name]

    /// Whether the execution did just what the plan says, and says what it did.
    public var isFaithful: Bool { unplanned.isEmpty && changed.isEmpty && falselyGone.isEmpty }

    /// - Parameters:
    ///   - before: what was there before the first run.
    ///   - after: what is there after the last.
    ///   - fates: by action, as the last run has them.
    public init(_ plan: Plan, before: EstateState, after: EstateState, fates: [ExecutionReport.Fate]) {
        var touched: Set<EstateState.Name> = []
        var mayGo: Set<EstateState.Name> = []
        var along: Set<EstateState.Name> = []
        var falselyGone: [Int] = []
        var absentBefore: [Int] = []
        for (index, action) in plan.actions.enumerated() {
            let record = EstateState.Name(source: action.source, name: action.name)
            touched.insert(record)
            if before.reachable[record] == nil { absentBefore.append(index) }
            guard action.verb != .cancel else { continue }
            if fates[index].saysGone, after.reachable[record] != nil { falselyGone.append(index) }
            guard fates[index].mayHaveGone else { continue }
            let parts = action.along.map { EstateState.Name(source: action.source, name: $0) }
            if action.verb == .detach, let store = action.moved {
                touched.insert(EstateState.Name(source: store.source, name: store.name))
            }
            mayGo.insert(record)
            mayGo.formUnion(parts)
            if fates[index].saysGone { along.formUnion(parts) }
        }
        self.falselyGone = falselyGone
        self.absentBefore = absentBefore
        unplanned = before.reachable.keys.filter { after.reachable[$0] == nil && !mayGo.contains($0) }.sorted()
        changed = before.reachable.filter { name, content in
            guard let now = after.reachable[name] else { return false }
            return now != content && !touched.contains(name)
        }.map(\.key).sorted()
        leftovers = along.filter { after.reachable[$0] != nil }.sorted()
        buried = along.intersection(after.buried).sorted()
    }
}

extension ExecutionReport.Fate {
    fileprivate var saysGone: Bool {
        switch outcome {
        case .deletedVerified, .alreadyAbsent: true
        default: false
        }
    }

    /// Whether a call may have taken it away: whatever is said to stay, or was never reached, must be there.
    fileprivate var mayHaveGone: Bool {
        switch outcome {
        case .changedSincePlan, .heldSincePlan, nil: false
        case .deletedVerified, .cancelledVerified, .alreadyAbsent, .pendingVerification, .refused, .failed, .unknown:
            true
        }
    }
}
