internal import Chronology
public import Disposition
internal import Policies
internal import Records
internal import Terminal

/// A plan for people: what would be called, in order, what stays, and which gates are closed.
public struct PlanReport {
    private let head: PlanHead
    private let plan: Plan?
    private let gates: [Gate]?
    private let path: String

    /// A report on the plan in a file.
    ///
    /// - Parameter gates: what is closed; nil where nobody looked.
    public init(_ plan: Plan, at path: String, gates: [Gate]? = nil) {
        self.plan = plan
        head = plan.head
        self.path = path
        self.gates = gates
    }

    /// A report on a plan whose calls are only counted.
    public init(_ head: PlanHead, at path: String, gates: [Gate]? = nil) {
        plan = nil
        self.head = head
        self.path = path
        self.gates = gates
    }

    /// The whole plan: every call and every record that stays, where they are known.
    public func text(style: TextStyle = .plain) -> String {
        let lines = headline(style) + [""] + binding() + policies(style) + calls(style) + staying(style) + end(style)
        return lines.joined(separator: "\n") + "\n"
    }

    /// What of it is worth saying where it was just written.
    public func summary(style: TextStyle = .plain) -> String {
        let lines = headline(style) + [""] + binding() + policies(style) + counts(style) + end(style)
        return lines.joined(separator: "\n") + "\n"
    }

    private func headline(_ style: TextStyle) -> [String] {
        let calls = head.calls.values.reduce(0, +)
        return [
            style.strong(
                "PLAN: \(counted(calls, "call")) would take \(counted(head.taken, "record")) away; nothing was deleted")
        ]
    }

    private func binding() -> [String] {
        let binding = head.binding
        var table = TextTable(alignment: .left)
        table.add(["made", "\(binding.asOf) for \(binding.requester), by tenure \(binding.toolVersion)"])
        table.add(["expires", binding.expires.description])
        table.add(["digest", "sha256:\(head.digest)"])
        table.add([
            "bound to",
            "policies \(binding.policies.prefix(12)), holds \(binding.holds.prefix(12)), scan \(binding.scan.prefix(12))",
        ])
        for place in binding.places {
            let account = place.account.map { ", account \($0.prefix(12))" } ?? ""
            table.add(["place", "\(place.name) (\(place.type)\(place.address.map { ", \($0)" } ?? "")\(account))"])
        }
        for demand in head.demands {
            let (count, from) = (demand.approvals.count, demand.approvals.from)
            let people = from.isEmpty ? "the signers" : from.joined(separator: ", ")
            table.add(["approvals", "\(demand.policy) asks for \(count), of \(people), without \(binding.requester)"])
        }
        for review in binding.reviews {
            let people = review.signers.joined(separator: ", ")
            table.add([
                "review",
                "sha256:\(review.digest.prefix(12)) by \(people): \(review.released.count) released,"
                    + " \(review.kept.count) kept",
            ])
        }
        return table.lines()
    }

    /// Who keeps what in a review, and until when.
    private func keepers() -> [String: String] {
        var keepers: [String: String] = [:]
        for review in head.binding.reviews {
            for kept in review.kept {
                keepers["\(kept.source)/\(name(kept.name))"] =
                    "kept in review by \(review.signers.joined(separator: ", ")) until \(kept.until)"
            }
        }
        return keepers
    }

    private func policies(_ style: TextStyle) -> [String] {
        guard !head.limits.isEmpty else { return [] }
        var table = TextTable(alignment: .right)
        let limitsPeople = head.limits.contains { $0.mostPerSubject != nil }
        table.add(
            ["policy", "matched", "asked for", "records", "most records", "most percent"]
                + (limitsPeople ? ["of one subject", "most of one"] : []))
        for limit in head.limits {
            let person = limit.mostPerSubject.map { [grouped(limit.perSubject), grouped($0)] } ?? ["-", "-"]
            table.add(
                [
                    limit.policy, grouped(limit.matched), grouped(limit.asked), grouped(limit.records),
                    limit.mostRecords.map(grouped) ?? "-", limit.mostPercent.map { "\($0) %" } ?? "-",
                ] + (limitsPeople ? person : []))
        }
        return ["", style.strong("By policy")] + table.lines()
    }

    private func counts(_ style: TextStyle) -> [String] {
        var lines: [String] = []
        if !head.calls.isEmpty {
            lines += ["", style.strong("Calls")]
            lines += tally(head.calls.map { ("\($0.source)  \($0.verb.rawValue) \($0.kind.name)", $1) })
        }
        if !head.staying.isEmpty {
            lines += ["", style.strong("Due, and stays")] + tally(head.staying.map { (words($0), $1) })
        }
        return lines
    }

    private func tally(_ counts: [(words: String, count: Int)]) -> [String] {
        var table = TextTable(alignment: .right)
        for (words, count) in counts.sorted(by: { $0.words < $1.words }) { table.add([words, grouped(count)]) }
        return table.lines()
    }

    private func calls(_ style: TextStyle) -> [String] {
        guard let plan, !plan.actions.isEmpty else { return [] }
        return ["", style.strong("Calls, in order")]
            + plan.actions.enumerated().map { "  \($0 + 1)  \(sentence($1))".visible }
    }

    private func sentence(_ action: Plan.Action) -> String {
        var text = "\(action.verb.rawValue) \(action.source)/\(name(action.name))"
        if let container = action.partOf { text += ", part of \(name(container))" }
        if let cleared = action.toClear { text += ", before \(name(cleared)) goes" }
        if !action.because.isEmpty {
            text += ": " + action.because.map { "\($0.policy) is \($0.state)" }.joined(separator: ", ")
        }
        if !action.along.isEmpty { text += "; with it \(action.along.map(name).joined(separator: ", "))" }
        return text
    }

    private func staying(_ style: TextStyle) -> [String] {
        guard let plan, !plan.staying.isEmpty else { return [] }
        let keepers = keepers()
        return ["", style.strong("Due, and stays")]
            + plan.staying.map { staying in
                let record = "\(staying.source)/\(name(staying.name))"
                return "  \(record): \(keepers[record] ?? words(staying.reasons))".visible
            }
    }

    private func end(_ style: TextStyle) -> [String] {
        guard let gates else { return [] }
        var lines: [String] = [""]
        if gates.isEmpty {
            lines.append("no gate is closed")
        } else {
            lines.append(style.strong("Closed gates"))
            lines += gates.map { "  \($0.description)".visible }
        }
        return lines + ["", "Next: tenure plan show \(path)".visible]
    }

    private func name(_ name: Plan.Name) -> String { "\(name.kind.name)/\(name.id)" }

    private func words(_ reasons: [StayingRecord.Reason]) -> String {
        reasons.map(\.words).joined(separator: "; ")
    }

    private func counted(_ count: Int, _ noun: String) -> String {
        "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }
}

extension StayingRecord.Reason {
    /// For people.
    fileprivate var words: String {
        switch self {
        case .notAsked: "asked for a review or a report, not for its deletion"
        case .kept: "an obligation or a matter keeps it"
        case .verdict: "a verdict forbids it (tenure explain says which)"
        case .unread: "what may protect it was not read to its end"
        case .review: "a hold asks whose it is, and nobody can say"
        case .noCall: "the provider has no call that deletes it"
        case .noProvider: "nothing is known of how its source deletes"
        }
    }
}
