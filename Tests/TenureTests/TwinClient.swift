import Foundation
import FoundationNetworking
import Testing

/// Anybody who changes what a twin has, while nobody scans it.
enum TwinClient {
    /// Deletes something.
    static func delete(_ address: String) async throws {
        var request = URLRequest(url: try #require(URL(string: address)))
        request.httpMethod = "DELETE"
        request.setValue("Bearer sk-twin", forHTTPHeaderField: "Authorization")
        request.setValue("assistants=v2", forHTTPHeaderField: "OpenAI-Beta")
        let (_, response) = try await URLSession.shared.data(for: request)
        #expect((response as? HTTPURLResponse)?.statusCode == 200, "DELETE \(address)")
    }

    /// Makes something.
    static func post(_ address: String, _ body: String, token: String = "sk-twin") async throws {
        var request = URLRequest(url: try #require(URL(string: address)))
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        request.setValue("assistants=v2", forHTTPHeaderField: "OpenAI-Beta")
        let (_, response) = try await URLSession.shared.data(for: request)
        #expect((response as? HTTPURLResponse)?.statusCode == 200, "POST \(address)")
    }
}
