import HTTP
import HTTPServer
import Testing

@Suite(.serialized) struct ClientTests {
    private let credential = HTTPHeader("Authorization", "Bearer sk-very-secret")

    @Test func `sends what it is given, and gives what is answered`() async throws {
        let served = try Served { request, _ in
            .text("\(request.method) \(request.path)", status: 201, [("X-Thing", " some thing ")])
        }
        let address = try served.address("/v1").appending(
            path: ["files", "a/b ?"], query: [("after", "x&y=z"), ("limit", "2")])
        let response = try await HTTPClient().send(
            HTTPRequest(.post, address, headers: [HTTPHeader("X-Own", "1")], credential: credential, body: [1, 0, 2]))
        #expect(response.status == 201)
        #expect(response.text == "POST /v1/files/a/b ?")
        #expect(response["x-thing"] == "some thing")
        let request = try #require(served.seen.first)
        #expect(request.body == [1, 0, 2])
        #expect(request.header("authorization") == "Bearer sk-very-secret")
        #expect(request.header("x-own") == "1")
        #expect(request.item("after") == "x&y=z")
        #expect(request.item("limit") == "2")
    }

    @Test func `runs no more exchanges at a time than it may, and all in the end`() async throws {
        let gauge = Gauge()
        let served = try Served { _, _ in
            gauge.enter()
            defer { gauge.leave() }
            return .text("done").delivered(.slow(bytes: 2, milliseconds: 5))
        }
        var limits = HTTPLimits()
        limits.inFlight = 3
        let client = try HTTPClient(limits: limits)
        let address = try served.address()
        let answers = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<40 { group.addTask { try? await client.send(HTTPRequest(.get, address)).text } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 40 && answers.allSatisfy { $0 == "done" })
        #expect((1...3).contains(gauge.most))
    }

    @Test func `takes an answer of just the limit, and refuses one that is a byte longer`() async throws {
        let served = try Served { request, _ in
            .text(String(repeating: "x", count: request.path == "/fits" ? 100 : 101))
        }
        var limits = HTTPLimits()
        limits.bodyBytes = 100
        let client = try HTTPClient(limits: limits)
        let fits = try served.address("/fits")
        let longer = try served.address("/longer")
        #expect(try await client.send(HTTPRequest(.get, fits)).body.count == 100)
        let error = await failure { () throws(HTTPError) in try await client.send(HTTPRequest(.get, longer)) }
        #expect(error?.code == .tooLarge(100))
    }

    @Test func `ends an exchange that takes too long, or that falls silent`() async throws {
        let served = try Served { _, _ in .text("never seen").delivered(.slow(bytes: 1, milliseconds: 3000)) }
        let address = try served.address()
        var limits = HTTPLimits()
        limits.total = .milliseconds(50)
        let total = try HTTPClient(limits: limits)
        #expect(
            await failure { () throws(HTTPError) in try await total.send(HTTPRequest(.get, address)) }?.code == .timeout
        )
        limits.total = .seconds(600)
        limits.idle = .seconds(1)
        let idle = try HTTPClient(limits: limits)
        #expect(
            await failure { () throws(HTTPError) in try await idle.send(HTTPRequest(.get, address)) }?.code == .timeout)
    }

    @Test func `says that an answer broke off, and does not take the part for the whole`() async throws {
        let served = try Served { request, _ in
            .text("only the beginning arrives").delivered(request.path == "/torn" ? .torn(after: 7) : .none)
        }
        let client = try HTTPClient()
        for path in ["/torn", "/none"] {
            let address = try served.address(path)
            let error = await failure { () throws(HTTPError) in try await client.send(HTTPRequest(.delete, address)) }
            guard case .interrupted? = error?.code else {
                Issue.record("\(path): \(String(describing: error))")
                continue
            }
            #expect(error?.mayHaveArrived == true)
        }
    }

    @Test(arguments: [HTTPMethod.delete, .post])
    func `sends what changes something once, also over a connection that was in use before`(
        method: HTTPMethod
    ) async throws {
        let served = try Served { request, _ in
            .text("there").delivered(request.method == "GET" ? .whole : .none)
        }
        let client = try HTTPClient()
        let address = try served.address()
        _ = try await client.send(HTTPRequest(.get, address))
        let error = await failure { () throws(HTTPError) in try await client.send(HTTPRequest(method, address)) }
        #expect(error?.mayHaveArrived == true)
        #expect(served.seen.map(\.method) == ["GET", method.rawValue])
    }

    @Test(
        arguments: [
            ("Fri, 20 Nov 2026 00:00:30 GMT", 1_795_132_830), ("Friday, 20-Nov-26 00:00:30 GMT", 1_795_132_830),
            ("today", nil), ("", nil),
        ] as [(String, Int64?)])
    func `reads the server's clock where it tells the time`(text: String, seconds: Int64?) {
        let response = HTTPResponse(status: 200, headers: [HTTPHeader("date", text)], body: [])
        #expect(response.date == seconds)
        #expect(HTTPResponse(status: 200, headers: [], body: []).date == nil)
    }

    @Test func `says that nobody listens, and that nothing can have happened`() async throws {
        let port = try Served { _, _ in .text("") }.port
        let address = try HTTPAddress("http://127.0.0.1:\(port)/v1/files?after=x")
        let client = try HTTPClient()
        let credential = credential
        let error = await failure { () throws(HTTPError) in
            try await client.send(HTTPRequest(.get, address, credential: credential))
        }
        let text = try #require(error).description
        #expect(error?.mayHaveArrived == false)
        #expect(text.hasPrefix("GET http://127.0.0.1:\(port)/v1/files: no connection: "))
        #expect(!text.contains("secret") && !text.contains("after"))
    }

    @Test func `lets a cancelled caller go at once, whenever it was cancelled`() async throws {
        let served = try Served { _, _ in .text("late").delivered(.slow(bytes: 1, milliseconds: 200)) }
        var limits = HTTPLimits()
        limits.inFlight = 1
        let client = try HTTPClient(limits: limits)
        let address = try served.address()
        let tasks = (0..<8).map { _ in
            Task { await failure { () throws(HTTPError) in try await client.send(HTTPRequest(.get, address)) } }
        }
        for task in tasks { task.cancel() }
        for task in tasks { #expect(await task.value?.code == .cancelled) }
        // The client lives on.
        #expect(try await client.send(HTTPRequest(.get, address)).text == "late")
    }
}

@Suite(.serialized) struct RedirectTests {
    private let credential = HTTPHeader("api-key", "very-secret")

    @Test func `follows a GET within its origin with the credential`() async throws {
        let served = try Served { request, _ in
            request.path == "/old" ? .text("", status: 307, [("Location", "/new?x=1")]) : .text("here")
        }
        let response = try await HTTPClient().send(HTTPRequest(.get, served.address("/old"), credential: credential))
        #expect(response.text == "here")
        #expect(served.seen.map(\.path) == ["/old", "/new"])
        #expect(served.seen.last?.header("api-key") == "very-secret")
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `takes no credential to another origin, and no answer from there for one to it`(status: Int) async throws {
        let other = try Served { _, _ in .text("other", status: 404) }
        let location = try other.address("/landing?token=other-secret").text
        let served = try Served { _, _ in .text("", status: status, [("Location", location)]) }
        let (client, address) = (try HTTPClient(), try served.address())
        let error = await failure { () throws(HTTPError) in
            try await client.send(HTTPRequest(.get, address, credential: credential))
        }
        #expect(error?.code == .redirected("to another host, which the credential is not for"))
        #expect(error?.description.hasSuffix("; write the address that it leads to") == true)
        #expect(error?.description.contains("secret") == false)
        #expect(served.seen.first?.header("api-key") == "very-secret")
        #expect(other.seen.isEmpty)
        // Who brings nothing loses nothing.
        #expect(try await client.send(HTTPRequest(.get, address)).text == "other")
    }

    @Test func `does not send on what changes something, and goes round no circle`() async throws {
        let served = try Served { _, _ in .text("", status: 302, [("Location", "/again")]) }
        let client = try HTTPClient()
        let address = try served.address()
        #expect(try await client.send(HTTPRequest(.delete, address)).status == 302)
        #expect(served.seen.count == 1)
        let error = await failure { () throws(HTTPError) in try await client.send(HTTPRequest(.get, address)) }
        guard case .redirected? = error?.code else { return #expect(error == nil) }
        #expect(served.seen.count == 7)
        // Where it led to are the server's words.
        #expect(error?.target == "GET \(address)")
    }
}
