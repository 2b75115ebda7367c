import Disposition
import HTTP
import HTTPServer
import Records
import TestSupport
import Testing
import Twin

@testable import Connectors

/// What is said of the answers to a call, and that it is sent once to effect.
@Suite(.serialized) struct CallAnswerTests {
    /// What a DELETE of `file-a` comes to with this answer, how often it was sent, and how long was waited.
    private func delete(
        _ answer: @escaping @Sendable (Int) -> ServedResponse
    ) async throws -> (answer: CallAnswer, sent: Int, waits: [Duration]) {
        let stage = try Stage { _, _, time in answer(time) }
        let acting = try Acting(stage)
        let said = await acting.call(.delete, .file, "file-a")
        #expect(stage.asked.allSatisfy { $0 == "DELETE /v1/files/file-a" })
        return (said, stage.changes, acting.clock.waits)
    }

    @Test(arguments: [
        (#"{"id":"file-a","object":"file","deleted":true}"#, 200, CallAnswer.accepted),
        (#"{"id":"file-a","object":"file","deleted":false}"#, 200, .denied),
        (#"{"id":"file-b","object":"file","deleted":true}"#, 200, .denied),
        (#"{"id":"file-a","object":"file"}"#, 200, .denied), (#"{"deleted":true}"#, 200, .denied),
        (#"{"id":"file-a","deleted":"true"}"#, 200, .denied), ("{}", 200, .denied), ("", 204, .accepted),
        ("", 202, .accepted), ("", 200, .lost("the answer is empty")),
        ("<html>", 200, .lost("the answer is not what was asked for")),
        ("[]", 200, .lost("the answer is not what was asked for")),
        (#"{"id":"file-a","deleted":tr"#, 200, .lost("the answer is not what was asked for")),
    ])
    func `a success is judged by what it says of the record (case 57)`(
        body: String, status: Int, answer: CallAnswer
    ) async throws {
        let (said, sent, _) = try await delete { _ in .json(body, status: status) }
        #expect(said == answer && sent == 1)
    }

    @Test func `an item's end is told as its conversation, and a response's as anything`() async throws {
        let bodies = [
            "/v1/conversations/conv_1/items/item_1": #"{"id":"conv_1","object":"conversation"}"#,
            "/v1/conversations/conv_1/items/item_2": #"{"id":"conv_2","object":"conversation"}"#,
            "/v1/conversations/conv_1/items/item_3": #"{"id":"item_3","deleted":true}"#,
            "/v1/responses/resp_1": "", "/v1/responses/resp_2": "ok",
            "/v1/responses/resp_3": #"{"id":"resp_4","object":"response","deleted":true}"#,
            "/v1/responses/resp_5": #"{"id":"resp_5","deleted":false}"#,
        ]
        let stage = try Stage { request, _, _ in .json(bodies[request.path] ?? "") }
        let acting = try Acting(stage)
        var said: [CallAnswer] = []
        for number in 1...3 { said.append(await acting.call(.delete, .item, "item_\(number)", in: "conv_1")) }
        #expect(said == [.accepted, .denied, .accepted])
        said = []
        for number in [1, 2, 3, 5] { said.append(await acting.call(.delete, .response, "resp_\(number)")) }
        #expect(said == [.accepted, .accepted, .denied, .denied])
    }

    @Test(arguments: [400, 405, 409, 422])
    func `what the service does not do is rejected`(status: Int) async throws {
        let (said, sent, _) = try await delete { _ in .json(#"{"error":{"code":"bad"}}"#, status: status) }
        #expect(said == .rejected("answered \(status) bad"))
        // A conflict may pass, and nothing was done.
        #expect(sent == (status == 409 ? 7 : 1))
    }

    @Test(arguments: [408, 500, 502, 503, 529])
    func `of a failure of the service nobody knows what it did, and it is not sent again`(status: Int) async throws {
        let (said, sent, waits) = try await delete { _ in
            .json("", status: status).with("Retry-After", "1").with("x-should-retry", "true")
        }
        #expect(said == .lost("answered \(status)"))
        #expect(sent == 1 && waits.isEmpty)
    }

    @Test(arguments: [ServedResponse.Delivery.none, .torn(after: 9)])
    func `of an answer that was lost on its way nobody knows, also over a connection in use (case 56)`(
        delivery: ServedResponse.Delivery
    ) async throws {
        let stage = try Stage { request, _, _ in
            request.method == "GET" ? .file("file-a") : .deletedFile("file-a").delivered(delivery)
        }
        let acting = try Acting(stage)
        #expect(await acting.look(.file, "file-a").facts != nil)
        guard case .lost(let words) = await acting.call(.delete, .file, "file-a") else {
            Issue.record("a lost answer was taken for one")
            return
        }
        #expect(words.hasPrefix("the answer broke off"))
        #expect(stage.changes == 1)
    }

    @Test func `401 and 403 say that nothing more is to be asked (case 59)`() async throws {
        for (status, body) in [(403, "{}"), (401, #"{"error":{"message":"Missing scopes: api.files.write"}}"#)] {
            let (said, sent, _) = try await delete { _ in .json(body, status: status) }
            guard case .refused(let words) = said else {
                Issue.record("\(status): \(said)")
                continue
            }
            #expect(words.hasPrefix("answered \(status)") && sent == 1)
            #expect(status == 403 || words.contains("missing scopes: api.files.write; give the credential"))
        }
    }

    @Test func `waits as a service asks that says it did nothing, and then calls again (case 59)`() async throws {
        let busy = ServedResponse.json(#"{"error":{"code":"rate_limit_exceeded"}}"#, status: 429)
        let (said, sent, waits) = try await delete { time in
            switch time {
            case 1: busy.with("Retry-After", "7")
            case 2: busy
            default: .deletedFile("file-a")
            }
        }
        #expect(said == .accepted && sent == 3 && waits == [.seconds(7), .seconds(1)])
        let never = try await delete { _ in busy.with("Retry-After", "5") }
        #expect(never.answer == .unavailable("answered 429 rate_limit_exceeded") && never.sent == 9)
        let tomorrow = try await delete { _ in busy.with("Retry-After", "86400") }
        #expect(tomorrow.answer == .unavailable("answered 429 rate_limit_exceeded") && tomorrow.waits.isEmpty)
        let spent = try await delete { _ in .json(#"{"error":{"code":"insufficient_quota"}}"#, status: 429) }
        #expect(spent.answer == .unavailable("answered 429 insufficient_quota") && spent.sent == 1)
    }

    @Test func `where no connection came about nothing was done`() async throws {
        // Nobody listens there: a port that was free a moment ago.
        final class Nobody: Host {
            let port: UInt16
            init() throws { port = try Stage { _, _, _ in .notFound }.port }
        }
        guard case .unavailable = await (try Acting(Nobody())).call(.delete, .file, "file-a") else {
            Issue.record("nobody was there")
            return
        }
    }

    @Test(arguments: [429, 500])
    func `a service that answers nothing more is told from records that it cannot show (case 59)`(status: Int)
        async throws
    {
        let broken = try Stage { request, _, _ in
            request.path.hasPrefix("/v1/threads") ? .json("{}", status: status).with("Retry-After", "300") : .empty
        }
        let some = try Acting(broken)
        for number in 1...4 { #expect(await some.look(.thread, "thread_\(number)").isUnreadable) }
        #expect(await !some.service.isSilent())
        let down = try Stage { _, _, _ in .json("{}", status: status).with("Retry-After", "300") }
        let all = try Acting(down)
        #expect(await all.look(.thread, "thread_1").isUnreadable)
        #expect(await !all.service.isSilent())
        for number in 2...3 { #expect(await all.look(.thread, "thread_\(number)").isUnreadable) }
        #expect(await all.service.isSilent())
        // The wait is longer than any that is waited: nothing was asked twice.
        #expect(all.clock.waits.isEmpty && down.asked.count == 4)
    }

    @Test func `a token that has expired is renewed, and the call is made once under the new one`() async throws {
        let stage = try Stage { request, _, _ in
            request.header("authorization") == "Bearer new"
                ? .deletedFile("file-a") : .json(#"{"error":{"code":"invalid_api_key"}}"#, status: 401)
        }
        let passport = Passport(HTTPHeader("Authorization", "Bearer old")) { HTTPHeader("Authorization", "Bearer new") }
        let acting = try Acting(stage, passport: passport)
        #expect(await acting.call(.delete, .file, "file-a") == .accepted)
        #expect(stage.changes == 2)
        let stuck = try Acting(stage, passport: Passport(HTTPHeader("Authorization", "Bearer old")))
        guard case .refused = await stuck.call(.delete, .file, "file-a") else {
            Issue.record("there is no newer one")
            return
        }
    }

    @Test func `what has no path is not called`() async throws {
        let stage = try Stage { _, _, _ in .notFound }
        let acting = try Acting(stage)
        let targets: [(Kind, String, String?)] = [
            (.message, "msg_1", nil), (.vectorStoreFile, "file-a", nil), (.vectorStoreFile, "vs_1/file-a", "vs_2"),
            (.runStep, "step_1", "run_1"), (.upload, "upload_1", nil), (.file, "", nil), (.item, "i", ""),
        ]
        for (kind, id, container) in targets {
            guard case .rejected = await acting.call(.delete, kind, id, in: container) else {
                Issue.record("\(kind) \(id) was called")
                continue
            }
            #expect(await acting.look(kind, id, in: container).isUnreadable)
            #expect(await acting.readBack(.delete, kind, id, in: container).isUnreadable)
        }
        #expect(stage.asked.isEmpty)
        // Whatever an id holds, it stays one part of a path.
        _ = await acting.call(.delete, .file, "../vector_stores/vs_1")
        #expect(stage.asked == ["DELETE /v1/files/../vector_stores/vs_1"])
    }
}
