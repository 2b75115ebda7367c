import Records

extension ObjectShape {
    static let policyTest = ObjectShape(
        "a PolicyTest's spec",
        [
            Field("asOf", .day, required: true, "The instant for which the records are decided. A date is its 00:00."),
            .timeZone,
            Field(
                "policies", .list(.name, minimum: 1),
                "The retention and access policies that take part. Without it, all of the directory do."),
            Field(
                "holds", .list(.name, minimum: 0),
                "The holds that take part. Without it, all of the directory do; [] for none."),
            Field(
                "exceptions", .list(.name, minimum: 0),
                "The exceptions that take part. Without it, all of the directory do; [] for none."),
            Field("source", .name, default: "test", "The source of the records that name none."),
            Field("unread", .kinds, "Kinds that were not read to their end. All others were."),
            Field(
                "requireCoverage", .boolean, default: "false",
                "Whether a record of which no policy with an atMost speaks is a finding, as under --require-coverage."),
            Field("records", .list(.object(testRecord), minimum: 1), required: true, "All records that there are."),
            Field(
                "expect", .list(.object(expectation), minimum: 1), required: true,
                "What the policies must make of the records. A finding that nothing here names fails the test."),
        ])

    private static let testRecord = ObjectShape(
        "a record",
        [
            Field("kind", .choice(Kind.allCases.map(\.name), noun: "kind"), required: true, "What the record is."),
            Field(
                "id", .text, required: true,
                "Its id. That of a vectorStoreFile is STORE/FILE, that of a containerFile CONTAINER/FILE."),
            Field(
                "count", .integer(1...10_000),
                "So many records like this one, with the ids ID-1, ID-2 and so on. Without it, one with the id itself."),
            Field("source", .name, "The name of its source: what 'sources' in a match is compared with."),
            Field("container", .text, "The id of the record that contains it."),
            Field("created", .time(isOpen: false), "When it was created. Left out is missing, as on the wire."),
            Field(
                "lastActivity", .time(isOpen: true),
                "The newest event of the record itself. Left out, there was none but its creation. {since: TIME} leaves later ones unread."
            ),
            Field("lastModified", .time(isOpen: false), "When it was last modified."),
            Field("expires", .time(isOpen: false), "When the provider will remove it. Left out, it will not."),
            Field("status", .text, "The provider's own word for its state, such as in_progress."),
            Field("role", .choice(Role.allCases.compactMap(\.name), noun: "role"), "Who speaks in it."),
            Field("bytes", .integer(0...Int.max), "Its size in bytes."),
            Field("tokens", .integer(0...Int.max), "The tokens that it took."),
            Field(
                "gone", .boolean, default: "false",
                "Whether it is what an earlier run saw, and gone since: lost, where something still obliges to keep it."
            ),
            Field("owner", .text, "Short for the metadata key that its source maps to owner."),
            Field("subject", .text, "Short for the metadata key that its source maps to subject."),
            Field("tenant", .text, "Short for the metadata key that its source maps to tenant."),
            Field(
                "metadata", .map(.metadataValues),
                "Its metadata. A list of several values says that the key was given several times, so that none is believed."
            ),
            Field("uses", .list(.recordName, minimum: 0), "The records that it uses, as KIND/ID: [file/file-1]."),
            Field(
                "contains", .list(.recordName, minimum: 0),
                "Records that it contains, as KIND/ID, beside those that name it as their container."),
            Field("cites", .list(.recordName, minimum: 0), "The records that it names without a need, as KIND/ID."),
        ])

    /// `lastActivity: {since: 2026-01-01}`.
    static let openTime = ObjectShape(
        "an open time", [Field("since", .day, required: true, "The newest event that was read.")])

    private static let expectation = ObjectShape(
        "an expectation",
        [
            Field(
                "policy", .name, "The policy. Only 'uncovered', and 'early-expiry' and 'lost' under a hold, have none."),
            Field(
                "hold", .name,
                "With 'early-expiry' and 'lost': the hold under which the record expires too early, or is gone."),
            Field("id", .text, required: true, "The record's id."),
            Field(
                "kind", .choice(Kind.allCases.map(\.name), noun: "kind"),
                "The record's kind, where records of several kinds have the id."),
            Field("source", .name, "The record's source, where records of several sources have the id."),
            Field(
                "rule", .name,
                "atMost, atLeast, or the name of a validation. Without it: atMost, or the only rule of the policy. Under atLeast a record is kept until its time is over, and then allowed."
            ),
            Field(
                "state", .names(of: TestExpectation.State.self, noun: "state"), required: true,
                "What the rule makes of the record. With none, the rule says nothing of it."),
            Field("mayGo", .boolean, "Whether the record may be deleted now."),
            Field("violation", .boolean, "Whether it counts as a violation. What is only observed never does."),
            Field(
                "severity", .choice(Severity.allCases.reversed().map(\.name), noun: "severity"),
                "How bad the finding is."
            ),
            Field("pastMax", .boolean, "With kept: whether the limit is past, and an obligation keeps the record."),
            Field("matters", .list(.name, minimum: 0), "All holds that keep the record."),
            Field("exception", .name, "The exception that covers it."),
            Field("because", .text, "A part of the sentence that says why, as reports print it."),
        ])
}
