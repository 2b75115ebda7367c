internal import Evaluation

extension HoldingsReport {
    /// The JSON Schema of the JSON form.
    public static var schema: String {
        form.about("What is there, and what hangs on surfaces that are gone. Null is what does not apply.")
            .schema("inventory", version: schemaVersion, title: "Tenure inventory")
    }

    private static let form = ReportHeader.form(
        schemaVersion,
        [
            "records": .count,
            "holdings": .list(of: holding).about("Every combination of source, kind, owner and tenant that occurs."),
            "migration": migration,
            "incomplete": .incomplete,
            "exitCode": .one(of: [0, 3]),
        ])

    private static let holder = Form.text("^([ot]-[0-9a-f]{16}|undecided)$").orNull

    private static let holding = Form.object([
        "source": .text, "kind": .kind,
        "owner": holder.about("A token for the owner; null where there is none."),
        "tenant": holder.about("A token for the tenant; null where there is none."),
        "amount": .amount,
        "tokens": .count.about("The tokens that they took, as far as that is known."),
        "ages": Form.object(AgeBand.allCases.map(\.name), each: .count)
            .about("Records by their age in days of 24 hours since they were created: each band up to its own."),
    ])

    private static let migration = Form.object([
        "ending": .list(
            of: .object([
                "kind": .kind, "ends": day, "amount": .amount, "successor": .text, "becomes": Form.kind.orNull,
                "gaps": .texts.about("What has no successor, or needs a hand."),
            ])
        ).about("Kinds whose surface a provider took away."),
        "tools": .list(
            of: .object([
                "tool": .text, "records": .count.about("Records of kinds that end which have it."), "successor": .text,
                "gap": .text,
            ])),
        "remaining": .list(of: .object(["kind": .kind, "amount": .amount])).about(
            "What nothing uses but records of kinds that end, and what has a surface of its own that stays."),
        "promptsEnd": day.about("The day from which prompt objects are gone, the first successor of assistants."),
        "clock": .text.about("What a moved conversation must keep."),
    ])

    private static let day = Form.text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
}
