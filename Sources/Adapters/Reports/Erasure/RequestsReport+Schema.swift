internal import Disposition

extension RequestsReport {
    /// The JSON Schema of the form.
    public static var schema: String {
        Form.document(
            schemaVersion,
            [
                "today": .day.about("The day on which somebody asks."),
                "requests": .list(of: request).about("The most urgent first."),
            ]
        ).about("Privacy requests, and how far each is.")
            .schema("requests", version: schemaVersion, title: "Tenure privacy requests")
    }

    private static let request = Form.object([
        "name": .text, "regulation": .regulation, "person": .person, "received": .day,
        "confirmBy": .day.orNull.about("By when the receipt is confirmed; null where no law asks for it."),
        "answerBy": .day, "rule": .text.about("How that day was found."),
        "answered": .instant.orNull.about(
            "When the person could be told first what became of it; null where it waits."),
        "late": .flag.about("Whether it waits for its answer, and its last day is over."),
        "status": .one(of: KeptRequest.Status.allCases.map(\.rawValue)),
        "ended": .texts.orNull.about(
            "The holds among what keeps something that have ended; null where nothing is kept, or nobody can say."),
        "runAgain": .flag.orNull.about("Whether something that was kept may be free by now; null as `ended`."),
        "events": .list(of: event).about("What was done about it, the first first."),
    ])

    private static let event = Form.object([
        "at": .instant, "step": .one(of: KeptRequest.Step.allCases.map(\.rawValue)), "plan": .sha256,
        "gone": .count.about("Records that go, or are gone."), "kept": .count.about("Records that the law keeps."),
        "review": .count.about("Records that a person has to look at."),
        "keepers": .texts.about("Matters and policies that keep something."),
        "freeFrom": .end.orNull.about("From when one that is kept is free by itself."),
        "complete": .flag.about("Whether everything could be looked at."),
        "by": .text.orNull.about("Who decided that what a person had to look at stays."),
    ])
}
