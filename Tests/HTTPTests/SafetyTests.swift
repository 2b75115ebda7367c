import HTTP
import Testing

@Suite struct SafetyTests {
    @Test(arguments: [
        ("https://api.openai.com/v1", "https://api.openai.com:443", false),
        ("http://LOCALHOST:8080", "http://localhost:8080", true),
        ("http://127.1/x", "http://127.0.0.1:80", true), ("http://[::1]:9/", "http://[::1]:9", true),
        ("http://127.0.0.1.example.org/", "http://127.0.0.1.example.org:80", false),
        ("http://localhost.example.org/", "http://localhost.example.org:80", false),
    ])
    func `knows where an address leads`(text: String, origin: String, isLoopback: Bool) throws {
        let address = try HTTPAddress(text)
        #expect(address.origin == origin)
        #expect(address.isLoopback == isLoopback)
    }

    @Test(arguments: [
        "", "api.openai.com", "ftp://host/", "file:///etc/passwd", "https://", "https://user:secret@host/",
        "https://ho st/",
    ])
    func `refuses what is no address, and quotes no password`(text: String) {
        let error = #expect(throws: HTTPError.self) { try HTTPAddress(text) }
        #expect(error?.description.contains("secret") == false)
    }

    @Test func `keeps every part of a path a part`() throws {
        let address = try HTTPAddress("https://host/v1/").appending(path: ["..", "a/../b", "é?#"])
        #expect(address.text == "https://host:443/v1/%2E%2E/a%2F..%2Fb/%C3%A9%3F%23")
    }

    @Test func `adds to a query, and leaves the path as it is where nothing stands below it`() throws {
        let list = try HTTPAddress("https://host/v1/").appending(path: ["lists", ""], query: [("limit", "100")])
        #expect(list.text == "https://host:443/v1/lists/?limit=100")
        let page = list.appending(path: [], query: [("after", "a&b=c")])
        #expect(page.text == "https://host:443/v1/lists/?limit=100&after=a%26b%3Dc")
    }

    @Test func `carries no credential without TLS, but to this machine`() async throws {
        let request = HTTPRequest(
            .get, try HTTPAddress("http://api.example.invalid/"), credential: HTTPHeader("api-key", "secret"))
        let client = try HTTPClient()
        let error = await failure { () throws(HTTPError) in try await client.send(request) }
        #expect(error?.code == .insecure("a credential must not travel without TLS"))
    }

    @Test func `verifies everyone but this machine`() async throws {
        var trust = HTTPTrust()
        trust.isVerified = false
        let client = try HTTPClient(trust: trust)
        let request = HTTPRequest(.get, try HTTPAddress("https://api.example.invalid/"))
        let error = await failure { () throws(HTTPError) in try await client.send(request) }
        #expect(error?.code == .insecure("only a loopback address goes without verification"))
    }

    @Test(arguments: ["line\nbreak", "carriage\rreturn", "zero\0", "\u{7F}"])
    func `lets no header out of its line`(value: String) async throws {
        let request = HTTPRequest(
            .get, try HTTPAddress("http://127.0.0.1:9/"), credential: HTTPHeader("Authorization", value))
        let client = try HTTPClient()
        let error = await failure { () throws(HTTPError) in try await client.send(request) }
        #expect(error?.code == .badHeader("Authorization"))
        #expect(error?.description.contains(value) == false)
    }
}
