internal import Evaluation

extension ExplanationReport {
    /// The JSON Schema of the form.
    public static var schema: String {
        ReportHeader.form(
            schemaVersion,
            [
                "precedence": .text.about("What outranks what."),
                "records": .list(of: record),
            ]
        ).about("Everything that led to the decisions about the records of one id. Null is what does not apply.")
            .schema("explain", version: schemaVersion, title: "Tenure explanation")
    }

    private static let record = Form.object([
        "source": .text,
        "kind": .kind,
        "id": .text,
        "place": .text.orNull.about("The file and line that it was read from."),
        "clocks": .list(of: clock),
        "decisions": .list(of: decision),
        "validations": .list(of: validation),
        "keepUntil": .object(ends),
        "matters": .texts,
        "keepers": .list(of: keeper).about("What makes keepUntil and matters what they are, each with its path."),
        "documents": .list(of: document),
        "losses": .texts.about("Why it should not be gone, a sentence for each document; empty where it is there."),
        "mayGo": .flag,
        "goes": .flag.about("By itself, or with what contains it."),
        "blockers": .list(of: blocker).about("What stops its deletion."),
        "changes": .list(of: change),
    ]).named("record")

    private static let ends: KeyValuePairs<String, Form> = ["earliest": .end.orNull, "latest": .end.orNull]

    private static let clock = Form.object(["name": .text]).adding(ends)
        .adding(["origin": .text.about("Where it comes from.")])

    private static let decision = Form.object([
        "policy": .text,
        "rule": .text,
        "state": .state,
        "exception": exception,
        "because": .text,
        "early": reading.about("With everything as early as it can be."),
        "late": reading.about("With everything as late as it can be."),
    ])

    private static let reading = Form.object([
        "state": .state,
        "clock": .end.orNull,
        "deleteAt": .end.orNull,
        "dueAt": .end.orNull,
        "overdueAt": .end.orNull,
    ]).named("reading")

    private static let validation = Form.object([
        "policy": .text, "validation": .text, "state": .state, "exception": exception, "because": .text,
    ])

    private static let document = Form.object([
        "document": .one(of: ["policy", "access policy", "hold", "exception"]),
        "name": .text,
        "outcome": .one(of: ["matches", "undecided", "differs"]),
        "at": .text.about("file:line:column of the document."),
        "condition": .text.orNull.about("The first part of the match that fails."),
        "nearMiss": .flag.about("Whether nothing else fails."),
        "part": .text.orNull.about("The part of where that fails, as it is written."),
        "partAt": .text.orNull.about("file:line:column of that part."),
        "effect": .text.orNull,
        "inForce": .flag.about("False for a hold or an exception that has ended, or not begun."),
        "obligation": .object(["matter": .flag]).adding(ends).orNull.about(
            "What the document by itself obliges to, where it matches or may: a matter, or until when."),
        "exception": .exception.orNull.about("The document, where it is an exception."),
    ])

    private static let name: KeyValuePairs<String, Form> = ["source": .text, "kind": .kind, "id": .text]

    private static let keeper = Form.object([
        "document": .one(of: Explanation.Keeper.Document.allCases.map(\.rawValue)),
        "name": .text,
        "end": .one(of: Explanation.Keeper.End.allCases.map(\.rawValue)).about(
            "At which end of keepUntil it stands; a matter stands at both."),
        "until": .end.orNull.about("Null for a matter, which has no end before it is released."),
        "path": .list(of: step).about(
            "From this record to the one on which the document lies; empty where that is this record."),
        "text": .text,
    ]).named("keeper")

    private static let step = Form.object([
        "edge": .one(of: Explanation.Step.Edge.allCases.map(\.rawValue)).about(
            "What the record before this one is to it: contained by it, used by it, or what contains it.")
    ]).adding(name).named("step")

    private static let blocker = Form.object([
        "reason": .one(of: Explanation.Blocker.Reason.allCases.map(\.rawValue)),
        "record": .object(name).orNull.about("The record in it of which this is so; null for the record itself."),
        "policy": .text.orNull,
        "state": .state.orNull.about("What the policy says."),
        "kinds": .list(of: .kind).about("Kinds that were not read to their end."),
        "text": .text,
    ]).named("blocker")

    private static let edit = Form.object([
        "action": .one(of: Explanation.Edit.Action.allCases.map(\.rawValue)),
        "document": .text.orNull.about("The document's kind."),
        "name": .text.orNull.about("The document's name, or the source to read."),
        "field": .text.orNull,
        "from": .text.orNull,
        "to": .text.orNull,
        "kinds": .list(of: .kind).about("Kinds to read to their end."),
        "text": .text,
    ]).named("edit")

    private static let exception = Form.exception.orNull.about("The live exception that covers the record.")

    private static let change = Form.object([
        "goal": .one(of: Explanation.Change.Goal.allCases.map(\.rawValue)),
        "steps": .list(of: edit).about("All of them together were tried, and do it."),
    ])
}
