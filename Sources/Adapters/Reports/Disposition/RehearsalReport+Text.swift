internal import Disposition
internal import Evaluation
internal import Records
internal import Terminal

extension RehearsalReport {
    /// The report for people.
    public func text(style: TextStyle = .plain) -> String {
        let lines =
            head(style) + outcomes(style) + unfinished(style) + contradictions(style) + behind(style)
            + stillDue(style) + effort(style) + end(style)
        return lines.joined(separator: "\n") + "\n"
    }

    private func head(_ style: TextStyle) -> [String] {
        let plan = rehearsal.plan
        var lines = [
            style.strong("REHEARSAL") + ": \(path.visible), as of \(rehearsal.asOf): \(sentence(style))",
            "  digest  sha256:\(plan.digest)",
        ]
        if let faults {
            let list = faults.percentages.map { "\($0.name) \($0.percent) %" }.joined(separator: ", ")
            lines.append("  faults  seed \(faults.seed): \(list)")
        } else {
            lines.append("  faults  none: --faults FILE makes some")
        }
        if !retired.isEmpty { lines.append("  retired  \(retired.joined(separator: ", "))".visible) }
        return lines
    }

    private func sentence(_ style: TextStyle) -> String {
        let count = "\(grouped(rehearsal.plan.actions.count)) planned"
        switch verdict {
        case .whole: return style.good("everything would go") + ", of \(count)"
        case .held: return style.good("everything would go but what a hold keeps by now") + ", of \(count)"
        case .unfinished: return style.bad("something would remain") + ", of \(count)"
        case .otherEstate: return style.doubtful("the estate is not what the plan was made on") + ", \(count)"
        case .cutShort: return style.doubtful("it did not come to its end") + ", \(count)"
        case .unfaithful: return style.bad("something happened that the plan does not say") + ", \(count)"
        }
    }

    private func outcomes(_ style: TextStyle) -> [String] {
        guard !rehearsal.fates.isEmpty else { return [] }
        var counts: [String: Int] = [:]
        for fate in rehearsal.fates { counts[fate.outcome?.rawValue ?? "not reached", default: 0] += 1 }
        var table = TextTable(alignment: .right)
        for (words, count) in counts.sorted(by: { $0.key < $1.key }) { table.add([words, grouped(count)]) }
        return ["", style.strong("Outcomes")] + table.lines()
    }

    /// What would remain of the plan, one by one.
    private func unfinished(_ style: TextStyle) -> [String] {
        let left = rehearsal.fates.indices.filter { rehearsal.fates[$0].outcome?.isDone != true }
        return section("Would remain of the plan", left, style) { index in
            let outcome = rehearsal.fates[index].outcome?.rawValue ?? "not reached"
            return "\(call(index)): \(outcome): \(rehearsal.fates[index].because)"
        }
    }

    /// What the twins show, and the plan or the execution say otherwise.
    private func contradictions(_ style: TextStyle) -> [String] {
        let comparison = rehearsal.comparison
        return section("Went, and the plan does not say so", comparison.unplanned, style, name)
            + section("Changed, and the plan does not say so", comparison.changed, style, name)
            + section("Called gone, and there", comparison.falselyGone, style, call)
            + section("Not in the estate", comparison.absentBefore, style, call)
            + section("Other in the estate than in the plan", changedBefore, style, call)
    }

    /// What deletions leave.
    private func behind(_ style: TextStyle) -> [String] {
        let left = section(
            "There still, and should have gone with what held it", rehearsal.comparison.leftovers, style, name)
        guard !buried.isEmpty else { return left }
        let counts = buried.map { "\(grouped($0.count)) \($0.kind.fileStem)" }.joined(separator: ", ")
        return left + [
            "", style.strong("Left by shallow deletions where no call leads"),
            "  \(counts): whether the service takes them along nobody can see",
        ]
    }

    /// What should go and is there, by source, kind and reason.
    private func stillDue(_ style: TextStyle) -> [String] {
        var lines: [String] = []
        if !rehearsal.remaining.isEmpty {
            var counts: [String: [String: Int]] = [:]
            for remaining in rehearsal.remaining {
                let place = "\(remaining.record.source)/\(remaining.record.name.kind.name)"
                let reasons = remaining.reasons.map(\.code).joined(separator: ", ")
                counts[place, default: [:]][reasons, default: 0] += 1
            }
            var table = TextTable(alignment: .left)
            for (place, reasons) in counts.sorted(by: { $0.key < $1.key }) {
                for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) {
                    table.add([place, grouped(count), reason])
                }
            }
            lines += ["", style.strong("Should go, and would be there after it")] + table.lines()
        }
        if !rehearsal.incomplete.isEmpty {
            lines += ["", style.strong("Could not be looked at after it")]
            lines += rehearsal.incomplete.map { "  \($0.source.map { "\($0): " } ?? "")\($0.message)".visible }
        }
        return lines
    }

    private func effort(_ style: TextStyle) -> [String] {
        let runs = rehearsal.runs.count
        let limits = Self.seconds(rehearsal.waitedForLimits)
        let readBack = Self.seconds(rehearsal.waitedForReadBack)
        return [
            "", style.strong("Effort"),
            "  \(grouped(rehearsal.calls)) \(rehearsal.calls == 1 ? "call" : "calls") in \(runs) \(runs == 1 ? "run" : "runs")",
            "  \(grouped(limits)) s of waiting for limits and failures, \(grouped(readBack)) s for what was done to show",
        ]
    }

    private func end(_ style: TextStyle) -> [String] {
        var lines = [""]
        if let gates = rehearsal.runs.last?.gates, !gates.isEmpty {
            lines += ["Closed in the rehearsal:"] + gates.map { "  \($0.description)".visible }
        }
        lines.append(rehearsal.gates.isEmpty ? "Gates closed to an execution: none" : "Gates closed to an execution:")
        lines += rehearsal.gates.map { "  \($0.description)".visible }
        lines.append("Not checked: whose account the real credential opens, and the service's clock.")
        lines.append("No real service was called, and nothing was deleted.")
        lines.append("Next: \(next)".visible)
        return lines
    }

    private var next: String {
        switch verdict {
        case .unfaithful:
            return "do not execute this plan; what it took or changed besides is a defect of tenure: report it"
        case .otherEstate: return "tenure inventory --out DIR, then rehearse on that, or make a new plan"
        case .cutShort, .unfinished, .held, .whole:
            let making = rehearsal.plan.making + options.ofScan
            if rehearsal.gates.contains(where: \.voidsPlan) { return making }
            if rehearsal.gates.contains(.planNotLogged) {
                return making + options.ofLog(nil)
            }
            if rehearsal.runs.last?.end == .stopped {
                return "rehearse again, to the end: this rehearsal was stopped"
            }
            let isUnapproved = rehearsal.gates.contains { if case .approvals = $0 { true } else { false } }
            return isUnapproved
                ? "tenure approve \(path) --as NAME --key FILE\(options.ofDocuments)" : command + options.ofScan
        }
    }

    // MARK: Parts

    private func section<Element>(
        _ title: String, _ elements: [Element], _ style: TextStyle, _ line: (Element) -> String
    ) -> [String] {
        guard !elements.isEmpty else { return [] }
        var lines = elements.prefix(Self.named).map { "  \(line($0))".visible }
        let more = elements.count - Self.named
        if more > 0 { lines.append("  and \(grouped(more)) more; --format json names them all") }
        return ["", style.strong(title)] + lines
    }

    private func call(_ index: Int) -> String {
        let action = rehearsal.plan.actions[index]
        return
            "\(index + 1)  \(action.verb.rawValue) \(action.source)/\(action.name.kind.name)/\(action.name.id)"
    }

    private func name(_ record: EstateState.Name) -> String {
        "\(record.source)/\(record.name.kind.name)/\(record.name.id)"
    }
}
