import HTTP
import HTTPServer
import Synchronization
import Testing
import Threads

/// A service that takes so many requests in each window of time, and answers 429 to all others.
private final class Limiter: @unchecked Sendable {
    // Proof of Sendable: all that changes is used under `lock`.
    private let lock = Monitor()
    private let clock: CommonClock
    private let limit: Int
    private let window: Duration
    private var windowEnd = Duration.zero
    private var left = 0
    private var answered: [String] = []
    private var refusals = 0

    init(_ limit: Int, every window: Duration, _ clock: CommonClock) {
        (self.limit, self.window, self.clock) = (limit, window, clock)
    }

    /// The paths that were answered, in their order.
    var paths: [String] { lock.locked { answered } }
    var refused: Int { lock.locked { refusals } }

    func takes(_ path: String) -> Bool {
        lock.locked {
            if clock.now >= windowEnd { (windowEnd, left) = (clock.now + window, limit) }
            guard left > 0 else {
                refusals += 1
                return false
            }
            left -= 1
            answered.append(path)
            return true
        }
    }
}

/// Many requests that share one limit.
@Suite struct RateLimitTests {
    private let clock = CommonClock()

    private func session(chance: Double = 0.999) throws -> HTTPSession {
        HTTPSession(try HTTPClient(), clock: clock.clock, requestPrefix: "run", chance: { chance })
    }

    private func served(_ limiter: Limiter, _ headers: [(name: String, value: String)]) throws -> Served {
        try Served { request, _ in
            limiter.takes(request.path) ? .text("ok") : .text("", status: 429, headers)
        }
    }

    struct Limit: Sendable, CustomTestStringConvertible {
        let requests: Int
        let window: Duration
        var advice: String?
        let inFlight: Int
        let each: Int
        /// More where the advice is wrong.
        var refusals = 1

        var best: Duration { window * Double(inFlight * each) / Double(requests) }
        var testDescription: String { "\(requests) in \(window), \(advice ?? "no") advice, \(inFlight) in flight" }
    }

    @Test(arguments: [
        Limit(requests: 10, window: .seconds(1), advice: "1", inFlight: 64, each: 4),
        Limit(requests: 1, window: .seconds(1), advice: "1", inFlight: 16, each: 3),
        Limit(requests: 60, window: .seconds(60), inFlight: 16, each: 20),
        Limit(requests: 3, window: .seconds(20), advice: "1", inFlight: 16, each: 2, refusals: 3),
    ])
    func `loses nothing to a limit that is below what is in flight, and keeps it busy`(limit: Limit) async throws {
        let limiter = Limiter(limit.requests, every: limit.window, clock)
        let served = try served(limiter, limit.advice.map { [("Retry-After", $0)] } ?? [])
        let session = try session()
        await clock.run(limit.inFlight) { number in
            for time in 0..<limit.each {
                let answer = try? await session.send(HTTPRequest(.get, try served.address("/\(number)/\(time)")))
                #expect(answer?.status == 200)
            }
        }
        let count = limit.inFlight * limit.each
        #expect(Set(limiter.paths).count == count)
        #expect(limiter.refused < limit.inFlight + count * limit.refusals, "\(limiter.refused)")
        #expect(clock.now < limit.best * 2.5, "\(clock.now) instead of \(limit.best)")
    }

    @Test func `lets those go first after a wait who came first`() async throws {
        let limiter = Limiter(1, every: .seconds(2), clock)
        let served = try served(limiter, [("Retry-After", "1")])
        let session = try session()
        _ = try await session.send(HTTPRequest(.get, try served.address("/before")))
        await clock.run(12, inTurn: true) { number in
            _ = try? await session.send(HTTPRequest(.get, try served.address("/\(number)")))
        }
        #expect(limiter.paths == ["/before"] + (0..<12).map { "/\($0)" })
    }

    @Test func `goes on for more than a minute where nobody says how long to wait`() async throws {
        let served = try Served { _, _ in .text("", status: 429) }
        let session = try session()
        await clock.run(1) { _ in
            let answer = try? await session.send(HTTPRequest(.get, try served.address()))
            #expect(answer?.status == 429)
        }
        #expect(clock.now > .seconds(60) && clock.now < .seconds(120), "\(clock.now)")
    }

    @Test(arguments: [nil, "1", "120"])
    func `ends with a service that refuses everything, for all who wait`(advice: String?) async throws {
        let served = try Served { _, _ in .text("", status: 429, advice.map { [("Retry-After", $0)] } ?? []) }
        let session = try session()
        await clock.run(64) { _ in
            for _ in 0..<3 {
                let answer = try? await session.send(HTTPRequest(.get, try served.address()))
                #expect(answer?.status == 429)
            }
        }
        #expect(clock.now < .seconds(advice == "120" ? 1200 : 180), "\(clock.now)")
    }

    @Test func `tries again once the service was left alone for a while, whatever it refused before`() async throws {
        let served = try Served { _, number in .text("", status: number <= 10 ? 429 : 200) }
        let (session, clock) = (try session(), clock)
        await clock.run(1) { _ in
            #expect((try? await session.send(HTTPRequest(.get, try served.address())))?.status == 429)
            await clock.clock.sleep(.seconds(61))
            #expect((try? await session.send(HTTPRequest(.get, try served.address())))?.status == 200)
        }
    }

    @Test func `lets nobody wait for those who gave up waiting`() async throws {
        let limiter = Limiter(1, every: .seconds(1), clock)
        let served = try served(limiter, [("Retry-After", "1")])
        let session = try session()
        _ = try await session.send(HTTPRequest(.get, try served.address("/before")))
        let waiting = Mutex<[Task<HTTPResponse?, Never>]>([])
        await clock.run(32, inTurn: true) { number in
            guard number < 31 else { return waiting.withLock { $0.forEach { $0.cancel() } } }
            let task = Task { try? await session.send(HTTPRequest(.get, try served.address("/\(number)"))) }
            waiting.withLock { $0.append(task) }
            _ = await task.value
        }
        let (clock, since) = (clock, clock.now)
        await clock.run(1) { _ in _ = try? await session.send(HTTPRequest(.get, try served.address("/after"))) }
        #expect(limiter.paths == ["/before", "/after"])
        #expect(clock.now == since)
    }

    @Test func `waits as the limits say that come with a refusal, where nothing else does`() async throws {
        let served = try Served { _, number in
            number > 1
                ? .text("ok")
                : .text(
                    "", status: 429,
                    [("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "17s")])
        }
        let session = try session()
        await clock.run(1) { _ in
            #expect((try? await session.send(HTTPRequest(.get, try served.address())))?.status == 200)
        }
        #expect(clock.now == .seconds(17))
    }
}
