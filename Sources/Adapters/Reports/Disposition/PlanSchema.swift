internal import Disposition
internal import Records

/// The JSON Schema of the file that `tenure plan make` writes.
public enum PlanSchema {
    /// The schema, with a line feed at its end.
    public static var text: String {
        Form.object([
            "plan": body,
            "sha256": .sha256.about("Of the body, byte by byte as it stands: what is approved and executed."),
        ]).about(
            "What would be deleted, call by call, and what stays. The file is canonical (RFC 8785): another spelling of it is no plan."
        ).schema("plan", version: PlanWriter.schemaVersion, title: "Tenure deletion plan")
    }

    private static let body = Form.object([
        "actions": .list(of: .either(due, part, clearing).named("action")).about("Every call, in order."),
        "approvals": .list(of: demand).about("Who must approve it, by policy; who asked for it never counts."),
        "asOf": .instant.about("When it was made: for this instant everything was decided."),
        "digests": .object([
            "holds": .sha256.about("Of the holds and their register."),
            "policies": .sha256.about("Of all policy documents."),
            "scan": .sha256.about("Of the complete report of the scan."),
        ]).about("What it is bound to: where one is another, the plan is void."),
        "expires": .instant.about("From then on it cannot be executed."),
        "limits": .list(of: limit).about("What goes under each policy that asks for deletions."),
        "places": .list(of: place).about("The sources, by name."),
        "request": request.orNull.about("The privacy request that asks for it; null where policies do."),
        "requester": .text.about("Who asked for it; that person's approval does not count."),
        "reviews": .list(of: review).about("What people decided about records that policies have reviewed."),
        "schemaVersion": .constant(PlanWriter.schemaVersion).about("The version of this form."),
        "staying": .list(of: staying).about("What should go and stays, by source, kind and id."),
        "tool": .object(["name": .constant("tenure"), "version": .text]),
    ]).named("plan")

    private static let name = Form.object(["id": .text, "kind": .kind]).named("name")

    /// What every call has, and the one member that says why it is there.
    private static func action(_ why: KeyValuePairs<String, Form>) -> Form {
        Form.object([
            "facts": facts,
            "id": .text,
            "kind": .kind,
            "number": .integer(atLeast: 1).about("Its place in the order."),
            "source": .text,
            "verb": .one(of: PlannedAction.Verb.allCases.map(\.rawValue)),
            "with": .list(of: name).about("What goes with it without a call of its own."),
        ]).adding(why)
    }

    private static let due = action([
        "because": .list(
            of: .object([
                "policy": .text.about("A policy's name, or that of a privacy request behind request:."),
                "rule": .one(of: ["atMost", "erasure"]), "state": .one(of: ["due", "overdue"]),
            ])
        ).about("The rules that ask for it; none where what contains it is what they ask for.")
    ])

    private static let part = action(["partOf": name.about("What it is a part of, which goes too.")])

    private static let clearing = action(["toClear": name.about("What could not go before this call.")])

    private static let facts = Form.object([
        "container": .text.orNull.about("The id of what contains it."),
        "created": .end,
        "keepUntil": .end.orNull.about("Until when it had to exist."),
        "lastActivity": .end,
        "status": .text.orNull,
    ]).about("What was true of it when the plan was made, and must be when its turn comes. Late ends.").named("facts")

    private static let limit = Form.object([
        "asked": .count.about("How many of the records that the policy matches go because it asks for it."),
        "exceeded": .flag,
        "matched": .count,
        "mostPerSubject": .count.orNull.about("The most records of one subject that may go."),
        "mostPercent": .count.orNull.about("The most percent of what it matches that may go."),
        "mostRecords": .count.orNull.about("The most records that may go."),
        "perSubject": .count.about(
            "How many of the records are of the one subject of which most are; 0 where nothing limits it."),
        "policy": .text,
        "records": .count.about("How many go because it asks for it, with all that they contain."),
    ]).named("limit")

    private static let demand = Form.object([
        "count": .integer(atLeast: 1).about("How many different people."),
        "from": .list(of: .text).about("The names of those who can; none for every signer."),
        "policy": .text,
    ]).named("approvals")

    private static let review = Form.object([
        "list": .object([
            "asOf": .instant, "expires": .end.about("From then on its decisions no longer count."),
            "records": .list(of: decision), "requester": .text.about("Who asked for it; that approval does not count."),
            "schemaVersion": .constant(ReviewList.schemaVersion),
        ]).about("The list as people signed it: its canonical form is that from which the digest is made."),
        "signatures": .list(
            of: .object(["name": .text, "signature": .text.about("Ed25519, Base64, as tenure approve wrote it.")])
        ).about("Of those who approved it; they are verified again when the plan is executed."),
    ]).named("review")

    private static let decision = Form.object([
        "decision": .one(of: ["keep", "release"]).orNull.about("What people decided; null for nothing."),
        "id": .text, "kind": .kind, "lastActivity": .end.about("What is newer than that was not reviewed."),
        "policy": .text, "source": .text, "state": .one(of: ["due", "overdue"]),
        "until": .text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$").orNull.about("The last day, in UTC, on which it stays."),
    ]).named("decision")

    private static let place = Form.object([
        "account": .text.orNull.about(
            "A digest of whose account the credential opens; null where the place says nothing."),
        "address": .text.orNull.about("What is called; null for a copy, which has nothing to call."),
        "name": .text,
        "type": .text,
    ]).named("place")

    private static let request = Form.object([
        "name": .text,
        "regulation": .one(of: Regulation.allCases.map(\.rawValue)),
        "token": .text.about("What logs call the person."),
    ]).named("request")

    private static let ground = Form.object([
        "document": .text.about("The name of the hold or the policy."),
        "ground": .one(of: Ground.allCases.map(\.rawValue)),
        "until": .end.orNull.about("Until when; null while a matter is open."),
    ]).named("ground")

    private static let staying = Form.object([
        "grounds": .list(of: ground).about("Why the law lets it be kept against a privacy request; none elsewhere."),
        "id": .text,
        "kind": .kind,
        "reasons": .list(of: .one(of: StayingRecord.Reason.allCases.map(\.rawValue))),
        "source": .text,
    ]).named("staying")
}
