public import Chronology
public import Evaluation
internal import Policies
internal import Records

/// Everything that led to the decisions about the records of one id, as JSON with every member always there.
public struct ExplanationReport: Sendable {
    /// The version of the form.
    public static let schemaVersion = "1"

    private let explanations: [Explanation]
    private let header: ReportHeader

    /// A report on records that were decided for one instant under the documents of one digest.
    public init(_ explanations: [Explanation], asOf: Moment, policyDigest: String, toolVersion: String) {
        self.explanations = explanations
        header = ReportHeader(
            schemaVersion: Self.schemaVersion, toolVersion: toolVersion, asOf: asOf, policyDigest: policyDigest)
    }

    /// The report.
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        header.write(to: &writer)
        writer.member("precedence", Explanation.precedence)
        writer.objects("records", explanations, Self.write)
        writer.endObject()
        writer.finish()
        return writer.bytes
    }

    private static func write(_ writer: inout JSONWriter, _ explanation: Explanation) {
        writer.member("source", explanation.source)
        writer.member("kind", explanation.kind.name)
        writer.member("id", explanation.id)
        writer.member("place", explanation.place.map { "\($0.file):\($0.line)" })
        writer.objects("clocks", explanation.clocks) { writer, clock in
            writer.member("name", clock.name)
            write(&writer, clock.interval)
            writer.member("origin", clock.origin)
        }
        writer.objects("decisions", zip(explanation.policyNames, explanation.decisions)) { writer, pair in
            writer.member("policy", pair.0)
            writer.member("rule", pair.1.rule.rawValue)
            writer.member("state", pair.1.state.name)
            writer.member("exception", pair.1.exception)
            writer.member("because", pair.1.because)
            writer.object("early", .inline) { write(&$0, pair.1.early) }
            writer.object("late", .inline) { write(&$0, pair.1.late) }
        }
        writer.objects("validations", explanation.validations) { writer, decision in
            writer.member("policy", decision.policy)
            writer.member("validation", decision.validation)
            writer.member("state", decision.state.name)
            writer.member("exception", decision.exception)
            writer.member("because", decision.because)
        }
        writer.object("keepUntil", .inline) { write(&$0, explanation.keepUntil) }
        writer.member("matters", explanation.matters)
        writer.member("keepers", explanation.keepers)
        writer.objects("documents", explanation.rules) { writer, rule in
            writer.member("document", rule.document)
            writer.member("name", rule.name)
            writer.member("outcome", rule.outcome.rawValue)
            writer.member("at", rule.location.description)
            writer.member("condition", rule.condition)
            writer.member("nearMiss", rule.isNearMiss)
            writer.member("part", rule.part)
            writer.member("partAt", rule.partLocation?.description)
            writer.member("effect", rule.effect)
        }
        writer.member("mayGo", explanation.mayGo)
        writer.member("goes", explanation.goes)
        writer.member("blockers", explanation.blockers)
        writer.objects("changes", explanation.changes) { writer, change in
            writer.member("goal", change.goal.rawValue)
            writer.member("steps", change.steps)
        }
    }

    private static func write(_ writer: inout JSONWriter, _ interval: Interval?) {
        writer.member("earliest", interval?.earliest.description)
        writer.member("latest", interval?.latest.description)
    }

    private static func write(_ writer: inout JSONWriter, _ reading: PairDecision.Reading) {
        writer.member("state", reading.state.name)
        writer.member("clock", reading.clock?.description)
        writer.member("deleteAt", reading.deleteAt?.description)
        writer.member("dueAt", reading.dueAt?.description)
        writer.member("overdueAt", reading.overdueAt?.description)
    }
}
