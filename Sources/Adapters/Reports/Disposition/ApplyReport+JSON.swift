internal import Chronology
internal import Disposition
internal import Records

extension ApplyReport {
    /// The report as JSON: every action, in order.
    public var json: [UInt8] {
        JSONWriter.document(Self.schemaVersion, toolVersion: toolVersion) { writer in
            writer.member("plan", report.plan.digest)
            writer.member("executed", report.isExecuting)
            writer.member("end", report.end.code.rawValue)
            writer.gates(report.gates)
            writer.outcomes(report.counts)
            writer.member("calls", report.calls)
            writer.member("synchronizations", report.synchronizations)
            writer.member("remaining", report.remaining)
            writer.residual(report.residual)
            writer.member("probeSearch", report.searchesStores)
            writer.object("searches", .inline) { writer in
                for search in StoreSearch.allCases { writer.member(search.rawValue, report.searchCounts[search] ?? 0) }
            }
            writer.actions(of: report.plan, report.fates, searches: report.searches)
            if let again = report.lookAgain {
                writer.object("lookAgain", .inline) { writer in
                    writer.member("from", again.from?.description)
                    writer.member("until", again.until.description)
                }
            } else {
                writer.member("lookAgain", nil as String?)
            }
            let open = report.openElsewhere.sorted { $0.key < $1.key }
            writer.objects("openElsewhere", open, layout: .inline) { writer, plan in
                writer.member("plan", plan.key)
                writer.member("calls", plan.value)
            }
            writer.member("checkpoint", report.note)
            writer.member("exitCode", Int(exitCode))
        }
    }

    /// The JSON Schema of the form.
    public static var schema: String {
        Form.document(
            schemaVersion,
            [
                "plan": .sha256.about("Of the plan."),
                "executed": .flag.about("Whether anything was called that changes something; else a dry run."),
                "end": .one(of: ExecutionReport.End.Code.allCases.map(\.rawValue)).about("How the run ended."),
                "gates": .list(of: .object(["code": .one(of: Gate.Code.allCases.map(\.rawValue)), "message": .text]))
                    .about("What is still closed."),
                "outcomes": .object(DispositionOutcome.allCases.map(\.rawValue), each: .count)
                    .about("How many calls ended so, those of earlier runs among them."),
                "calls": .count.about("Calls of this run that could change something."),
                "synchronizations": .count.about("How often this run waited for the disk."),
                "remaining": .count.about("Calls of the plan that a later run may still make."),
                "residual": .residual,
                "probeSearch": .flag.about("Whether this run searched stores for what was taken out of them."),
                "searches": .object(StoreSearch.allCases.map(\.rawValue), each: .count)
                    .about(
                        "What searches of stores showed of files that were taken out of them, those of earlier runs among "
                            + "them: how many are not found any more, are found still, or could not be shown to be either."
                    ),
                "actions": .list(
                    of: .object([
                        "number": .integer(atLeast: 1), "verb": .one(of: PlannedAction.Verb.allCases.map(\.rawValue)),
                        "source": .text, "kind": .kind, "id": .text,
                        "outcome": .one(of: DispositionOutcome.allCases.map(\.rawValue)).orNull
                            .about("Null where it was not begun."),
                        "because": .text.about("The reason, in one line."),
                        "search": .search,
                    ])
                ).about("Every call of the plan, in order."),
                "lookAgain": .object([
                    "from": .instant.orNull.about(
                        "When a run should read them back; null where the plan expires before."),
                    "until": .instant.about("When the plan expires: from then on a run only looks."),
                ]).orNull.about(
                    "For calls that are pending-verification or unknown: when to look again; null where there are none."
                ),
                "openElsewhere": .list(of: .object(["plan": .sha256, "calls": .integer(atLeast: 1)])).about(
                    "Calls of other plans that the log has as begun, without an outcome."),
                "checkpoint": .text.orNull.about("The audit log's signed note after the run; null without a log."),
                "exitCode": .one(of: [0, 3, 4, 5]),
            ]
        ).about("What an execution of a plan came to.")
            .schema("apply", version: schemaVersion, title: "Tenure execution report")
    }
}
