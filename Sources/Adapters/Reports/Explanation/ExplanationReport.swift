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
            writer.exception(pair.1.exception)
            writer.member("because", pair.1.because)
            writer.object("early", .inline) { write(&$0, pair.1.early) }
            writer.object("late", .inline) { write(&$0, pair.1.late) }
        }
        writer.objects("validations", explanation.validations) { writer, decision in
            writer.member("policy", decision.policy)
            writer.member("validation", decision.validation)
            writer.member("state", decision.state.name)
            writer.exception(decision.exception)
            writer.member("because", decision.because)
        }
        writer.object("keepUntil", .inline) { write(&$0, explanation.keepUntil) }
        writer.member("matters", explanation.matters)
        writer.objects("keepers", explanation.keepers) { writer, keeper in
            writer.member("document", keeper.document.rawValue)
            writer.member("name", keeper.name)
            writer.member("end", keeper.end.rawValue)
            writer.member("until", keeper.until?.description)
            writer.objects("path", keeper.path, layout: .inline) { writer, step in
                writer.member("edge", step.edge.rawValue)
                write(step.record, to: &writer)
            }
            writer.member("text", keeper.text)
        }
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
            writer.member("inForce", rule.isInForce)
            if let obligation = rule.obligation {
                writer.object("obligation", .inline) { writer in
                    writer.member("matter", obligation.isMatter)
                    write(&writer, obligation.until)
                }
            } else {
                writer.member("obligation", nil as String?)
            }
            writer.exception(rule.exception)
        }
        writer.member("losses", explanation.losses)
        writer.member("mayGo", explanation.mayGo)
        writer.member("goes", explanation.goes)
        writer.objects("blockers", explanation.blockers) { writer, blocker in
            writer.member("reason", blocker.reason.rawValue)
            if let record = blocker.record {
                writer.object("record", .inline) { write(record, to: &$0) }
            } else {
                writer.member("record", nil as String?)
            }
            writer.member("policy", blocker.policy)
            writer.member("state", blocker.state?.name)
            writer.member("kinds", blocker.kinds.map(\.name))
            writer.member("text", blocker.text)
        }
        writer.objects("changes", explanation.changes) { writer, change in
            writer.member("goal", change.goal.rawValue)
            writer.objects("steps", change.steps, layout: .inline) { writer, edit in
                writer.member("action", edit.action.rawValue)
                writer.member("document", edit.document)
                writer.member("name", edit.name)
                writer.member("field", edit.field)
                writer.member("from", edit.from)
                writer.member("to", edit.to)
                writer.member("kinds", edit.kinds.map(\.name))
                writer.member("text", edit.text)
            }
        }
    }

    private static func write(_ record: Explanation.RecordName, to writer: inout JSONWriter) {
        writer.member("source", record.source)
        writer.member("kind", record.kind.name)
        writer.member("id", record.id)
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
