/// What a record is. The vocabulary is closed: a policy, an export file and a report spell a kind the same way.
///
/// The raw values are part of nothing that is stored; they order reports.
public enum Kind: UInt8, CaseIterable, Sendable, Hashable, Comparable {
    case assistant, thread, message, run, runStep
    case file, vectorStore, vectorStoreFile
    case conversation, item, response, chatCompletion
    case container, containerFile
    case batch, upload

    /// The kind's name in policies, reports and expressions.
    public var name: String { Self.names[Int(rawValue)] }

    /// What the cases are called; to ask each time takes longer than to keep a record.
    private static let names = allCases.map { String(describing: $0) }

    /// The kind of that name, or nil. Names are case-sensitive.
    public init?(named name: some StringProtocol) {
        guard let kind = Kind.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }

    /// The stem of the export file that holds this kind: `run_steps` in `run_steps.ndjson.gz`.
    public var fileStem: String {
        switch self {
        case .assistant: "assistants"
        case .thread: "threads"
        case .message: "messages"
        case .run: "runs"
        case .runStep: "run_steps"
        case .file: "files"
        case .vectorStore: "vector_stores"
        case .vectorStoreFile: "vector_store_files"
        case .conversation: "conversations"
        case .item: "conversation_items"
        case .response: "responses"
        case .chatCompletion: "chat_completions"
        case .container: "containers"
        case .containerFile: "container_files"
        case .batch: "batches"
        case .upload: "uploads"
        }
    }

    /// The vocabulary's order.
    public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
}
