internal import Chronology
public import Evaluation
internal import Policies
internal import Records
internal import Terminal

/// What becomes due when, how much, and under which policy.
public struct ForecastReport: Sendable {
    /// The version of the JSON form.
    public static let schemaVersion = "1"

    let forecast: Forecast
    let policyDigest: String
    let toolVersion: String

    /// A report on a forecast under the documents of this digest.
    public init(_ forecast: Forecast, policyDigest: String, toolVersion: String) {
        self.forecast = forecast
        self.policyDigest = policyDigest
        self.toolVersion = toolVersion
    }

    /// 3 where a scan at any of the instants would be incomplete, else 0: what is due is no violation of a forecast.
    public var exitCode: Int32 { forecast.steps.contains { !$0.incomplete.isEmpty } ? 3 : 0 }

    /// The forecast as JSON.
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        ReportHeader(
            schemaVersion: Self.schemaVersion, toolVersion: toolVersion, asOf: forecast.steps.first?.asOf,
            policyDigest: policyDigest
        ).write(to: &writer)
        writer.key("steps")
        writer.beginArray(.lines)
        for step in forecast.steps {
            writer.beginObject(.lines)
            writer.member("asOf", step.asOf.description)
            writer.member("records", step.summary.records)
            writer.member("mayGo", step.summary.mayGo)
            writer.object("all", .lines) { Self.write(&$0, step.all) }
            writer.object("states", .inline) { states in
                for state in State.allCases { states.member(state.name, step.summary[state]) }
            }
            writer.objects("policies", forecast.policies.indices) { writer, index in
                let policy = forecast.policies[index]
                let counts = step.summary.policies[index]
                writer.member("policy", policy.name)
                writer.member("severity", policy.severity.name)
                writer.member("mode", policy.mode.rawValue)
                writer.member("matched", counts.matched)
                Self.write(&writer, step.policies[index])
                writer.object("states", .inline) { states in
                    for state in State.allCases { states.member(state.name, counts[state]) }
                }
            }
            writer.reasons(step.incomplete.map { ($0.source, $0.message) })
            writer.endObject()
        }
        writer.endArray()
        writer.member("exitCode", Int(exitCode))
        writer.endObject()
        writer.finish()
        return writer.bytes
    }

    private static func write(_ writer: inout JSONWriter, _ amounts: Forecast.Amounts) {
        writer.amount("due", amounts.due)
        writer.amount("overdue", amounts.overdue)
        writer.amount("newlyDue", amounts.newlyDue)
        writer.amount("mayGo", amounts.mayGo)
    }
}

extension ForecastReport {
    /// The forecast as a table: for each instant all policies in force together, and each under which something is due.
    public func text(style: TextStyle = .plain) -> String {
        var table = TextTable(alignment: .right)
        table.add(["as of", "policy", "newly due", "bytes", "due", "bytes", "overdue", "may go"])
        for step in forecast.steps {
            let instant = step.asOf.description
            table.add([instant, "all in force"] + Self.cells(step.all))
            for (policy, amounts) in zip(forecast.policies, step.policies) where amounts.due.records > 0 {
                let mode = policy.mode == .observe ? " (observed)" : ""
                table.add(["", policy.name + mode] + Self.cells(amounts))
            }
        }
        var lines = [style.strong("If nothing happens to the records")] + table.lines()
        if let step = forecast.steps.first(where: { !$0.incomplete.isEmpty }) {
            lines += ["", style.strong("Not complete as of \(step.asOf)")]
            lines += step.incomplete.prefix(Self.shownReasons).map {
                "  \($0.source.map { "\($0): " } ?? "")\($0.message)".visible
            }
            let more = step.incomplete.count - Self.shownReasons
            if more > 0 { lines.append("  and \(grouped(more)) more (--format json lists all)") }
        }
        lines += ["", exitCode == 0 ? "exit 0: forecast" : "exit 3: incomplete"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static var shownReasons: Int { 15 }

    private static func cells(_ amounts: Forecast.Amounts) -> [String] {
        [
            grouped(amounts.newlyDue.records), bytes(amounts.newlyDue), grouped(amounts.due.records),
            bytes(amounts.due),
            grouped(amounts.overdue.records), grouped(amounts.mayGo.records),
        ]
    }

    private static func bytes(_ amount: Amount) -> String {
        if amount.records == amount.unsized { return "-" }
        return grouped(Int(amount.bytes)) + (amount.unsized > 0 ? "+" : "")
    }
}
