public import Chronology
public import Disposition
internal import Terminal

/// Privacy requests and how far each is, for people and as JSON. They are called by their names, and nobody is named.
public struct RequestsReport {
    /// A request with its dates and the token of its person.
    public struct Line: Sendable {
        let kept: KeptRequest
        let token: String
        let dates: DueDates
        let deadline: DueDates.Due
        let relief: Relief?

        /// A line; nil where the law does not say by when.
        ///
        /// - Parameter relief: what has ended of what kept something; nil where nothing is kept, or nobody can say.
        public init?(_ kept: KeptRequest, token: String, relief: Relief?, workingDays: WorkingDays) {
            guard let dates = kept.request.dueDates(workingDays), let deadline = kept.request.deadline(workingDays)
            else {
                return nil
            }
            (self.kept, self.token, self.dates) = (kept, token, dates)
            (self.deadline, self.relief) = (deadline, relief)
        }

        /// Whether it waits for its answer, and its last day is over.
        func isLate(on day: CivilDate) -> Bool { kept.answered == nil && day > deadline.day }
    }

    /// The version of the JSON form.
    public static let schemaVersion = "1"

    private let lines: [Line]
    private let today: CivilDate
    private let toolVersion: String

    /// - Parameter today: the day on which somebody asks.
    public init(_ lines: [Line], today: CivilDate, toolVersion: String) {
        self.lines = lines.sorted { ($0.deadline.day, $0.kept.request.name) < ($1.deadline.day, $1.kept.request.name) }
        self.today = today
        self.toolVersion = toolVersion
    }

    /// Whether the last day of some request that waits for its answer is over.
    public var isLate: Bool { lines.contains { $0.isLate(on: today) } }

    /// One line for each request, the most urgent first.
    public var list: String {
        guard !lines.isEmpty else { return "no requests\n" }
        var table = TextTable(alignment: .left)
        table.add(["request", "law", "received", "answer by", "left", "status"])
        for line in lines {
            table.add([
                line.kept.request.name, line.kept.request.regulation.rawValue, line.kept.request.received.description,
                line.deadline.day.description, left(line),
                line.kept.status.rawValue + (line.relief?.isDue == true ? ", run it again" : ""),
            ])
        }
        return table.lines().joined(separator: "\n") + "\n"
    }

    private func left(_ line: Line) -> String {
        if let answered = line.kept.answered {
            let day = Zone.utc.civil(at: answered).date
            let late = day.daysSinceEpoch - line.deadline.day.daysSinceEpoch
            return "answered \(day)" + (late > 0 ? ", \(late) d late" : "")
        }
        let days = line.deadline.day.daysSinceEpoch - today.daysSinceEpoch
        return days < 0 ? "\(-days) d late" : "\(days) d"
    }

    /// All about each request.
    public func text(style: TextStyle = .plain) -> String {
        lines.map { one($0, style).joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private func one(_ line: Line, _ style: TextStyle) -> [String] {
        let request = line.kept.request
        var table = TextTable(alignment: .left)
        table.add(["law", request.regulation.rawValue])
        table.add(["person", line.token])
        table.add(["received", request.received.description])
        if let confirm = line.dates.confirm { table.add(["confirm by", "\(confirm.day): \(confirm.rule)"]) }
        table.add(["answer by", "\(line.deadline.day): \(line.deadline.rule)"])
        if line.deadline == line.dates.answer {
            table.add([
                "if extended", "\(line.dates.extended.day), where the person is told by \(line.dates.answer.day)",
            ])
        }
        table.add(["left", left(line)])
        for event in line.kept.events {
            let counts = "\(event.gone) go, \(event.kept) kept, \(event.review) to look at"
            table.add([event.step.rawValue, "\(event.at.rfc3339): \(counts); plan sha256:\(event.plan.prefix(12))"])
        }
        return [style.strong("REQUEST \(request.name): \(line.kept.status.sentence)")] + table.lines() + next(line)
    }

    private func next(_ line: Line) -> [String] {
        let plan = "tenure erase plan \(line.kept.request.name)"
        let answer = "Next: tenure erase receipt \(line.kept.request.name), and tell the person"
        let waits = line.kept.answered == nil && line.kept.last.map(line.kept.isSettled) == true
        switch line.kept.status {
        case .received: return ["", "Next: \(plan) --as NAME"]
        case .planned:
            let apply = "tenure erase apply \(line.kept.request.name) --plan FILE"
            return ["", "Next: \(apply), for which nobody's approval is asked; or \(plan)"]
        case .held: return ["", keeping(line, plan)] + (waits ? [answer] : looking(line, plan))
        case .review: return [""] + looking(line, plan)
        case .incomplete:
            let gaps = "close what could not be looked at (tenure doctor), then \(plan) --as NAME"
            return [""] + (waits ? [answer, "Or first \(gaps)"] : ["Next: \(gaps)"])
        case .done: return waits ? ["", answer] : []
        }
    }

    private func keeping(_ line: Line, _ plan: String) -> String {
        let last = line.kept.last
        let keepers = last?.keepers ?? []
        let names = keepers.isEmpty ? "a matter that came after the plan" : keepers.joined(separator: ", ")
        if let relief = line.relief, relief.isDue {
            let what =
                relief.ended.isEmpty
                ? "what it keeps is free from \(last?.freeFrom ?? "now")"
                : "\(relief.ended.joined(separator: ", ")) \(relief.ended.count == 1 ? "has" : "have") ended"
            return "Kept by \(names): \(what), and it is due to be run again: \(plan) --as NAME".visible
        }
        let from = last?.freeFrom.map { "from \($0)" } ?? "when the matter ends"
        return "Kept by \(names). Run again \(from): \(plan) --as NAME".visible
    }

    private func looking(_ line: Line, _ plan: String) -> [String] {
        guard let last = line.kept.last, !line.kept.isSettled(last) else { return [] }
        return ["Next: look at what \(plan) --as NAME lists, and settle it as it says there"]
    }

    /// All about each request, as JSON.
    public var json: [UInt8] {
        JSONWriter.document(Self.schemaVersion, toolVersion: toolVersion) { json in
            json.member("today", today.description)
            json.objects("requests", lines) { json, line in
                let request = line.kept.request
                json.member("name", request.name)
                json.member("regulation", request.regulation.rawValue)
                json.member("person", line.token)
                json.member("received", request.received.description)
                json.member("confirmBy", line.dates.confirm?.day.description)
                json.member("answerBy", line.deadline.day.description)
                json.member("rule", line.deadline.rule)
                json.member("answered", line.kept.answered?.rfc3339)
                json.member("late", line.isLate(on: today))
                json.member("status", line.kept.status.rawValue)
                relief(line.relief, &json)
                json.objects("events", line.kept.events, layout: .inline) { json, event in
                    json.member("at", event.at.rfc3339)
                    json.member("step", event.step.rawValue)
                    json.member("plan", event.plan)
                    json.member("gone", event.gone)
                    json.member("kept", event.kept)
                    json.member("review", event.review)
                    json.member("keepers", event.keepers)
                    json.member("freeFrom", event.freeFrom)
                    json.member("complete", event.isComplete)
                    json.member("by", event.by)
                }
            }
        }
    }
}

extension RequestsReport {
    private func relief(_ relief: Relief?, _ json: inout JSONWriter) {
        guard let relief else {
            json.member("ended", nil as String?)
            return json.member("runAgain", nil as String?)
        }
        json.member("ended", relief.ended)
        json.member("runAgain", relief.isDue)
    }
}

extension KeptRequest.Status {
    /// For people.
    fileprivate var sentence: String {
        switch self {
        case .received: "taken in, and nothing was planned"
        case .planned: "planned, and not executed"
        case .held: "the law keeps something, and it stays open for that"
        case .review: "somebody has to look at something"
        case .incomplete: "nothing is left of what was seen, and something could not be looked at"
        case .done: "done"
        }
    }
}
