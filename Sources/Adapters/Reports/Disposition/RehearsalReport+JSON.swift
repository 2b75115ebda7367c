internal import Disposition
internal import Evaluation
internal import Records

extension RehearsalReport {
    /// The report as JSON: every action, in order.
    public var json: [UInt8] {
        var writer = JSONWriter()
        let comparison = rehearsal.comparison
        writer.beginObject(.lines)
        header.write(to: &writer)
        writer.member("plan", rehearsal.plan.digest)
        if let faults {
            writer.object("faults", .inline) { writer in
                writer.member("seed", String(faults.seed))
                writer.object("percent", .inline) { percents in
                    for (name, percent) in faults.percentages { percents.member(name, percent) }
                }
            }
        } else {
            writer.key("faults")
            writer.null()
        }
        writer.member("retired", retired)
        writer.outcomes(rehearsal.runs.last?.counts ?? [:])
        writer.actions(of: rehearsal.plan, rehearsal.fates)
        names("unplanned", comparison.unplanned, &writer)
        names("changed", comparison.changed, &writer)
        numbers("falselyGone", comparison.falselyGone, &writer)
        numbers("notInEstate", comparison.absentBefore, &writer)
        numbers("changedInEstate", changedBefore, &writer)
        names("leftovers", comparison.leftovers, &writer)
        writer.objects("buried", buried, layout: .inline) { writer, entry in
            writer.member("kind", entry.kind.name)
            writer.member("records", entry.count)
        }
        writer.objects("stillDue", rehearsal.remaining, layout: .inline) { writer, remaining in
            Self.write(remaining.record, to: &writer)
            writer.member("reasons", remaining.reasons.map(\.code))
        }
        writer.reasons(rehearsal.incomplete.map { ($0.source, $0.message) })
        writer.objects("runs", rehearsal.runs, layout: .inline) { writer, run in
            writer.member("end", run.end.code.rawValue)
            writer.member("calls", run.calls)
            writer.member("done", run.doneCount)
            writer.member("closed", run.gates.map(\.code.rawValue))
        }
        writer.member("calls", rehearsal.calls)
        writer.object("waitSeconds", .inline) { writer in
            writer.member("limits", Self.seconds(rehearsal.waitedForLimits))
            writer.member("readBack", Self.seconds(rehearsal.waitedForReadBack))
        }
        writer.gates(rehearsal.gates)
        writer.member("notChecked", Self.notChecked)
        writer.member("exitCode", Int(exitCode))
        writer.endObject()
        writer.finish()
        return writer.bytes
    }

    private static let notChecked = [Gate.Code.otherAccount, .clockSkew].map(\.rawValue)

    private static let gate = Form.one(of: Gate.Code.allCases.map(\.rawValue)).named("gate")

    private func names(_ name: String, _ records: [EstateState.Name], _ writer: inout JSONWriter) {
        writer.objects(name, records, layout: .inline) { Self.write($1, to: &$0) }
    }

    private static func write(_ record: EstateState.Name, to writer: inout JSONWriter) {
        writer.member("source", record.source)
        writer.member("kind", record.name.kind.name)
        writer.member("id", record.name.id)
    }

    /// Actions, by their numbers in the plan.
    private func numbers(_ name: String, _ actions: [Int], _ writer: inout JSONWriter) {
        writer.key(name)
        writer.beginArray()
        for index in actions { writer.integer(index + 1) }
        writer.endArray()
    }

    /// The JSON Schema of the form.
    public static var schema: String {
        ReportHeader.form(
            schemaVersion,
            [
                "plan": .sha256.about("Of the plan."),
                "faults": .object([
                    "seed": .text("^[0-9]+$"), "percent": .map(.text, to: .count).about("How often each goes wrong."),
                ]).orNull.about("What went wrong on purpose; null for nothing."),
                "retired": .texts.about("The parts that the services did not have."),
                "outcomes": .object(DispositionOutcome.allCases.map(\.rawValue), each: .count).about(
                    "How many actions came to each, in the end."),
                "actions": .list(of: action).about("Every action, in the plan's order."),
                "unplanned": .list(of: record).about("What went though the plan does not say so."),
                "changed": .list(of: record).about("What is another than before though the plan does not name it."),
                "falselyGone": .list(of: number).about("Actions whose records were called gone and are there."),
                "notInEstate": .list(of: number).about("Actions whose records were not there to begin with."),
                "changedInEstate": .list(of: number).about("Actions whose records the estate has otherwise."),
                "leftovers": .list(of: record).about("What is there and should have gone with what held it."),
                "buried": .list(of: .object(["kind": .kind, "records": .count])).about(
                    "What shallow deletions left where no call leads."),
                "stillDue": .list(
                    of: record.adding([
                        "reasons": .list(of: .one(of: RemainingRecord.Reason.all.map(\.code)))
                    ])
                ).about("What should go and would be there after it, by source, kind and id."),
                "incomplete": .incomplete.about("Why more may be there than the last scan saw."),
                "runs": .list(
                    of: .object([
                        "end": .one(of: ExecutionReport.End.Code.allCases.map(\.rawValue)), "calls": .count,
                        "done": .count.about("Actions, those of earlier runs included."),
                        "closed": .list(of: gate).about("Gates that were closed in the rehearsal itself."),
                    ])
                ).about("Each time that it was begun."),
                "calls": .count.about("In all runs."),
                "waitSeconds": .object([
                    "limits": .count.about("For the service's limits and failures."),
                    "readBack": .count.about("For what was done to show."),
                ]).about("How long a real service would have been waited for, in seconds."),
                "gates": .list(of: .object(["code": gate, "message": .text])).about(
                    "What is closed to an execution for real. None of it stopped the rehearsal."),
                "notChecked": .list(of: gate).about("Gates that only the real service can tell of."),
                "exitCode": .one(of: [0, 1, 3, 5]),
            ]
        ).about("What a plan would do, as far as a twin of its places shows it. No real service was called.")
            .schema("rehearsal", version: schemaVersion, title: "Tenure rehearsal report")
    }

    private static let number = Form.integer(atLeast: 1)

    private static let record = Form.object(["source": .text, "kind": .kind, "id": .text])

    private static let action = Form.object([
        "number": number, "verb": .one(of: PlannedAction.Verb.allCases.map(\.rawValue)), "source": .text,
        "kind": .kind, "id": .text,
        "outcome": .one(of: DispositionOutcome.allCases.map(\.rawValue)).orNull.about("Null where it was not reached."),
        "because": .text,
    ])
}
