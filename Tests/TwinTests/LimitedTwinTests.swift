import HTTP
import Testing
import Threads
import Twin

/// A time that a test sets.
private final class SetTime: @unchecked Sendable {
    // Proof of Sendable: `time` is used under `lock`.
    private var time = Duration.zero
    private let lock = Monitor()

    var now: Duration {
        get { lock.locked { time } }
        set { lock.locked { time = newValue } }
    }
}

/// A twin that takes so many requests in each window of time.
@Suite(.serialized) struct LimitedTwinTests {
    private let time = SetTime()

    private func calling(_ limit: String, profile: TwinProfile = .openai) throws -> Calling {
        let time = time
        return try Calling(profile: profile, rateLimit: RateLimit(limit), elapsed: { time.now })
    }

    private func left(_ answer: Calling.Answer) -> [String?] {
        ["limit", "remaining", "reset"].map { answer.header("x-ratelimit-\($0)-requests") }
    }

    @Test func `every answer says what is left of the limit, and until when`() async throws {
        let calling = try calling("2/1min")
        #expect(left(try await calling.call(.get, "/v1/files")) == ["2", "1", "1m0s"])
        time.now = .milliseconds(12_500)
        #expect(left(try await calling.call(.get, "/v1/nothing")) == ["2", "0", "47.500s"])
        time.now = .seconds(60)
        #expect(left(try await calling.call(.get, "/v1/files")) == ["2", "1", "1m0s"])
        time.now = .milliseconds(119_988)
        #expect(left(try await calling.call(.get, "/v1/files")) == ["2", "0", "12ms"])
        #expect(left(try await Calling().call(.get, "/v1/files")) == [nil, nil, nil])
        #expect(left(try await self.calling("1/90min").call(.get, "/v1/files")) == ["1", "0", "1h30m0s"])
    }

    @Test func `what is more is refused until the window ends, and nothing is done`() async throws {
        let calling = try calling("1/1min")
        #expect(try await calling.call(.get, "/v1/files").status == 200)
        time.now = .milliseconds(12_500)
        let refused = try await calling.call(.delete, "/v1/files/file-1")
        #expect(refused.status == 429)
        #expect(refused.error["code"] as? String == "rate_limit_exceeded")
        #expect(refused.header("retry-after") == "48")
        #expect(left(refused) == ["1", "0", "47.500s"])
        time.now = .seconds(60)
        #expect(try await calling.call(.get, "/v1/files/file-1").status == 200)
    }

    @Test func `who is not let in uses nothing up, and a new start gives everything back`() async throws {
        let calling = try calling("1/1min")
        let stranger = try await calling.call(.get, "/v1/files", key: "Bearer other")
        #expect(stranger.status == 401 && left(stranger) == [nil, nil, nil])
        #expect(try await calling.call(.get, "/v1/files").status == 200)
        #expect(try await calling.call(.get, "/v1/files").status == 429)
        #expect(try await calling.call(.get, "/v1/files", key: "Bearer other").status == 401)
        #expect(try await calling.post("/__reset").status == 200)
        #expect(try await calling.call(.get, "/v1/files").status == 200)
    }

    @Test func `Azure says how long to wait in its own headers and words, and not what is left`() async throws {
        let calling = try calling("1/20s", profile: .azure)
        let key = HTTPHeader("api-key", "sk-twin")
        #expect(left(try await calling.call(.get, "/openai/v1/files", key)) == [nil, nil, nil])
        let refused = try await calling.call(.get, "/openai/v1/files", key)
        #expect(refused.status == 429 && refused.error["code"] as? String == "429")
        #expect(refused.header("retry-after") == "20" && refused.header("retry-after-ms") == "20000")
        #expect(refused.message?.contains("Please retry after 20 seconds.") == true)
        #expect(try await calling.call(.get, "/openai/v1/responses/resp_1", key).header("retry-after") == nil)
    }

    @Test(arguments: ["", "60", "60/", "/1min", "0/1min", "-1/1min", "1.5/1min", "60/1m", "60/0s", "60/1mo", "6/1s/1s"])
    func `takes nothing for a limit that is none`(text: String) {
        let error = #expect(throws: TwinError.self) { try RateLimit(text) }
        #expect(error?.description == "\"\(text)\" is not a rate limit; write 60/1min, 10/1s or 1000/1h")
    }
}
