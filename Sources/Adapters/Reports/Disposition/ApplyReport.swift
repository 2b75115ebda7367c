internal import Chronology
public import Disposition
internal import Records
internal import Terminal

/// What an execution of a plan came to, for people and as JSON.
public struct ApplyReport: Sendable {
    /// The version of the JSON form.
    public static let schemaVersion = "1"
    /// How many actions are named one by one for people.
    private static let named = 50

    let report: ExecutionReport
    private let path: String
    let toolVersion: String
    private let logDirectory: String?
    private let command: String
    private let options: GivenOptions

    /// - Parameters:
    ///   - path: where the plan is.
    ///   - command: what does it again, to be told where something remains.
    ///   - log: the directory of the audit log, where one was named.
    ///   - options: those with which it was done.
    public init(
        _ report: ExecutionReport, of path: String, log: String?, command: String,
        options: GivenOptions = GivenOptions(), toolVersion: String
    ) {
        self.options = options
        self.report = report
        self.path = path
        self.toolVersion = toolVersion
        logDirectory = log
        self.command = command
    }

    /// What a script learns: 0 where everything is done or stays by the rules, 3 where something could not be looked at or
    /// the run ended early, 4 where a gate is closed, 5 where dispositions failed or are unverified.
    public var exitCode: Int32 {
        let gates = report.gates
        if report.isExecuting ? gates.contains(where: { !isUnreachable($0) }) : gates.contains(where: \.isSafetyStop) {
            return 4
        }
        if gates.contains(where: isUnreachable) { return 3 }
        switch report.end {
        case .unlogged, .stopped, .outOfTime, .silent: return 3
        case .complete, .closed, .refused: return report.hasWrongs || report.end == .refused ? 5 : 0
        }
    }

    private func isUnreachable(_ gate: Gate) -> Bool { if case .unreachable = gate { true } else { false } }

    /// The report for people.
    public func text(style: TextStyle = .plain) -> String {
        let lines =
            head(style) + outcomes(style) + searches(style) + unfinished(style) + unshown(style) + residual(style)
            + end(style)
        return lines.joined(separator: "\n") + "\n"
    }

    private func head(_ style: TextStyle) -> [String] {
        let what = report.isExecuting ? "executed" : "dry run"
        return [
            style.strong("APPLY") + ": \(path.visible), \(what): \(counted(report.fates.count, "call")) planned",
            "  digest  sha256:\(report.plan.digest)",
        ]
    }

    private func outcomes(_ style: TextStyle) -> [String] {
        guard !report.fates.isEmpty else { return [] }
        var counts: [String: Int] = [:]
        for fate in report.fates { counts[Self.words(fate), default: 0] += 1 }
        var table = TextTable(alignment: .right)
        for (words, count) in counts.sorted(by: { $0.key < $1.key }) { table.add([words, grouped(count)]) }
        return ["", style.strong("Outcomes")] + table.lines()
    }

    /// What searching stores showed of what was taken out of them, in this run and earlier ones.
    private func searches(_ style: TextStyle) -> [String] {
        guard report.searchesStores || !report.searches.isEmpty else { return [] }
        let title = ["", style.strong("Contents of files that were taken out of stores, by a search")]
        guard !report.searches.isEmpty else { return title + ["  nothing to search for"] }
        var table = TextTable(alignment: .right)
        for search in StoreSearch.allCases {
            guard let count = report.searchCounts[search] else { continue }
            table.add([Self.words(search), grouped(count)])
        }
        return title + table.lines()
    }

    private static func words(_ search: StoreSearch) -> String {
        switch search {
        case .notFound: "not found any more"
        case .found: "found still"
        case .unshown: "not searched for, or to no avail"
        }
    }

    /// What did not go, one by one.
    private func unfinished(_ style: TextStyle) -> [String] {
        named("Not done", style) { !$0.outcome.isDone }
    }

    /// What went, and searching could not show it, one by one.
    private func unshown(_ style: TextStyle) -> [String] {
        named("Searching could not show", style) { $0.outcome.isDone && $0.search == .unshown }
    }

    private func named(
        _ title: String, _ style: TextStyle, _ isNamed: (ActionEnding) -> Bool
    ) -> [String] {
        var lines: [String] = []
        var more = 0
        for (index, fate) in report.fates.enumerated() {
            guard case .ended(let ending) = fate, isNamed(ending) else { continue }
            guard lines.count < Self.named else {
                more += 1
                continue
            }
            let action = report.plan.actions[index]
            let name = "\(action.verb.rawValue) \(action.source)/\(action.name.kind.name)/\(action.name.id)"
            lines.append("  \(index + 1)  \(name): \(ending.outcome.rawValue): \(ending.words)".visible)
        }
        if more > 0 { lines.append("  and \(grouped(more)) more; --format json names them all") }
        return lines.isEmpty ? [] : ["", style.strong(title)] + lines
    }

    /// What its service keeps, whatever is called.
    private func residual(_ style: TextStyle) -> [String] {
        let records = report.residual
        guard !records.isEmpty else { return [] }
        let more = records.count - Self.named
        let stay = records.count == 1 ? "stays" : "stay"
        return ["", style.strong("Residual")]
            + ["  \(counted(records.count, "record")) \(stay) behind; of each, \(Residual.because)"]
            + records.prefix(Self.named).map { "  \($0.source)/\($0.name.kind.name)/\($0.name.id)".visible }
            + (more > 0 ? ["  and \(grouped(more)) more; --format json names them all"] : [])
    }

    private func end(_ style: TextStyle) -> [String] {
        var lines = [""]
        switch report.end {
        case .complete, .closed: break
        case .stopped: lines.append("it was stopped; what was begun is at its end")
        case .outOfTime: lines.append("the time that --max-duration gives is over; what was begun is at its end")
        case .silent:
            lines.append(
                style.bad("a service answers no more, or wants to be left alone for longer than a run waits")
                    + ": nothing more was asked; run again later")
        case .refused: lines.append(style.bad("the credential was refused, and nothing more was asked"))
        case .unlogged(let error):
            lines.append(style.bad("nothing more was called, because it cannot be logged") + ": \(error)".visible)
        }
        for (plan, count) in report.openElsewhere.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "\(counted(count, "call")) of another plan, sha256:\(plan), began and nobody saw the end: execute "
                    + "that plan once more, which reads back what became of it")
        }
        if let again = report.lookAgain { lines.append(words(again)) }
        if let note = report.note, let size = report.logSize {
            lines.append("audit log: \((logDirectory ?? "").visible), \(counted(size, "entry")), checkpoint:")
            let noteLines = note.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            lines += noteLines.map { "  \($0)".visible }
        }
        lines.append(report.calls == 0 ? "Nothing was deleted." : "\(counted(report.calls, "call")) made.")
        lines.append(report.gates.isEmpty ? "Gates still closed: none" : "Gates still closed:")
        lines += report.gates.map { "  \($0.description)".visible }
        lines.append("Next: \(next)".visible)
        return lines
    }

    private func words(_ again: LookingAgain) -> String {
        let calls = "nobody saw the end of \(counted(report.unseen.count, "call"))"
        guard let from = again.from else {
            return
                "\(calls), and the plan expires at \(again.until): a run after that only reads them back, and what is "
                + "there still needs a new plan"
        }
        return
            "\(calls): run again from \(from) on, which reads them back; from \(again.until) on, when the plan expires, "
            + "what is there still needs a new one"
    }

    private var next: String {
        let planning = report.plan.making + options.ofScan
        if report.gates.contains(where: \.voidsPlan) { return planning }
        if report.gates.contains(.planNotLogged) { return planning + options.ofLog(logDirectory) }
        if report.gates.contains(where: isOfApprovals) {
            return "tenure approve \(path) --as NAME --key FILE\(options.ofDocuments)"
        }
        let again = "\(command)\(options.ofScan)\(options.ofExecution(logDirectory))"
        guard report.gates.isEmpty else { return "open what is closed, then \(again)" }
        return report.remaining == 0 ? "nothing remains of this plan" : again
    }

    private func isOfApprovals(_ gate: Gate) -> Bool { if case .approvals = gate { true } else { false } }

    private static func words(_ fate: ExecutionReport.Fate) -> String {
        switch fate {
        case .ended(let ending): ending.outcome.rawValue
        case .earlier(let outcome): "\(outcome.rawValue), by an earlier run"
        case .wouldBeCalled: "would be called"
        case .notReached: "not reached"
        }
    }

    private func counted(_ count: Int, _ noun: String) -> String {
        let plural = noun == "entry" ? "entries" : "\(noun)s"
        return "\(grouped(count)) \(count == 1 ? noun : plural)"
    }
}
