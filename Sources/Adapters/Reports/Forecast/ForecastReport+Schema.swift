internal import Evaluation

extension ForecastReport {
    /// The JSON Schema of the JSON form.
    public static var schema: String {
        form.about("What becomes due when, if nothing happens to the records. Null is what does not apply.")
            .schema("forecast", version: schemaVersion, title: "Tenure forecast")
    }

    private static let form = ReportHeader.form(
        schemaVersion,
        [
            "steps": .list(of: step).about("The instants, ascending: the as-of, each step after it, and the end."),
            "exitCode": .one(of: [0, 3]),
        ])

    private static let step = Form.object([
        "asOf": .instant,
        "records": .count,
        "mayGo": .count.about("Records that may be deleted then."),
        "all": .object(amounts).about("Under policies in force, each record once."),
        "states": .states.about("The counts of a scan at that instant."),
        "policies": .list(of: policy),
        "incomplete": .incomplete,
    ])

    private static let policy = Form.object([
        "policy": .text, "severity": .severity, "mode": .mode, "matched": .count,
    ]).adding(amounts).adding(["states": .states])

    private static let amounts: KeyValuePairs<String, Form> = [
        "due": .amount, "overdue": .amount, "newlyDue": .amount, "mayGo": .amount,
    ]
}
