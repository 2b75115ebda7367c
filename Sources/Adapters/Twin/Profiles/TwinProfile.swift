/// Whose service a twin is.
public enum TwinProfile: String, Sendable, CaseIterable {
    /// OpenAI's own API.
    case openai
    /// An Azure OpenAI resource: the dated API and the v1 API of the same data.
    case azure
    /// A project of Microsoft Foundry: its agents' API, and OpenAI's below it.
    case foundry

    /// All of them, for people.
    public static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// What clients put their paths below.
    public var base: String {
        switch self {
        case .openai: "/v1"
        case .azure: ""
        case .foundry: "/api/projects/twin"
        }
    }

    /// What the service takes, for people.
    public var credentials: String {
        switch self {
        case .openai: "key: \(Twin.usualKey)"
        case .azure: "api-key: \(Twin.usualKey), or token: \(Twin.usualToken)"
        case .foundry: "token: \(Twin.usualToken)"
        }
    }

    /// Everything that the service has, by where its paths begin; a longer beginning first.
    var trees: [Tree] {
        switch self {
        case .openai: [.openai]
        case .azure: [.azureV1, .azureClassic]
        case .foundry: [.foundryV1, .foundryAgents]
        }
    }

    /// Where a request leads: the tree, and the words below its beginning; nil for nowhere.
    func tree(at path: [String]) -> (tree: Tree, words: [String])? {
        for tree in trees where path.starts(with: tree.root) {
            return (tree, Array(path.dropFirst(tree.root.count)))
        }
        return nil
    }
}
