import Foundation
import HTTP
import TestSupport
import Testing

/// A server of TLS: OpenSSL's own.
private final class TLSServer {
    private let process = Process()
    let port: Int

    init(_ openssl: String, _ leaf: Certificates.Leaf) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: openssl)
        process.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-key", leaf.key, "-cert", leaf.certificate, "-www",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It says where it listens once it does.
        var text = ""
        while !text.contains("ACCEPT") || !text.hasSuffix("\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            text += String(decoding: more, as: UTF8.self)
        }
        port = text.split(separator: ":").last.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

/// A listener that hears each client out, and then does with it what a test says.
private final class Stranger: Sendable {
    let port: Int
    private let listening: Int32

    init(_ end: @escaping @Sendable (_ client: Int32) -> Void) throws {
        let listener = try Listener()
        let listening = dup(listener.descriptor)
        (port, self.listening) = (listener.port, listening)
        Thread.detachNewThread {
            while true {
                let client = accept(listening, nil, nil)
                guard client >= 0 else { break }
                var window = [UInt8](repeating: 0, count: 1 << 12)
                _ = read(client, &window, window.count)
                end(client)
                close(client)
            }
            close(listening)
        }
    }

    deinit { shutdown(listening, Int32(SHUT_RDWR)) }

    /// Has the end of the connection be a reset.
    static func reset(_ client: Int32) {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(client, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    }

    static func send(_ bytes: [UInt8], _ client: Int32) {
        _ = bytes.withUnsafeBytes { Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }
}

/// What ends before there is a certificate to trust or not.
@Suite struct HandshakeTests {
    private func ask(_ method: HTTPMethod, _ stranger: Stranger, _ clock: PassingClock) async throws -> HTTPError? {
        let session = HTTPSession(try HTTPClient(), clock: clock.clock, requestPrefix: "run", chance: { 0 })
        let address = try HTTPAddress("https://127.0.0.1:\(stranger.port)/v1/files")
        return await failure { () throws(HTTPError) in try await session.send(HTTPRequest(method, address)) }
    }

    @Test(arguments: [HTTPMethod.get, .delete], [true, false])
    func `takes a connection that is cut off in its handshake for none, and tries again`(
        method: HTTPMethod, isReset: Bool
    ) async throws {
        let stranger = try Stranger { client in if isReset { Stranger.reset(client) } }
        let clock = PassingClock()
        let error = try #require(try await ask(method, stranger, clock))
        #expect(error.code == .unreachable("SSL connect error"))
        #expect(!error.mayHaveArrived)
        #expect(clock.waits.count == 6)
    }

    @Test(arguments: [
        // A fatal alert: handshake failure (RFC 8446, section 6); and what speaks no TLS.
        [21, 3, 3, 0, 2, 2, 40], Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8),
    ])
    func `does not try again what refuses to speak TLS with it`(answer: [UInt8]) async throws {
        let stranger = try Stranger { Stranger.send(answer, $0) }
        let clock = PassingClock()
        let error = try #require(try await ask(.get, stranger, clock))
        #expect(error.code == .untrusted(.other("SSL connect error")))
        #expect(clock.waits.isEmpty)
    }
}

@Suite(.enabled(if: Tool.find("openssl") != nil, "needs the openssl command"))
struct TrustTests {
    private let openssl: String
    private let certificates: Certificates

    init() throws {
        openssl = try #require(Tool.find("openssl"))
        certificates = try Certificates(openssl)
    }

    private func ask(_ host: String, _ leaf: Certificates.Leaf, _ trust: HTTPTrust) async throws -> HTTPError? {
        let server = try TLSServer(openssl, leaf)
        let client = try HTTPClient(trust: trust)
        let address = try HTTPAddress("https://\(host):\(server.port)/v1/files?after=x")
        return await failure { () throws(HTTPError) in
            try await client.send(HTTPRequest(.get, address, credential: HTTPHeader("api-key", "secret")))
        }
    }

    private func trusting(_ authorities: String?, verified: Bool = true) -> HTTPTrust {
        var trust = HTTPTrust()
        trust.authorities = authorities
        trust.isVerified = verified
        return trust
    }

    @Test func `trusts whom a named authority vouches for, by that name only`() async throws {
        let leaf = try certificates.sign("DNS:localhost")
        #expect(try await ask("localhost", leaf, trusting(certificates.authority)) == nil)
        let other = try #require(try await ask("127.0.0.1", leaf, trusting(certificates.authority)))
        #expect(other.code == .untrusted(.otherName))
        #expect(!other.mayHaveArrived)
    }

    @Test func `trusts nobody whose authority it does not know, and says where, what and what to do`() async throws {
        let leaf = try certificates.sign("DNS:localhost")
        let error = try #require(try await ask("localhost", leaf, trusting(nil)))
        #expect(error.code == .untrusted(.unknownAuthority))
        #expect(!error.mayHaveArrived)
        let text = error.description
        #expect(text.hasPrefix("GET https://localhost:"))
        #expect(
            text.hasSuffix(
                "/v1/files: cannot be trusted: no authority that is trusted signed its certificate; check the address, or name the authority that signed its certificate"
            ))
        #expect(!text.contains("secret") && !text.contains("after"))
        let stranger = try Certificates(openssl)
        #expect(
            try await ask("localhost", leaf, trusting(stranger.authority))?.code == .untrusted(.unknownAuthority))
    }

    @Test func `trusts no certificate that has expired`() async throws {
        let leaf = try certificates.sign("DNS:localhost", expired: true)
        let error = try #require(try await ask("localhost", leaf, trusting(certificates.authority)))
        #expect(error.code == .untrusted(.expired))
        #expect(error.description.contains("has expired; check this machine's clock"))
    }

    @Test func `does without proofs on this machine where told so, and nowhere else`() async throws {
        let leaf = try certificates.sign("DNS:elsewhere.example", expired: true)
        #expect(try await ask("127.0.0.1", leaf, trusting(nil, verified: false)) == nil)
        #expect(
            try await ask("elsewhere.example", leaf, trusting(nil, verified: false))?.code
                == .insecure("only a loopback address goes without verification"))
    }

    @Test(arguments: ["/nonexistent/ca.pem", "/dev/null"])
    func `trusts nobody on the word of a file that holds no authority`(path: String) async throws {
        let leaf = try certificates.sign("DNS:localhost")
        let error = try #require(try await ask("localhost", leaf, trusting(path)))
        #expect(error.code == .untrusted(.badAuthorities), "\(error)")
    }
}
