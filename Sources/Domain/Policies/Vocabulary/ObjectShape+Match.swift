import Records

extension Shape {
    static let kinds = Shape.list(.choice(Kind.allCases.map(\.name), noun: "kind"), minimum: 1)

    static func texts(minimum: Int = 1) -> Shape { .list(.text, minimum: minimum) }

    static func names<Word: CaseIterable & RawRepresentable<String>>(of words: Word.Type, noun: String) -> Shape {
        .choice(words.allCases.map(\.rawValue), noun: noun)
    }
}

extension ObjectShape {
    /// Which records a document speaks of.
    static let match = ObjectShape(
        "match",
        [
            Field("kinds", .kinds, "The record is of one of these kinds."),
            Field(
                "sources", .texts(),
                "The record's source has a name that fits one of these globs: * is any run of characters, ? any one."),
            Field(
                "metadata", .map(.metadataValues),
                "The record has each of these metadata keys, with the value or one of the values. Absent is no match."),
            Field("subjects", .texts(), "The record's subject is one of these."),
            Field("ids", .texts(), "The record's id is one of these."),
            Field(
                "createdBetween",
                .object(
                    ObjectShape(
                        "createdBetween", oneOf: ["from", "to"],
                        [
                            Field("from", .day, "The first day, included. Without it the past is open."),
                            Field("to", .day, "The last day, included. Without it the future is open."),
                        ])),
                "The record was created on one of these days."),
            Field("where", .condition, "A CEL expression, true of the record, for what the other keys cannot say."),
        ])
}

extension Field {
    static let match = Field(
        "match", .object(.match), "Which records the document speaks of. What is absent matches all.")

    static let timeZone = Field(
        "timeZone", .zone, default: "UTC", "The zone in which the document's days begin and end.")
}
