import Records

extension ObjectShape {
    static let source = ObjectShape(
        "a Source's spec",
        [
            Field(
                "type", .choice(SourceType.allCases.map(\.rawValue), noun: "type"), required: true,
                "What the source is."),
            Field("path", .text, "The directory of an export, relative to the working directory."),
            Field(
                "address", .text,
                "The address of an API: for openai https://HOST/v1, unless it is OpenAI's own; for azure-openai "
                    + "https://NAME.openai.azure.com; for azure-foundry "
                    + "https://NAME.services.ai.azure.com/api/projects/PROJECT."),
            Field(
                "apiVersion", .text,
                "The version of an Azure API. For azure-openai v1 (the usual one) or preview mean /openai/v1, and a day "
                    + "such as 2025-04-01-preview the dated API. For azure-foundry it is the version of its agents' API."
            ),
            Field("credentials", .credentials, "Where the credentials of an API are. Never a literal."),
            Field(
                "authentication", .choice(Source.Authentication.allCases.map(\.rawValue), noun: "authentication"),
                "Whether they are a key, which Azure OpenAI takes in api-key, or a token, which is sent as Bearer. "
                    + "Unless said, what a command prints is a token, and so is all for azure-foundry."),
            Field(
                "transport", .object(transport),
                "Whom to trust on the way to an API, which way to go, and how fast."),
            Field("fields", .object(fields), "Which metadata keys give a record's owner, subject and tenant."),
            Field(
                "registry", .list(.object(registryEntry), minimum: 0),
                "What is known of records besides what the source tells: the ids of those that no list has, and whose they are."
            ),
            Field(
                "fullEvery", .period, default: "7d",
                """
                After how long a scan reads a service whole again. In between it leaves unread what has no list and of \
                which no deadline has come.
                """),
            Field("expect", .object(expect), "What must be seen, so that absence is evidence."),
            Field(
                "acceptedGaps", .list(.object(acceptedGap), minimum: 0),
                "What the source can never show. Printed in every report."),
            .timeZone,
        ])

    static let credentials = ObjectShape(
        "credentials",
        [
            Field("env", .text, "The environment variable that holds them."),
            Field("file", .text, "The file that holds them, relative to the working directory."),
            Field("command", .text, "The command that prints them."),
        ])

    private static let fields = ObjectShape(
        "fields",
        [
            Field("owner", .metadataField, default: "metadata.owner", "Where a record's owner comes from."),
            Field("subject", .metadataField, default: "metadata.subject", "Where a record's subject comes from."),
            Field("tenant", .metadataField, default: "metadata.tenant", "Where a record's tenant comes from."),
        ])

    private static let transport = ObjectShape(
        "transport",
        [
            Field(
                "authorities", .text,
                """
                A file of certificates in PEM of authorities to trust in place of the system's, relative to the working \
                directory.
                """),
            Field(
                "proxy", .text,
                """
                The proxy's address, http://HOST:PORT, in place of what the environment names; none goes without. A \
                loopback address is never reached through a proxy.
                """),
            Field(
                "inFlight", .integer(1...256), default: "\(Source.Transport.usualInFlight)",
                "How many requests are under way at a time."),
            Field(
                "verify", .boolean, default: "true",
                "Whether the service must prove who it is. Only a loopback address can do without."),
        ])

    private static let registryEntry = ObjectShape(
        "a registry entry", oneOf: ["file", "database", "metadata"], exclusively: true,
        [
            Field(
                "file", .text,
                "A file that somebody keeps of the records, relative to the working directory: .csv with the columns id, kind, owner, subject, tenant, lastActivity, of which only id must be; .ndjson with members of these names; or an id a line. Where it contradicts a record's metadata, neither is believed."
            ),
            Field(
                "database", .text,
                "A file of SQLite that knows the records, relative to the working directory. It is only read."),
            Field(
                "query", .text,
                "One SELECT for the database, whose columns have the names that those of a file have. It has a minute."
            ),
            Field(
                "metadata", .text,
                "A metadata key, or an attribute of vector store files, that holds an id in whatever record has it."),
            Field(
                "kind", .choice(Kind.allCases.filter(\.mayStandAlone).map(\.name), noun: "kind"),
                "The kind of the records that do not say theirs in a column or member kind."),
            Field(
                "complete", .boolean, default: "false",
                "Whether somebody vouches that there are no others of this kind: else no absence is believed."),
        ])

    private static let minimum = ObjectShape(
        "an expected minimum",
        [Field("atLeast", .integer(0...Int(Int32.max)), required: true, "Fewer make the scan incomplete.")])

    /// `expect` names a kind by itself or by its export file's stem.
    private static let expect = ObjectShape(
        "expect",
        Kind.allCases.flatMap { kind in
            [kind.name, kind.fileStem].map { name in
                Field(name, .object(minimum), "How many records of kind \(kind.name) there must be.")
            }
        } + [Field("canaries", .texts(), "Ids that must be seen.")])

    private static let acceptedGap = ObjectShape(
        "an accepted gap",
        [
            Field("kinds", .kinds, required: true, "The kinds that cannot be looked at."),
            Field("reason", .text, required: true, "Why, for people."),
            Field("ticket", .text, "The ticket of its review."),
            Field("until", .day, required: true, "The last day on which the gap is accepted."),
        ])
}

/// What a source can be.
enum SourceType: String, CaseIterable {
    case export
    case openai
    case azureOpenAI = "azure-openai"
    case foundry = "azure-foundry"
    case sql

    /// Whether this version can scan it.
    var isScannable: Bool { self != .sql }
}
