import HTTP
import HTTPServer
import Synchronization
import Testing

/// A clock that passes only where somebody waits.
private final class Clock: Sendable {
    private let state = Mutex((now: Duration.zero, waits: [Duration]()))

    var waits: [Duration] { state.withLock(\.waits) }

    var clock: HTTPClock {
        HTTPClock(
            now: { self.state.withLock(\.now) }, date: { 1_795_132_800 },
            sleep: { wait in
                self.state.withLock {
                    $0.now += wait
                    $0.waits.append(wait)
                }
            })
    }
}

@Suite(.serialized) struct SessionTests {
    private func send(
        _ method: HTTPMethod = .get, to served: Served, _ clock: Clock,
        advice: @escaping @Sendable (HTTPResponse) -> RetryPolicy.Advice = { _ in .none }
    ) async throws -> HTTPResponse {
        let session = HTTPSession(
            try HTTPClient(), clock: clock.clock, requestPrefix: "run-7", chance: { 0 })
        return try await session.send(HTTPRequest(method, try served.address()), advice: advice)
    }

    @Test(arguments: [408, 409, 429, 500, 502, 503, 529])
    func `asks again what may go better, and waits longer each time`(status: Int) async throws {
        let served = try Served { _, number in number < 4 ? .text("", status: status) : .text("at last") }
        let clock = Clock()
        #expect(try await send(to: served, clock).text == "at last")
        #expect(clock.waits == [.milliseconds(500), .seconds(1), .seconds(2)])
    }

    @Test(arguments: [400, 401, 403, 404, 405, 422])
    func `does not ask again what will not change`(status: Int) async throws {
        let served = try Served { _, _ in .text("", status: status) }
        let clock = Clock()
        #expect(try await send(to: served, clock).status == status)
        #expect(served.seen.count == 1 && clock.waits.isEmpty)
    }

    @Test func `gives up after so many retries, with the last answer`() async throws {
        let served = try Served { _, number in .text("\(number)", status: 503) }
        let clock = Clock()
        #expect(try await send(to: served, clock).text == "7")
        #expect(clock.waits.last == .seconds(8))
    }

    @Test(arguments: [
        ("retry-after-ms", "1500", Duration.milliseconds(1500)), ("Retry-After", "7", .seconds(7)),
        ("Retry-After", "0.25", .milliseconds(250)), ("Retry-After", "Fri, 20 Nov 2026 00:00:30 GMT", .seconds(30)),
        ("Retry-After", "nonsense", .milliseconds(500)), ("Retry-After", "0", .milliseconds(500)),
        ("retry-after-ms", "-4", .milliseconds(500)),
    ])
    func `waits as long as it is asked to`(name: String, value: String, wait: Duration) async throws {
        let served = try Served { _, number in
            number == 1 ? .text("", status: 429, [(name, value)]) : .text("ok")
        }
        let clock = Clock()
        #expect(try await send(to: served, clock).text == "ok")
        #expect(clock.waits == [wait])
    }

    @Test func `does not wait for a server that asks for more than two minutes`() async throws {
        let served = try Served { _, _ in .text("", status: 429, [("Retry-After", "121")]) }
        let clock = Clock()
        #expect(try await send(to: served, clock).status == 429)
        #expect(served.seen.count == 1 && clock.waits.isEmpty)
    }

    @Test func `believes x-should-retry more than the status`() async throws {
        let clock = Clock()
        let never = try Served { _, _ in .text("", status: 500, [("x-should-retry", "false")]) }
        #expect(try await send(to: never, clock).status == 500)
        #expect(never.seen.count == 1)
        let once = try Served { _, number in
            number == 1 ? .text("", status: 404, [("x-should-retry", "true")]) : .text("ok")
        }
        #expect(try await send(to: once, clock).text == "ok")
    }

    @Test func `heeds what the body says: never where the quota is spent, later where it names a time`() async throws {
        let served = try Served { _, _ in .text("spent", status: 429) }
        let clock = Clock()
        #expect(try await send(to: served, clock) { _ in .stop }.status == 429)
        #expect(served.seen.count == 1)
        let later = try Served { _, number in .text("ok", status: number == 1 ? 429 : 200) }
        #expect(try await send(to: later, clock) { _ in .wait(.seconds(3)) }.text == "ok")
        #expect(clock.waits == [.seconds(3)])
        let far = try Served { _, _ in .text("", status: 429) }
        #expect(try await send(to: far, clock) { _ in .wait(.seconds(86_400)) }.status == 429)
        #expect(far.seen.count == 1)
    }

    @Test func `asks a GET again whose answer was lost, and never a DELETE`() async throws {
        let clock = Clock()
        for delivery in [ServedResponse.Delivery.none, .torn(after: 2)] {
            let reading = try Served { _, number in .text("whole").delivered(number == 1 ? delivery : .whole) }
            #expect(try await send(to: reading, clock).text == "whole")
            #expect(reading.seen.count == 2)
            let deleting = try Served { _, _ in .text("whole").delivered(delivery) }
            await #expect(throws: HTTPError.self) { try await send(.delete, to: deleting, clock) }
            #expect(deleting.seen.count == 1)
        }
        let failing = try Served { _, _ in .text("", status: 500, [("x-should-retry", "true")]) }
        #expect(try await send(.delete, to: failing, clock).status == 500)
        #expect(failing.seen.count == 1)
        let throttled = try Served { _, number in .text("gone", status: number == 1 ? 429 : 200) }
        #expect(try await send(.delete, to: throttled, clock).text == "gone")
    }

    @Test func `holds all requests back where an answer says that none are left`() async throws {
        let served = try Served { _, number in
            .text(
                "ok",
                [
                    ("x-ratelimit-remaining-requests", number == 1 ? "0" : number == 2 ? "-1" : "0"),
                    (number == 3 ? "other" : "x-ratelimit-reset-requests", "1m2.5s"),
                ])
        }
        let clock = Clock()
        let session = HTTPSession(try HTTPClient(), clock: clock.clock, requestPrefix: "run")
        for _ in 0..<4 { _ = try await session.send(HTTPRequest(.get, try served.address())) }
        #expect(clock.waits == [.milliseconds(62_500)])
    }

    @Test func `gives every sending an id of its own`() async throws {
        let served = try Served { _, number in .text("", status: number < 3 ? 500 : 200) }
        _ = try await send(to: served, Clock())
        #expect(served.seen.compactMap { $0.header("x-client-request-id") } == ["run-7-1", "run-7-2", "run-7-3"])
    }

    @Test func `spreads the waits of many clients downwards by a quarter`() {
        let waits = [0.0, 0.5, 0.999].map {
            RetryPolicy().wait(
                after: .answered(HTTPResponse(status: 500, headers: [], body: []), .none), onlyLooks: true, retries: 0,
                chance: $0,
                now: 0)
        }
        #expect(waits[0] == .milliseconds(500))
        #expect(waits[1] == .milliseconds(437.5))
        #expect((waits[2] ?? .zero) > .milliseconds(375))
    }
}
