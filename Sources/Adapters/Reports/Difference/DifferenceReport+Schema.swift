internal import Evaluation
internal import Policies

extension DifferenceReport {
    /// The JSON Schema of the JSON form.
    public static var schema: String {
        form.about("What a change of documents comes to, and what it does to records. Null is what does not apply.")
            .schema("diff", version: schemaVersion, title: "Tenure difference")
    }

    private static let form = ReportHeader.form(
        schemaVersion,
        [
            "against": side.about("The old side."),
            "policies": side.about("The new side."),
            "documents": .list(of: document).about("Documents that say something else, by kind and name."),
            "data": data.orNull.about("What the records say; null where only documents were compared."),
            "exitCode": .one(of: [0, 3, 4]),
        ])

    private static let side = Form.object([
        "name": .text.about("The directory or revision, as it was named."),
        "revision": .text.orNull.about("The commit's id, where it is one."),
        "policyDigest": .text.about("Empty where there are no documents."),
    ]).named("side")

    private static let document = Form.object([
        "kind": .text,
        "name": .text,
        "change": .one(of: DocumentDifference.Change.allCases.map(\.rawValue)),
        "fields": .list(
            of: .object([
                "path": .text,
                "from": .text.orNull.about("JSON, with defaults spelt out."),
                "to": .text.orNull,
            ])),
        "effects": .list(of: .one(of: RuleEffect.allCases.map(\.rawValue))),
    ])

    private static let change = Form.one(of: Standing.Change.allCases.map(\.name)).named("change")
    private static let tenant = Form.text.orNull.about(
        "A token that stands for the tenant's name; undecided where readings differ.")

    private static let exception = Form.exception.orNull.about("What the document is, where it is an exception.")

    private static let data = Form.object([
        "records": .count,
        "changes": .list(of: .object(["change": change, "newly": .amount, "noLonger": .amount]))
            .about("All records together."),
        "groups": .list(
            of: .object([
                "change": change,
                "documentKind": .text.orNull,
                "document": .text.orNull,
                "exception": exception,
                "tenant": tenant,
                "newly": .amount,
            ])
        ).about("What is newly true, by document and tenant. A record counts for each document."),
        "list": .list(of: record).about("Every record that changes, by source, kind and id."),
        "gates": .list(of: gate),
        "incomplete": .incomplete,
    ])

    private static let record = Form.object([
        "source": .text,
        "kind": .kind,
        "id": .id,
        "tenant": tenant,
        "bytes": .integer.orNull,
        "created": .instant.orNull.about("Null where it is not known exactly."),
        "newly": .list(of: change),
        "noLonger": .list(of: change),
        "because": .list(
            of: .object(["change": change, "documentKind": .text, "document": .text, "exception": exception])),
    ])

    private static let gate = Form.object([
        "option": .text,
        "limit": .text,
        "excesses": .list(
            of: .object(["policy": .text.orNull, "records": .count, "matched": .integer.orNull])),
    ])
}
