internal import Chronology
internal import Policies
internal import Records

/// Words for what a run decided. They name records by kind and id, and never a value of their metadata.
struct Phrases {
    let assessment: Assessment
    let marks: Marks
    /// How a record is named: by kind and id, or by a token where ids are not to be shown.
    let name: (Int) -> String

    private var policies: [RetentionPolicy] { assessment.rules.policies.retention }

    /// Why the pair is in its state.
    func because(_ verdict: PairVerdict, _ row: Int) -> String {
        let policy = assessment.words[verdict.policy]
        switch verdict.state {
        case .error: return failure(verdict, row)
        case .overdue:
            return "\(limit(verdict, policy)); due since \(due(verdict, row)), overdue since \(overdue(verdict))"
        case .due: return "\(limit(verdict, policy)); due since \(due(verdict, row)), overdue from \(overdue(verdict))"
        case .held: return "\(limit(verdict, policy)); held by \(matters(row))"
        case .kept:
            let past = verdict.isPastLimit(asOf: assessment.rules.asOf)
            return past ? "\(limit(verdict, policy)); \(keepers(row))" : keepers(row)
        case .excepted: return "\(limit(verdict, policy)); excepted by \(exception(verdict, row))"
        case .inUse: return "\(limit(verdict, policy)); \(user(row)), which stays, uses it"
        case .allowed: return "\(limit(verdict, policy))\(deleteAt(verdict))"
        case .undetermined:
            return "\(clock(verdict, policy)): at the earliest it is \(verdict.early.name), "
                + "at the latest \(verdict.late.name)"
        case .denied, .lost, .resurrected, .earlyExpiry, .uncovered: return verdict.state.name
        }
    }

    /// Why the provider's own deadline breaks an obligation.
    func becauseExpiring(_ finding: Finding) -> String {
        let expires = assessment.facts.inventory.expires(finding.row).map { instant($0.latest) } ?? "an unknown time"
        let start = "the provider removes it at \(expires)"
        if let hold = finding.hold {
            let until = assessment.rules.releasedUntil(hold).map { " until \(instant(Moment(microseconds: $0)))" } ?? ""
            return "\(start), and it is held\(until) by \(matter(hold, finding.row))"
        }
        guard let policy = finding.policy, let expires = assessment.facts.inventory.expires(finding.row)?.latest,
            let path = KeepSearch(assessment: assessment).path(
                toPolicy: policy, after: expires.microseconds, from: finding.row)
        else { return "\(start), and it is \(keepers(finding.row))" }
        let kept = assessment.judge.obligation(of: policy, path.steps.last?.row ?? finding.row)
        let end = kept.early == Ends.never ? "without end" : "until \(instant(Moment(microseconds: kept.early)))"
        return "\(start), and it is kept \(end) by \(describe(path, from: finding.row))"
    }

    private func failure(_ verdict: PairVerdict, _ row: Int) -> String {
        guard let failure = verdict.failure else { return "it could not be decided" }
        let excess = assessment.budgetExcess(ofPolicy: verdict.policy, failure, row).map { ": \($0)" } ?? ""
        return failure.reason + excess
    }

    private func limit(_ verdict: PairVerdict, _ policy: PolicyWords) -> String {
        "\(policy.limit) \(clock(verdict, policy))"
    }

    private func deleteAt(_ verdict: PairVerdict) -> String {
        verdict.deleteAt.map { "; its limit is \(instant(Moment(microseconds: $0.late)))" } ?? ""
    }

    private func due(_ verdict: PairVerdict, _ row: Int) -> String {
        guard let due = verdict.dueAt, let limit = verdict.deleteAt else { return "an unknown time" }
        let start = instant(Moment(microseconds: due.late))
        return due.late > limit.late ? "\(start) (it was \(keepers(row)))" : start
    }

    private func overdue(_ verdict: PairVerdict) -> String {
        verdict.overdueAt.map { instant(Moment(microseconds: $0.late)) } ?? "an unknown time"
    }

    private func clock(_ verdict: PairVerdict, _ policy: PolicyWords) -> String {
        guard let ends = verdict.clock else { return "\(policy.clock), which has not begun" }
        return "\(policy.clock) \(time(ends.interval))"
    }

    /// A time as far as it is known.
    func time(_ interval: Interval) -> String {
        if interval.isPoint { return instant(interval.earliest) }
        switch (interval.earliest, interval.latest) {
        case (.beginning, .unbounded): return "at an unknown time"
        case (.beginning, let latest): return "at an unknown time up to \(instant(latest))"
        case (let earliest, .unbounded): return "at an unknown time from \(instant(earliest))"
        case (let earliest, let latest): return "between \(instant(earliest)) and \(instant(latest))"
        }
    }

    func instant(_ moment: Moment) -> String { moment.description }

    private func exception(_ verdict: PairVerdict, _ row: Int) -> String {
        let exceptions = assessment.rules.policies.exceptions
        let pair = assessment.plan(row).pairs.first { $0.policy == verdict.policy }
        guard let index = pair?.exception else { return "an exception" }
        return "\(exceptions[index].citation)"
    }

    private func user(_ row: Int) -> String {
        let users = assessment.facts.relations.users(of: row).filter { !assessment.goes($0, marks) }
        return users.min(by: assessment.facts.inventory.precedes).map(name) ?? "something"
    }

    /// What keeps the record, until when, and by what path.
    func keepers(_ row: Int) -> String {
        if assessment.matters(row) != 0 { return "kept by \(matters(row))" }
        let late = assessment.keep(row).late
        let end = late == Ends.never ? "without end" : "until \(instant(Moment(microseconds: late)))"
        guard let path = KeepSearch(assessment: assessment).path(to: .late, late, from: row) else {
            return "kept \(end)"
        }
        return "kept \(end) by \(describe(path, from: row))"
    }

    private func matters(_ row: Int) -> String {
        assessment.matterSets[Int(assessment.matters(row))].map { matter($0, row) }.joined(separator: " and ")
    }

    func matter(_ hold: Int, _ row: Int) -> String {
        guard let path = KeepSearch(assessment: assessment).path(toMatter: hold, from: row) else {
            return assessment.rules.policies.holds[hold].name
        }
        return describe(path, from: row)
    }

    /// `regulated-minimum on thread/thread_x, which contains it`.
    func describe(_ path: KeepPath, from row: Int) -> String {
        let keeper =
            switch path.keeper {
            case .policy(let index): policies[index].name
            case .hold(let index): assessment.rules.policies.holds[index].name
            }
        guard let last = path.steps.last else { return keeper }
        if path.steps.count == 1 { return "\(keeper) on \(name(last.row)), \(last.step.phrase)" }
        let between = path.steps.dropLast().map { name($0.row) }.joined(separator: " and ")
        return "\(keeper) on \(name(last.row)), by way of \(between)"
    }
}

/// How sentences name a policy's rule.
struct PolicyWords: Sendable {
    /// `at most P90D after`.
    let limit: String
    /// `its creation`.
    let clock: String

    init(_ policy: RetentionPolicy) {
        limit = policy.atMost.map { "at most \($0) after" } ?? "after"
        clock = policy.clock.phrase
    }
}

extension RetentionPolicy.Clock {
    /// The clock as a sentence names it.
    package var phrase: String {
        switch self {
        case .created: "its creation"
        case .lastActivity: "its last activity"
        case .lastModified: "its last modification"
        case .expires: "its expiry"
        case .custom: "the time that its policy reads"
        }
    }
}

extension Assessment {
    /// Whether a record goes: it may, or something that contains it may.
    func goes(_ row: Int, _ marks: Marks) -> Bool {
        if marks.mayGo[row] { return true }
        var seen: Set<Int> = [row]
        var stack = [row]
        while let current = stack.popLast() {
            for container in facts.relations.containers(of: current) where seen.insert(container).inserted {
                if marks.mayGo[container] { return true }
                stack.append(container)
            }
        }
        return false
    }

    /// A record's name in sentences: `thread/thread_x`.
    func name(_ row: Int) -> String { "\(facts.inventory.kinds[row].name)/\(facts.inventory.id(row))" }
}
