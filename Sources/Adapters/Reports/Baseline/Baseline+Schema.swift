extension Baseline {
    /// The JSON Schema of the file.
    public static var schema: String {
        Form.object([
            "schemaVersion": .constant(schemaVersion).about("The version of this form."),
            "asOf": .instant.about("The as-of instant of the run that made it last."),
            "expiresAt": .instant.orNull.about("The first instant at which it covers nothing any more."),
            "entries": .list(of: entry).about("What it covers, sorted."),
        ]).about("Violations that were there when the rules came: seen in every report, they fail no run.")
            .schema("baseline", version: schemaVersion, title: "Tenure baseline")
    }

    /// One debt, and how often.
    static let entry = Form.object([
        "policy": .text.orNull.about("The policy, or the hold; null for what no document says."),
        "rule": .text,
        "source": .text,
        "kind": .kind,
        "id": .id,
        "count": .integer(atLeast: 1),
    ]).named("entry")
}
