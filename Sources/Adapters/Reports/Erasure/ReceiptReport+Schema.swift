internal import Disposition

extension ReceiptReport {
    /// The JSON Schema of the form.
    public static var schema: String {
        Form.document(
            schemaVersion,
            [
                "request": .text.about("The name of the request."),
                "person": .person, "regulation": .regulation, "received": .day, "answer": .due, "made": .instant,
                "asked": .list(of: .object(["form": .text, "identities": .count])),
                "plans": .list(of: .sha256).about(
                    "Of the plans that were executed, and of the one that was made last."),
                "found": .count.about("Records that all plans of the request found to be theirs."),
                "dispositions": .list(of: disposition).about("What was to be deleted, in the order of the plans."),
                "residual": .residual,
                "kept": .list(
                    of: .object([
                        "source": .text, "kind": .kind, "id": .text,
                        "grounds": .list(of: .object(["ground": .ground, "article": .text, "until": .end.orNull])),
                    ])
                ).about("What the law keeps."),
                "lookedAtByAPerson": .count, "everythingCouldBeLookedAt": .flag,
                "notReadToTheEnd": .unread, "notLookedInto": .blindSpots,
                "caveat": .text,
                "proof": .object([
                    "logKey": .text.about("The verifier key of the log."),
                    "opening": .object(["salt": .text, "detail": .text]).about(
                        "What the entry about this receipt hides."),
                    "seal": evidence.orNull.about("The entry about this receipt."),
                ]),
            ]
        ).about("What a person is told at the end.")
            .schema("receipt", version: schemaVersion, title: "Tenure erasure receipt")
    }

    private static let disposition = Form.object([
        "plan": .sha256, "number": .integer(atLeast: 1), "source": .text, "kind": .kind, "id": .text,
        "with": .list(of: .object(["kind": .kind, "id": .text])).about("What went with it."),
        "outcome": .one(of: DispositionOutcome.allCases.map(\.rawValue)).orNull,
        "search": .search,
        "at": .instant.orNull,
        "latestRemoval": .day.orNull.about("The last day on which its provider may still have it."),
        "evidence": evidence.orNull.about("The entry of the log that says so."),
    ])

    private static let evidence = Form.object([
        "index": .count, "line": .text.about("The entry, byte for byte."),
        "proof": .text.about("The proof, in C2SP's tlog-proof form."),
    ]).named("evidence")
}
