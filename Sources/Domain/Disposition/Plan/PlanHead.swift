internal import Evaluation
internal import Policies
public import Records

/// What of a plan can be said without its calls: as much for a million of them as for one.
public struct PlanHead: Sendable {
    /// Calls that are alike.
    public struct Call: Sendable, Hashable {
        /// The source's name.
        public let source: String
        /// What is called.
        public let verb: PlannedAction.Verb
        /// The kind of the records.
        public let kind: Kind
    }

    /// The SHA-256 of the plan's body, in hexadecimal.
    public let digest: String
    /// What it is bound to.
    public let binding: PlanBinding
    /// What goes under each policy that asks for deletions.
    public let limits: [Plan.Limit]
    /// Whose approval each policy asks for because of which something goes, by policy.
    public let demands: [Plan.Demand]
    /// How many calls there are of each.
    public let calls: [Call: Int]
    /// How many records go without a call of their own.
    public let along: Int
    /// How many records should go and stay, by what stands against them.
    public let staying: [[StayingRecord.Reason]: Int]

    /// How many records would be taken away.
    public var taken: Int { calls.reduce(along) { $1.key.verb == .cancel ? $0 : $0 + $1.value } }
}

extension Plan {
    /// What can be said of it without its calls.
    public var head: PlanHead {
        var calls: [PlanHead.Call: Int] = [:]
        var staying: [[StayingRecord.Reason]: Int] = [:]
        for action in actions {
            calls[.init(source: action.source, verb: action.verb, kind: action.name.kind), default: 0] += 1
        }
        for record in self.staying { staying[record.reasons, default: 0] += 1 }
        return PlanHead(
            digest: digest, binding: binding, limits: limits, demands: demands, calls: calls,
            along: actions.reduce(0) { $0 + $1.along.count }, staying: staying)
    }
}

extension DraftPlan {
    /// What can be said of the plan that was written from this draft.
    ///
    /// - Parameter digest: of the plan's body, as `PlanWriter` answers it.
    public func head(_ binding: PlanBinding, digest: String) -> PlanHead {
        let (kinds, sources) = (result.inventory.kinds, result.inventory.sources)
        var counts: [CallKey: Int] = [:]
        for action in actions {
            let key = CallKey(source: sources[action.row], verb: action.verb, kind: kinds[action.row])
            counts[key, default: 0] += 1
        }
        var calls: [PlanHead.Call: Int] = [:]
        for (key, count) in counts {
            calls[.init(source: result.inventory.sourceNames[Int(key.source)], verb: key.verb, kind: key.kind)] = count
        }
        var reasons: [[StayingRecord.Reason]: Int] = [:]
        for record in staying { reasons[record.reasons, default: 0] += 1 }
        return PlanHead(
            digest: digest, binding: binding, limits: limits.map { Plan.Limit($0, in: result) }, demands: demands,
            calls: calls, along: actions.reduce(0) { $0 + $1.along.count }, staying: reasons)
    }

    private struct CallKey: Hashable {
        let source: UInt16
        let verb: PlannedAction.Verb
        let kind: Kind
    }
}

extension Plan.Limit {
    fileprivate init(_ limit: PlannedLimit, in result: ScanResult) {
        self.init(
            policy: result.policies.retention[limit.policy].name, matched: limit.matched, asked: limit.asked,
            records: limit.records, perSubject: limit.perSubject, mostRecords: limit.mostRecords,
            mostPercent: limit.mostPercent, mostPerSubject: limit.mostPerSubject, isExceeded: limit.isExceeded)
    }
}
