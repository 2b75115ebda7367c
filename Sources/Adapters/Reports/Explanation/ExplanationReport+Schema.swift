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
        "keepers": .texts.about("What keeps it, each with its path."),
        "documents": .list(of: document),
        "mayGo": .flag,
        "goes": .flag.about("By itself, or with what contains it."),
        "blockers": .texts,
        "changes": .list(of: change),
    ]).named("record")

    private static let ends: KeyValuePairs<String, Form> = ["earliest": .end.orNull, "latest": .end.orNull]

    private static let clock = Form.object(["name": .text]).adding(ends)
        .adding(["origin": .text.about("Where it comes from.")])

    private static let decision = Form.object([
        "policy": .text,
        "rule": .text,
        "state": .state,
        "exception": .text.orNull,
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
        "policy": .text, "validation": .text, "state": .state, "exception": .text.orNull, "because": .text,
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
    ])

    private static let change = Form.object([
        "goal": .one(of: ["free", "protect"]),
        "steps": .texts.about("All of them together were tried, and do it."),
    ])
}
