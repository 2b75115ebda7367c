extension ObjectShape {
    static let legalHold = ObjectShape(
        "a LegalHold's spec",
        [
            Field("matter", .text, "The matter, for people."),
            .match,
            Field("from", .day, "The day from which it holds. Without it, it always did."),
            Field("until", .nullable(.day), "The last day before its release. Null while it holds."),
            Field(
                "releaseGrace", .period, default: "0d", "How long a released hold stays in effect after its last day."),
            Field("approvedBy", .text, "Who approved it."),
            .timeZone,
        ])

    static let holdRegister = ObjectShape(
        "a HoldRegister's spec",
        [
            Field("asOf", .day, required: true, "The day on which the list was true."),
            Field(
                "maxAge", .period, required: true, "How long the list may be relied on. A stale one stops all deletion."
            ),
            Field(
                "holds", .list(.name, minimum: 0), required: true,
                "The names of all holds; [] says that there are none."),
            .timeZone,
        ])

    static let policyException = ObjectShape(
        "a PolicyException's spec",
        [
            Field("policies", .list(.name, minimum: 1), required: true, "The policies from which it excepts."),
            .match,
            Field("reason", .text, "Why, for people."),
            Field("ticket", .text, "The ticket of its review."),
            Field("owner", .text, "Who answers for it."),
            Field("expiresAt", .day, required: true, "The last day on which it lives."),
            .timeZone,
        ])
}
