internal import HTTPServer

/// What opens a service.
struct Keys: Sendable {
    let key: String
    let token: String
}

extension TwinProfile {
    /// Lets a request in, or refuses it.
    ///
    /// - Source: Azure OpenAI takes a key in `api-key`, or a token; a Foundry project takes tokens alone.
    func admit(_ request: ServedRequest, _ keys: Keys) throws(Refused) {
        let prefix = "Bearer "
        let bearer = request.header("authorization").flatMap {
            $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : nil
        }
        switch self {
        case .openai:
            guard let bearer else { throw Refused(Refusals.noKey) }
            guard bearer == keys.key else { throw Refused(Refusals.wrongKey(bearer)) }
        case .azure:
            if let key = request.header("api-key") {
                guard key == keys.key else { throw Refused(AzureRefusals.wrongKey) }
            } else if let bearer {
                guard bearer == keys.token else {
                    throw Refused(AzureRefusals.wrongToken("https://cognitiveservices.azure.com"))
                }
            } else {
                throw Refused(AzureRefusals.wrongKey)
            }
        case .foundry:
            guard request.header("api-key") == nil else { throw Refused(AzureRefusals.wrongKey) }
            guard bearer == keys.token else { throw Refused(AzureRefusals.wrongToken("https://ai.azure.com/")) }
        }
    }
}
