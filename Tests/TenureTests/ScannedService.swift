/// The services that a Source document can name, each with the twin that plays it.
enum ScannedService: String, CaseIterable, Sendable {
    case openai, azureV1, azureClassic, foundry

    /// The twin's profile.
    var profile: String {
        switch self {
        case .openai: "openai"
        case .azureV1, .azureClassic: "azure"
        case .foundry: "foundry"
        }
    }

    /// What an export of it has: a file for each kind that its API can read.
    var files: [String] {
        let everywhere = ["files", "vector_stores", "vector_store_files", "responses"]
        let assistants = ["assistants", "threads", "messages", "runs", "run_steps"]
        let conversations = ["conversations", "conversation_items"]
        return switch self {
        case .openai: everywhere + assistants + conversations + Self.further
        case .azureV1: everywhere + conversations + ["containers", "container_files"]
        case .azureClassic: everywhere + assistants + ["batches", "chat_completions"]
        case .foundry: everywhere + assistants + conversations
        }
    }

    private static let further = ["batches", "chat_completions", "containers", "container_files"]

    /// What a Source says of it.
    func spec(_ address: String) -> String {
        switch self {
        case .openai: "type: openai, address: '\(address)', credentials: {env: TWIN_KEY}"
        case .azureV1: "type: azure-openai, address: '\(address)', credentials: {env: TWIN_KEY}"
        case .azureClassic:
            "type: azure-openai, address: '\(address)', apiVersion: 2025-04-01-preview, "
                + #"credentials: {command: "printf ey-twin"}"#
        case .foundry: "type: azure-foundry, address: '\(address)', credentials: {env: TWIN_TOKEN}"
        }
    }

    /// The ids of what it does not list.
    func registry(_ directory: String) -> String {
        let kinds =
            switch self {
            case .openai: ["thread", "conversation", "response"]
            case .azureV1: ["conversation", "response"]
            case .azureClassic: ["thread", "response"]
            case .foundry: [String]()
            }
        return kinds.map { "{file: \(directory)/\($0)s.ndjson, kind: \($0), complete: true}" }.joined(separator: ", ")
    }
}
