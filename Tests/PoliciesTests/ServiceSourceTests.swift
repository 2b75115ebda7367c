import Testing

@testable import Policies

/// What documents say of services, against what is known of the providers.
@Suite struct ServiceSourceTests {
    private func diagnostics(_ spec: String) -> [String] {
        load(document("Source", name: "s", "{\(spec)}")).diagnostics
            // That there is nothing else is of no concern here.
            .filter { $0.code != "no-register" && $0.code != "no-retention-policy" }
            .map { "\($0.level.rawValue) \($0.code): \($0.message)" }
    }

    private static let azure = "type: azure-openai, address: 'https://x.openai.azure.com'"
    private static let project = "type: azure-foundry, address: 'https://x.services.ai.azure.com/api/projects/p'"

    @Test(arguments: [
        azure, "\(azure), apiVersion: v1", "\(azure), apiVersion: preview",
        "\(azure), apiVersion: 2025-04-01-preview, authentication: token", project,
        "\(project), apiVersion: 2025-05-01, authentication: token", "type: openai",
        "type: openai, address: 'https://eu.api.openai.com/v1'", "type: azure-openai, address: 'http://127.0.0.1:8080'",
    ])
    func `says nothing of what can be`(spec: String) {
        #expect(diagnostics(spec).isEmpty, "\(diagnostics(spec))")
    }

    @Test(
        arguments: [
            ("type: azure-openai", "error missing-key: a source of type azure-openai needs an address"),
            ("type: azure-foundry", "error missing-key: a source of type azure-foundry needs an address"),
            (
                "type: azure-openai, address: 'http://x.openai.azure.com'",
                "error insecure-address: a credential would travel to x.openai.azure.com without TLS"
            ),
            (
                "type: azure-foundry, address: 'https://x.services.ai.azure.com'",
                "error source-address: the address names no project"
            ),
            (
                "type: azure-openai, address: 'https://gateway.example.com'",
                "warning source-elsewhere: this is no host of azure-openai"
            ),
            ("\(azure), apiVersion: latest", "error source-version: this is no version of the API"),
            (
                "\(azure), apiVersion: 2023-12-01-preview",
                "warning source-version-unknown: the provider ended 2023-12-01-preview on 2024-07-01"
            ),
            (
                "\(azure), apiVersion: 2027-01-01-preview",
                "warning source-version-unknown: nothing is known of 2027-01-01-preview, as of 2026-11-20"
            ),
            (
                "\(azure), apiVersion: 2025-02-01-preview",
                "warning source-version-lacks: 2025-02-01-preview has no response"
            ),
            (
                "\(project), authentication: key",
                "error unknown-value: sources of type azure-foundry take no key"
            ),
            (
                "type: openai, apiVersion: v1",
                "error source-without-service: sources of type openai have no apiVersion"
            ),
            (
                "type: export, path: x, apiVersion: v1",
                "error source-without-service: sources of type export have no apiVersion"
            ),
        ])
    func `says what cannot be, and what may be meant otherwise`(spec: String, expected: String) {
        #expect(diagnostics(spec) == [expected])
    }

    @Test func `keeps what the document says for who asks the service`() throws {
        let policies = try #require(
            load(document("Source", name: "s", "{\(Self.azure), apiVersion: preview, authentication: token}")).policies)
        #expect(policies.sources.first?.apiVersion == "preview")
        #expect(policies.sources.first?.authentication == .token)
    }
}
