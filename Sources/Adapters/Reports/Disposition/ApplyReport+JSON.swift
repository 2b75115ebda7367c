internal import Disposition
internal import Records

extension ApplyReport {
    /// The report as JSON: every action, in order.
    public var json: [UInt8] {
        JSONWriter.document(Self.schemaVersion, toolVersion: toolVersion) { writer in
            writer.member("plan", report.plan.digest)
            writer.member("executed", report.isExecuting)
            writer.member("end", report.end.code.rawValue)
            writer.objects("gates", report.gates, layout: .inline) { writer, gate in
                writer.member("code", gate.code.rawValue)
                writer.member("message", gate.description)
            }
            writer.object("outcomes", .inline) { outcomes in
                let counts = report.counts
                for outcome in DispositionOutcome.allCases { outcomes.member(outcome.rawValue, counts[outcome] ?? 0) }
            }
            writer.member("calls", report.calls)
            writer.member("synchronizations", report.synchronizations)
            writer.member("remaining", report.remaining)
            writer.objects("actions", report.fates.indices, layout: .inline) { writer, index in
                let action = report.plan.actions[index]
                writer.member("number", index + 1)
                writer.member("verb", action.verb.rawValue)
                writer.member("source", action.source)
                writer.member("kind", action.name.kind.name)
                writer.member("id", action.name.id)
                Self.write(report.fates[index], to: &writer)
            }
            writer.member("checkpoint", report.note)
            writer.member("exitCode", Int(exitCode))
        }
    }

    private static func write(_ fate: ExecutionReport.Fate, to writer: inout JSONWriter) {
        let words: (outcome: String?, because: String?) =
            switch fate {
            case .ended(let ending): (ending.outcome.rawValue, ending.words)
            case .earlier(let outcome): (outcome.rawValue, "an earlier run did it")
            case .wouldBeCalled: (nil, "it would be called")
            case .notReached: (nil, "the run was over before")
            }
        writer.member("outcome", words.outcome)
        writer.member("because", words.because)
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
                "actions": .list(
                    of: .object([
                        "number": .integer(atLeast: 1), "verb": .one(of: PlannedAction.Verb.allCases.map(\.rawValue)),
                        "source": .text, "kind": .kind, "id": .text,
                        "outcome": .one(of: DispositionOutcome.allCases.map(\.rawValue)).orNull
                            .about("Null where it was not begun."),
                        "because": .text.about("The reason, in one line."),
                    ])
                ).about("Every call of the plan, in order."),
                "checkpoint": .text.orNull.about("The audit log's signed note after the run; null without a log."),
                "exitCode": .one(of: [0, 3, 4, 5]),
            ]
        ).about("What an execution of a plan came to.")
            .schema("apply", version: schemaVersion, title: "Tenure execution report")
    }
}
