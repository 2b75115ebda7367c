internal import Disposition
internal import Records

extension ErasureReport {
    /// The JSON Schema of the form.
    public static var schema: String {
        Form.document(
            schemaVersion,
            [
                "request": .text.about("The name of the request."),
                "regulation": .regulation, "person": .person, "received": .day, "confirm": .due.orNull,
                "answer": .due,
                "plan": .object(["file": .text, "sha256": .sha256, "expires": .instant]),
                "goes": .list(of: record).about("What is theirs and would go, with what goes along."),
                "kept": .list(
                    of: record.adding([
                        "grounds": .list(
                            of: .object(["ground": .ground, "article": .text, "document": .text, "until": .end.orNull]))
                    ])
                ).about("What the law keeps."),
                "review": .list(of: record.adding(["reason": .text])).about("What a person has to look at."),
                "reviewList": .sha256.orNull.about("Of what a person has to look at: erase settle names it."),
                "reviewSettled": .flag.about("Whether nobody has to look at anything any more."),
                "irreversibleDerivatives": .list(of: .object(["source": .text, "kind": .kind, "id": .text])).about(
                    "Files of theirs that models may have been trained on: these keep what they learned."),
                "notReadToTheEnd": .unread,
                "ownerless": .list(of: .object(["source": .text, "kind": .kind, "records": .count])).about(
                    "Records that name nobody, and may be anybody's."),
                "unsearchable": .list(of: .object(["form": .text, "identities": .count])).about(
                    "Identities in forms that nobody can look for."),
                "notLookedInto": .blindSpots,
                "closedGates": .texts.about("What must be opened before it is executed."),
            ]
        ).about("What is theirs who asks to be forgotten, and what would become of it.")
            .schema("erasure", version: schemaVersion, title: "Tenure erasure report")
    }

    private static let record = Form.object([
        "source": .text, "kind": .kind, "id": .text,
        "path": .list(of: .either(named, reached).named("step")).about("How it was found, from the first record on."),
    ])

    private static let named = Form.object([
        "source": .text, "kind": .kind, "id": .text,
        "names": .text.about("The field that names the person."),
        "form": .one(of: Identity.Form.allCases.map(\.rawValue)),
    ])

    private static let reached = Form.object([
        "source": .text, "kind": .kind, "id": .text,
        "link": .one(of: FoundRecord.Link.allCases.map(\.rawValue)),
    ])
}
