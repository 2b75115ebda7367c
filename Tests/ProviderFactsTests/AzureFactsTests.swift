import Records
import Testing

@testable import ProviderFacts

@Suite struct AzureFactsTests {
    private func facts(_ type: String, _ version: String? = nil) throws -> ProviderFacts {
        try #require(try ProviderFacts.facts(ofType: type, version: version))
    }

    private func kinds(_ facts: ProviderFacts) -> Set<Kind> { Set(facts.surfaces.map(\.kind)) }

    @Test func `every type and every version of it can be loaded, and says what it is`() throws {
        for type in ProviderFacts.types {
            #expect(try facts(type).provider == type)
            for version in ProviderFacts.versions(ofType: type) {
                let facts = try facts(type, version.name)
                #expect(facts.provider == type && !facts.surfaces.isEmpty)
            }
        }
        #expect(try ProviderFacts.facts(ofType: "export") == nil)
    }

    @Test func `Azure's v1 API has no threads, no batches, and lists neither conversations nor responses`() throws {
        let facts = try facts("azure-openai")
        #expect(
            kinds(facts) == [
                .file, .vectorStore, .vectorStoreFile, .container, .containerFile, .conversation, .item, .response,
            ])
        #expect(facts.surfaces.filter { $0.access == .id }.map(\.kind) == [.conversation, .response])
        #expect(facts.surfaces.allSatisfy { $0.family.root == ["openai", "v1"] && $0.family.beta == nil })
        #expect(facts.version == nil)
        #expect(try self.facts("azure-openai", "preview").version?.name == "preview")
        #expect(facts.surfaces.first { $0.kind == .file }?.access == .list(limit: nil))
    }

    @Test func `Azure's dated API has threads by their ids, and nothing of conversations and containers`() throws {
        let facts = try facts("azure-openai", "2025-04-01-preview")
        #expect(facts.missing.isEmpty)
        #expect(
            kinds(facts) == [
                .file, .vectorStore, .vectorStoreFile, .batch, .chatCompletion, .assistant, .thread, .message, .run,
                .runStep, .response,
            ])
        #expect(facts.surfaces.filter { $0.access == .id }.map(\.kind) == [.thread, .response])
        #expect(facts.surfaces.allSatisfy { $0.family.root == ["openai"] && $0.family.sendsVersion })
        #expect(facts.surfaces.filter { $0.family.retired == "2026-08-26" }.count == 5)
    }

    @Test(
        arguments: [
            ("2025-03-01-preview", []), ("2025-02-01-preview", [Kind.response]),
            ("2024-12-01-preview", [.chatCompletion, .response]),
            ("2024-05-01-preview", [.batch, .chatCompletion, .response]),
            (
                "2024-10-21",
                [
                    .vectorStore, .vectorStoreFile, .chatCompletion, .assistant, .thread, .message, .run, .runStep,
                    .response,
                ]
            ),
            // Of these nothing is known, or nothing holds any more.
            ("2027-01-01", []), ("2023-12-01-preview", []),
        ] as [(String, [Kind])])
    func `a version has what was there when it was made`(version: String, missing: [Kind]) throws {
        let facts = try facts("azure-openai", version)
        #expect(facts.missing.map(\.kind) == missing)
        #expect(kinds(facts).isDisjoint(with: missing) && kinds(facts).count == 11 - missing.count)
    }

    @Test func `a Foundry project lists threads, conversations and responses, and takes tokens alone`() throws {
        let facts = try facts("azure-foundry")
        #expect(facts.surfaces.allSatisfy { $0.access != .id })
        #expect(kinds(facts).isSuperset(of: [.thread, .conversation, .response, .assistant]))
        #expect(facts.keyHeader == nil && facts.tokenResource == "https://ai.azure.com")
        for surface in facts.surfaces {
            #expect(surface.family.sendsVersion == surface.family.root.isEmpty)
        }
    }

    @Test func `a list shows whether a family is alive, where it has one`() throws {
        for type in ProviderFacts.types {
            let facts = try facts(type)
            for family in Set(facts.surfaces.map(\.family)) {
                let hasList = facts.surfaces.contains { $0.family == family && $0.container == nil && $0.access != .id }
                #expect((facts.probe(of: family) != nil) == hasList)
                #expect(facts.probe(of: family).map { $0.family == family } ?? true)
            }
        }
        let openai = try facts("openai")
        let assistants = try #require(openai.surfaces.first { $0.kind == .thread }?.family)
        #expect(openai.probe(of: assistants)?.kind == .assistant)
    }

    @Test(arguments: [
        ("v1", true), ("preview", true), ("2025-04-01-preview", true), ("2031-01-01", true), ("v2", false), ("", false),
        ("latest", false), ("2025-04-01-beta", false), ("2025-4-1", false),
    ])
    func `a version is a word that is known, or a day`(name: String, canBe: Bool) {
        #expect(ProviderFacts.canBeVersion(name, ofType: "azure-openai") == canBe)
        #expect(!ProviderFacts.canBeVersion(name, ofType: "openai"))
    }

    @Test(
        arguments: [
            ("azure-openai", "x.openai.azure.com", "/", "", false),
            ("azure-openai", "x.openai.azure.com", "/openai/v1/", "", false),
            ("azure-openai", "x.openai.azure.com", "/openai", "", false),
            ("azure-openai", "x.services.ai.azure.com", "/", "", false),
            ("azure-openai", "x.cognitiveservices.azure.com", "", "", false),
            ("azure-openai", "gateway.example.com", "/ai/openai", "/ai", true),
            ("azure-openai", ".openai.azure.com", "/", "", true),
            ("azure-foundry", "x.services.ai.azure.com", "/api/projects/p/", "/api/projects/p", false),
            ("azure-foundry", "gateway.example.com", "/a/api/projects/p", "/a/api/projects/p", true),
            ("openai", "eu.api.openai.com", "/v1", "/v1", false), ("openai", "any.example.com", "/", "", false),
        ])
    func `an address is where the paths begin`(
        type: String, host: String, path: String, base: String, isElsewhere: Bool
    ) throws {
        let form = try facts(type).form
        #expect(
            try form.read(host: host, path: path, query: nil, isLoopback: false)
                == .init(path: base, isElsewhere: isElsewhere))
        // On this machine anything may stand in for the provider.
        if !isElsewhere {
            #expect(try !form.read(host: "127.0.0.1", path: path, query: nil, isLoopback: true).isElsewhere)
        }
    }

    @Test(
        arguments: [
            ("azure-openai", "/", "api-version=v1", "holds more than a host and a path"),
            ("azure-openai", "/openai/deployments/gpt", nil, "has a path"),
            ("azure-foundry", "/", nil, "names no project"),
            ("azure-foundry", "/api/projects", nil, "names no project"),
            ("azure-foundry", "/api/projects/p/threads", nil, "names no project"),
            ("azure-foundry", "/api/project/p", nil, "names no project"),
        ] as [(String, String, String?, String)])
    func `an address where no service can be is refused`(
        type: String, path: String, query: String?, reason: String
    ) throws {
        let form = try facts(type).form
        let defect = #expect(throws: AddressForm.Defect.self) {
            try form.read(host: "x.services.ai.azure.com", path: path, query: query, isLoopback: false)
        }
        #expect(defect?.reason == reason)
    }
}
