public import Chronology
public import Records

/// What becomes of the records of a kind whose surface a provider took away.
public struct Succession: Sendable, Hashable {
    /// The kind that ends.
    public let kind: Kind
    /// The day on which its surface ended.
    public let ends: CivilDate
    /// What takes its place, in the provider's words.
    public let successor: String
    /// The kind of the records that take its place; nil where it becomes no record.
    public let becomes: Kind?
    /// What has no successor, or needs a hand.
    public let gaps: [String]
}

/// A tool of the Assistants API, by its type and what it reads, and how it goes on.
public struct ToolSuccession: Sendable, Hashable {
    /// What the tool is called.
    public let tool: String
    /// What an assistant says that has it.
    public let type: ToolSet
    /// The kind of what it reads: who uses a record of that kind has the tool. Nil where it reads none.
    public let needs: Kind?
    /// How it is asked for afterwards.
    public let successor: String
    /// What changes that may be missed.
    public let gap: String
}

/// What follows the Assistants API, which OpenAI and Azure OpenAI ended on one day.
///
/// - Source: OpenAI's migration guide (developers.openai.com/api/docs/assistants/migration, read after the end) and its
///   notes on leaving prompt objects (migrate-from-prompt-object); Microsoft's `agents/how-to/migrate` and
///   `navigate-from-classic`. Collected on 2026-11-20.
public struct AssistantsEnd: Sendable {
    /// By kind, in the vocabulary's order.
    public let successions: [Succession]
    /// The tools, by what assistants say and by the traces that they leave among records.
    public let tools: [ToolSuccession]
    /// The day from which prompt objects, the first successor of assistants, are gone too.
    public let promptsEnd: CivilDate
    /// What a moved conversation must keep, so that its age is not that of the move.
    public let clock: String

    /// The facts.
    ///
    /// - Throws: `FactsError` where a day among them is none.
    public init() throws(FactsError) {
        let retired = try ProviderFacts.openAI().surfaces.filter { $0.family.retired != nil }
        successions = try Self.stated.map { kind, successor, becomes, gaps throws(FactsError) in
            guard let day = retired.first(where: { $0.kind == kind })?.family.retired else {
                throw FactsError("openai", kind.name, "has a successor, and its surface did not end")
            }
            return Succession(
                kind: kind, ends: try Self.day(day), successor: successor, becomes: becomes, gaps: gaps)
        }
        promptsEnd = try Self.day("2026-11-30")
        tools = [
            ToolSuccession(
                tool: "file search", type: .fileSearch, needs: .vectorStore,
                successor: "tools[{type: file_search, vector_store_ids}]",
                gap: "each call names the store; a conversation has none of its own"),
            ToolSuccession(
                tool: "code interpreter or attachments", type: .codeInterpreter, needs: .file,
                successor: "tools[{type: code_interpreter, container}], or input_file",
                gap: "outputs lie in the container, which lives 20 minutes, and not among the files"),
            ToolSuccession(
                tool: "functions", type: .function, needs: nil,
                successor: "tools[{type: function}], answered by function_call_output items",
                gap: "no run waits for what they return"),
            ToolSuccession(
                tool: "tools of other types", type: .other, needs: nil, successor: "none is known",
                gap: "look each of them up"),
        ]
        clock =
            "a moved conversation is created on the day of the move, and its items carry no time: keep the thread's "
            + "created_at in its metadata, and count from that"
    }

    private static func day(_ text: String) throws(FactsError) -> CivilDate {
        do throws(ChronologyError) { return try CivilDate(text) } catch {
            throw FactsError("openai", text, "is not a day")
        }
    }

    private static let stated: [(Kind, String, Kind?, [String])] = [
        (
            .assistant, "instructions, model and tools inline in each responses.create", nil,
            ["prompt objects, the first successor, end on 2026-11-30"]
        ),
        (
            .thread, "conversation", .conversation,
            [
                "no tool moves them", "tool resources and truncation of a thread have no equivalent",
                "a conversation is created with at most 20 items",
            ]
        ),
        (.message, "item", .item, ["an item has no metadata and no time of its own"]),
        (
            .run, "response", .response,
            ["responses of a conversation cannot be listed at OpenAI; keep their ids, with the usage of each"]
        ),
        (.runStep, "item", .item, ["an item has no time of its own"]),
    ]
}
