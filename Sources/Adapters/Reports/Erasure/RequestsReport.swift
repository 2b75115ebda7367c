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

        /// A line; nil where the law does not say by when.
        public init?(_ kept: KeptRequest, token: String, workingDays: WorkingDays) {
            guard let dates = kept.request.dueDates(workingDays), let deadline = kept.request.deadline(workingDays)
            else {
                return nil
            }
            (self.kept, self.token, self.dates, self.deadline) = (kept, token, dates, deadline)
        }

        /// Whether it waits, and its last day is over.
        func isLate(on day: CivilDate) -> Bool { kept.isOpen && day > deadline.day }
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

    /// Whether the last day of some request that waits is over.
    public var isLate: Bool { lines.contains { $0.isLate(on: today) } }

    /// One line for each request, the most urgent first.
    public var list: String {
        guard !lines.isEmpty else { return "no requests\n" }
        var table = TextTable(alignment: .left)
        table.add(["request", "law", "received", "answer by", "left", "status"])
        for line in lines {
            table.add([
                line.kept.request.name, line.kept.request.regulation.rawValue, line.kept.request.received.description,
                line.deadline.day.description, line.kept.isOpen ? left(line) : "-", line.kept.status.rawValue,
            ])
        }
        return table.lines().joined(separator: "\n") + "\n"
    }

    private func left(_ line: Line) -> String {
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
        table.add(["left", line.kept.isOpen ? left(line) : "nothing to do"])
        for event in line.kept.events {
            let counts = "\(event.gone) go, \(event.kept) kept, \(event.review) to look at"
            table.add([event.step.rawValue, "\(event.at.rfc3339): \(counts); plan sha256:\(event.plan.prefix(12))"])
        }
        return [style.strong("REQUEST \(request.name): \(line.kept.status.sentence)")] + table.lines() + next(line)
    }

    private func next(_ line: Line) -> [String] {
        let plan = "tenure erase plan \(line.kept.request.name)"
        switch line.kept.status {
        case .received: return ["", "Next: \(plan) --as NAME"]
        case .planned:
            return [
                "", "Next: approve the plan, then tenure erase apply \(line.kept.request.name) --plan FILE; or \(plan)",
            ]
        case .held:
            let last = line.kept.events.last
            let keepers = (last?.keepers ?? []).joined(separator: ", ")
            let from = last?.freeFrom.map { "from \($0)" } ?? "when the matter ends"
            return ["", "Kept by \(keepers). Run again \(from): \(plan) --as NAME".visible]
        case .review: return ["", "Next: look at what \(plan) --as NAME lists, and decide"]
        case .incomplete:
            return ["", "Next: close what could not be looked at (tenure doctor), then \(plan) --as NAME"]
        case .done: return []
        }
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
                json.member("late", line.isLate(on: today))
                json.member("status", line.kept.status.rawValue)
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
                }
            }
        }
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
