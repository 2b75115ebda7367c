import Foundation
import TestSupport
import Testing

/// The command on its way to a service behind TLS.
@Suite(.enabled(if: Tool.find("nginx") != nil && Tool.find("openssl") != nil, "needs nginx and openssl"))
struct TransportTests {
    private let scratch: Scratch
    private let certificates: Certificates
    private let twin: RunningTwin
    private let nginx: String
    private let front: Nginx

    init() throws {
        nginx = try #require(Tool.find("nginx"))
        scratch = try Scratch()
        certificates = try Certificates(try #require(Tool.find("openssl")))
        twin = try RunningTwin("--seed", "5", "--threads", "60", "--port", "0", temporary: scratch.path)
        let port = try #require(URL(string: twin.address)?.port)
        front = try Nginx(
            nginx, certificates.sign("DNS:localhost"), locations: Nginx.passing(to: UInt16(port)))
        try scratch.write("ca.pem", try Data(contentsOf: URL(filePath: certificates.authority)))
    }

    private func scan(_ host: String, port: Int, _ transport: String) throws -> Tool.Outcome {
        let rule = "{match: {kinds: [file, vectorStore, assistant]}, clock: {from: created}, keep: {atMost: 1d}}"
        let spec = "{type: openai, address: '\(host):\(port)/v1', credentials: {env: TWIN_KEY}\(transport)}"
        let documents = [("RetentionPolicy", "files", rule), ("Source", "estate", spec)].map {
            "apiVersion: tenure/v1\nkind: \($0)\nmetadata: {name: \($1)}\nspec: \($2)\n"
        }
        try scratch.write("policies/all.yaml", documents.joined(separator: "---\n"))
        return try Tool.run(
            Tool.binary.path, ["scan", "--as-of", "2026-11-20T00:00:00Z", "--format", "json"], in: scratch.url,
            environment: ["TWIN_KEY": "sk-twin"])
    }

    @Test func `a service whose authority is named is scanned over HTTP/2 as it is without TLS`() throws {
        let port = try #require(URL(string: twin.address)?.port)
        let bare = try scan("http://127.0.0.1", port: port, "")
        let encrypted = try scan("https://localhost", port: front.port, ", transport: {authorities: ca.pem}")
        #expect(bare.status == 1)
        #expect((Self.findings(bare)?.count ?? 0) > 3)
        #expect(Self.findings(encrypted) == Self.findings(bare))
        #expect(encrypted.status == bare.status)
        let exchanges = try front.stop()
        #expect(exchanges.count > 3 && Set(exchanges.map(\.version)) == ["HTTP/2.0"])
        #expect(Set(exchanges.map(\.connection)).count == 1)
    }

    @Test func `a service whose authority nobody named is not scanned, and the report says why`() throws {
        let outcome = try scan("https://localhost", port: front.port, "")
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("cannot be trusted: no authority that is trusted signed its certificate"))
        #expect(Self.findings(outcome) == [])
        #expect(try front.stop() == [])
    }

    @Test(arguments: [
        ("absent.pem", "the file of authorities absent.pem cannot be read"),
        ("policies/all.yaml", "the file of authorities policies/all.yaml holds no certificate in PEM"),
    ])
    func `a file that names no authority stops the run before anything is asked`(file: String, words: String) throws {
        let outcome = try scan("https://localhost", port: front.port, ", transport: {authorities: \(file)}")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("policies/all.yaml:6:1: source estate: \(words)"))
        #expect(try front.stop() == [])
    }

    private static func findings(_ outcome: Tool.Outcome) -> NSArray? {
        let report = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return report?["findings"] as? NSArray
    }
}
