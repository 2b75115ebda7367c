import HTTP
import ProviderFacts
import Records
import Testing
import Twin

@testable import Connectors

/// The services that there are facts of, each with the twin that plays it.
enum ServiceKind: String, CaseIterable, Sendable {
    case openai, azureV1, azureClassic, foundry

    var facts: ProviderFacts {
        get throws {
            let facts =
                switch self {
                case .openai: try ProviderFacts.facts(ofType: "openai")
                case .azureV1: try ProviderFacts.facts(ofType: "azure-openai")
                case .azureClassic: try ProviderFacts.facts(ofType: "azure-openai", version: "2025-04-01-preview")
                case .foundry: try ProviderFacts.facts(ofType: "azure-foundry")
                }
            return try #require(facts)
        }
    }

    var profile: TwinProfile {
        switch self {
        case .openai: .openai
        case .azureV1, .azureClassic: .azure
        case .foundry: .foundry
        }
    }

    /// The kinds that its API has, in the order of the vocabulary.
    var kinds: [Kind] {
        get throws {
            let kinds = Set(try facts.surfaces.map(\.kind))
            return Kind.allCases.filter(kinds.contains)
        }
    }

    var credential: HTTPHeader {
        switch self {
        case .openai: HTTPHeader("Authorization", "Bearer \(Twin.usualKey)")
        case .azureV1: HTTPHeader("api-key", Twin.usualKey)
        case .azureClassic, .foundry: HTTPHeader("Authorization", "Bearer \(Twin.usualToken)")
        }
    }

    /// The kinds of what people call assistants, as far as it has them.
    var assistants: [Kind] {
        get throws { try kinds.filter { [.assistant, .thread, .message, .run, .runStep].contains($0) } }
    }

    /// How a twin calls the first request of a reading.
    var firstRequest: String {
        switch self {
        case .openai: "GET /v1/files?limit=1000"
        case .azureV1: "GET /openai/v1/files?"
        case .azureClassic: "GET /openai/files?api-version=2025-04-01-preview"
        case .foundry: "GET /api/projects/twin/openai/v1/files?"
        }
    }
}
