import Foundation
import HTTP
import HTTPServer
import TestSupport
import Testing

/// Behind nginx, which speaks TLS and HTTP/2 as services do.
@Suite(.serialized, .enabled(if: Tool.find("nginx") != nil && Tool.find("openssl") != nil, "needs nginx and openssl"))
struct EncryptedTests {
    private let nginx: String
    private let certificates: Certificates
    private let leaf: Certificates.Leaf
    private let credential = HTTPHeader("Authorization", "Bearer sk-very-secret")

    init() throws {
        nginx = try #require(Tool.find("nginx"))
        certificates = try Certificates(try #require(Tool.find("openssl")))
        leaf = try certificates.sign("DNS:localhost,DNS:service.example.invalid")
    }

    private func client(inFlight: Int = 16, proxy: HTTPTrust.Proxy = .ofEnvironment) throws -> HTTPClient {
        var limits = HTTPLimits()
        limits.inFlight = inFlight
        limits.idle = .seconds(20)
        var trust = HTTPTrust()
        trust.authorities = certificates.authority
        trust.proxy = proxy
        return try HTTPClient(limits: limits, trust: trust)
    }

    private func answers(_ count: Int, _ client: HTTPClient, _ address: HTTPAddress) async -> [String] {
        await withTaskGroup(of: String.self) { group in
            for number in 0..<count {
                group.addTask {
                    let request = HTTPRequest(.get, address.appending(path: ["\(number)"]))
                    return (try? await client.send(request).text) ?? "none"
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted()
        }
    }

    @Test func `sends many requests at a time over one connection of HTTP/2`() async throws {
        let meeting = Meeting(of: 8)
        let served = try Served { request, _ in
            meeting.attend() ? .text(request.path) : .text("nobody else came", status: 500)
        }
        let front = try Nginx(nginx, leaf, locations: Nginx.passing(to: served.port))
        let address = try HTTPAddress("https://localhost:\(front.port)/v1")
        // Each answer waits until seven other requests are under way.
        #expect(await answers(16, try client(), address) == (0..<16).map { "/v1/\($0)" }.sorted())
        let exchanges = try front.stop()
        #expect(exchanges.count == 16)
        #expect(Set(exchanges.map(\.version)) == ["HTTP/2.0"])
        #expect(Set(exchanges.map(\.connection)).count == 1)
    }

    @Test(arguments: [true, false])
    func `sends what changes something over a connection of its own`(isHTTP2: Bool) async throws {
        let served = try Served { request, _ in .text(request.method) }
        let front = try Nginx(nginx, leaf, isHTTP2: isHTTP2, locations: Nginx.passing(to: served.port))
        let address = try HTTPAddress("https://localhost:\(front.port)/v1")
        let client = try client()
        for method in [HTTPMethod.get, .delete, .get, .delete] {
            #expect(try await client.send(HTTPRequest(method, address)).text == method.rawValue)
        }
        let exchanges = try front.stop()
        #expect(exchanges.count == 4 && Set(exchanges.map(\.connection)).count == 3)
        #expect(Set(exchanges.map(\.version)) == [isHTTP2 ? "HTTP/2.0" : "HTTP/1.1"])
    }

    @Test func `keeps its connections where there is HTTP/1.1 only, and opens no more than it may`() async throws {
        let served = try Served { request, _ in .text(request.path) }
        let front = try Nginx(nginx, leaf, isHTTP2: false, locations: Nginx.passing(to: served.port))
        let address = try HTTPAddress("https://localhost:\(front.port)/v1")
        #expect(await answers(60, try client(inFlight: 3), address) == (0..<60).map { "/v1/\($0)" }.sorted())
        let exchanges = try front.stop()
        #expect(Set(exchanges.map(\.version)) == ["HTTP/1.1"])
        #expect((1...3).contains(Set(exchanges.map(\.connection)).count))
    }

    @Test func `goes through a proxy in a tunnel that shows it nothing, and not to this machine`() async throws {
        let served = try Served { request, _ in .text("\(request.header("authorization") ?? "none")") }
        let front = try Nginx(nginx, leaf, locations: Nginx.passing(to: served.port))
        let tunnel = try Tunnel(to: front.port)
        let client = try client(proxy: .at(HTTPAddress("http://127.0.0.1:\(tunnel.port)")))
        let far = try HTTPAddress("https://service.example.invalid/v1/files")
        let request = HTTPRequest(.get, far, headers: [HTTPHeader("X-Own", "a-word")], credential: credential)
        #expect(try await client.send(request).text == "Bearer sk-very-secret")
        #expect(tunnel.questions == ["CONNECT service.example.invalid:443 HTTP/1.1"])
        #expect(tunnel.passed.contains("CONNECT"))
        for word in ["secret", "Authorization", "a-word", "/v1/files"] { #expect(!tunnel.passed.contains(word)) }
        let near = try HTTPAddress("https://localhost:\(front.port)/")
        #expect(try await client.send(HTTPRequest(.get, near, credential: credential)).status == 200)
        #expect(tunnel.questions.count == 1)
    }

    @Test(arguments: [(407, "give it in the environment"), (403, "have the proxy allow it")])
    func `says that a proxy let nothing through`(status: Int, hint: String) async throws {
        let tunnel = try Tunnel(to: 9, answer: "\(status) No")
        let client = try client(proxy: .at(HTTPAddress("http://127.0.0.1:\(tunnel.port)")))
        let far = try HTTPAddress("https://service.example.invalid/v1/files")
        let credential = credential
        let error = await failure { () throws(HTTPError) in
            try await client.send(HTTPRequest(.get, far, credential: credential))
        }
        #expect(error?.code == .refusedByProxy(status))
        #expect(error?.mayHaveArrived == false)
        let start = "GET https://service.example.invalid:443/v1/files: no connection: the proxy answered \(status)"
        #expect(error?.description.hasPrefix(start) == true && error?.description.contains(hint) == true)
        #expect(!tunnel.passed.contains("secret"))
    }

    @Test func `follows to another origin where there is no credential, and never out of TLS`() async throws {
        let served = try Served { request, _ in .text("\(request.header("authorization") ?? "none")") }
        let other = try Nginx(nginx, leaf, locations: Nginx.passing(to: served.port))
        let front = try Nginx(
            nginx, leaf,
            locations: """
                location /away { return 307 https://localhost:\(other.port)/; }
                location /bare { return 307 http://127.0.0.1:\(served.port)/; }
                """)
        let (client, credential) = (try client(), credential)
        let away = try HTTPAddress("https://localhost:\(front.port)/away")
        #expect(try await client.send(HTTPRequest(.get, away)).text == "none")
        let error = await failure { () throws(HTTPError) in
            try await client.send(HTTPRequest(.get, away, credential: credential))
        }
        #expect(error?.code == .redirected("to another host, which the credential is not for"))
        let bare = try HTTPAddress("https://localhost:\(front.port)/bare")
        let downgrade = await failure { () throws(HTTPError) in
            try await client.send(HTTPRequest(.get, bare, credential: credential))
        }
        #expect(downgrade?.code == .redirected("from https to http"))
        #expect(served.seen.count == 1)
    }
}

@Suite struct ProxyTests {
    @Test func `hands a proxy what is in clear, but goes to this machine by itself`() async throws {
        let proxy = try Served { _, _ in .text("through the proxy") }
        let served = try Served { _, _ in .text("directly") }
        var trust = HTTPTrust()
        trust.proxy = .at(try proxy.address())
        let client = try HTTPClient(trust: trust)
        let far = try HTTPAddress("http://service.example.invalid/x")
        #expect(try await client.send(HTTPRequest(.get, far)).text == "through the proxy")
        #expect(proxy.seen.count == 1)
        let near = HTTPRequest(.get, try served.address(), credential: HTTPHeader("api-key", "secret"))
        #expect(try await client.send(near).text == "directly")
        let error = await failure { () throws(HTTPError) in
            try await client.send(HTTPRequest(.get, far, credential: HTTPHeader("api-key", "secret")))
        }
        #expect(error?.code == .insecure("a credential must not travel without TLS"))
        #expect(proxy.seen.count == 1)
    }
}

/// Lets those go on who meet enough others.
private final class Meeting: @unchecked Sendable {
    // Proof of Sendable: `present` is used under `lock`.
    private var present = 0
    private let quorum: Int
    private let lock = NSCondition()

    init(of quorum: Int) { self.quorum = quorum }

    /// False where too few came in time.
    func attend() -> Bool {
        lock.lock()
        defer { lock.unlock() }
        present += 1
        if present >= quorum { lock.broadcast() }
        let end = Date.now.addingTimeInterval(10)
        while present < quorum { guard lock.wait(until: end) else { return false } }
        return true
    }
}
