internal import Chronology
internal import Evaluation
internal import Policies
internal import Records

/// Forms that several reports have in them.
extension Form {
    static let instant = text(
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?Z$"
    ).named("instant")

    /// What `Moment` is written as.
    static let end = either(instant, constant("\(Moment.beginning)"), constant("\(Moment.unbounded)"))
        .about("An instant, or the word for an end that is open.").named("end")

    /// A whole output, or a file: its version, the program that made it, and these members behind them.
    static func document(_ schemaVersion: String, _ members: KeyValuePairs<String, Form>) -> Form {
        object([
            "schemaVersion": .constant(schemaVersion).about("The version of this form."),
            "tool": .object(["name": .constant("tenure"), "version": .text]).about("The program that made it."),
        ]).adding(members)
    }

    static let sha256 = text("^[0-9a-f]{64}$").named("digest")
    static let day = text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$").named("day")
    static let count = integer(atLeast: 0).named("count")
    static let texts = list(of: text)
    static let kind = one(of: Kind.allCases.map(\.name)).named("kind")
    static let severity = one(of: Severity.allCases.map(\.name)).named("severity")
    static let state = one(of: State.allCases.map(\.name)).named("state")
    static let mode = one(of: RetentionPolicy.Mode.allCases.map(\.rawValue))
    static let id = text.about("The provider's own id, or a token where redacted.")

    /// How many pairs of record and policy are in each state.
    static let states = object(State.allCases.map(\.name), each: count)
        .about("How many pairs of record and policy are in each state.").named("states")

    /// How much a set of records comes to.
    static let amount = object([
        "records": count,
        "bytes": count.about("As far as sizes are known."),
        "unsized": count.about("Records of which the size is not known."),
        "oldest": instant.orNull.about("When the oldest of them was created."),
    ]).named("amount")

    /// Why something is incomplete.
    static let incomplete = list(of: object(["source": text.orNull, "message": text]))

    /// A live exception, with what a reviewer asks for.
    static let exception = object([
        "name": text,
        "ticket": text.orNull,
        "expiresAt": text.about("The last day on which it lives, as written."),
    ]).named("exception")
}
