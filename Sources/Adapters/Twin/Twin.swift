internal import Chronology
internal import HTTPServer
internal import Threads

/// A local server that speaks a provider's protocol over an estate, for tests and rehearsals.
///
/// It listens on 127.0.0.1 only. It is written from the provider's documents by itself, and changes as calls come;
/// `POST /__reset` gives back what was there at the start, and can add objects of given ids.
public final class Twin: Sendable {
    private let server: HTTPServer
    private let desk: Desk
    /// The port that it listens on.
    public var port: UInt16 { server.port }

    /// The key that it takes unless another is given.
    public static let usualKey = "sk-twin"

    /// The token that it takes, where it takes tokens, unless another is given.
    public static let usualToken = "ey-twin"

    /// When the first object is made unless it is said: 2026-11-20, where estates that are made up end.
    public static let usualNow: Int64 = 1_795_132_800

    /// What it calls the organization of its key unless another is given.
    public static let usualOrganization = "org-twin"

    /// The areas that can be retired, for people.
    public static var areas: String { Shelf.Area.allCases.map(\.rawValue).joined(separator: ", ") }

    /// Starts a twin.
    ///
    /// - Parameters:
    ///   - estate: a directory with one NDJSON file a kind.
    ///   - profile: whose service it is.
    ///   - port: 0 for any that is free.
    ///   - key: the only API key that it takes.
    ///   - token: the only token.
    ///   - retired: the areas that the service no longer has, by their names.
    ///   - faults: what goes wrong; nil for nothing.
    ///   - now: when the first object is made, in seconds since 1970.
    ///   - organization: whose the key is, as OpenAI's answers say it.
    ///   - secondsAhead: how far the clock in `Date` is ahead of this machine's, which is all that is read of that.
    ///   - clock: what `Date` tells in the place of this machine's clock, in seconds since 1970.
    ///   - rateLimit: how many requests it takes at a time; nil for any number.
    ///   - elapsed: the time that the limit counts by, in the place of this machine's clock.
    ///   - isStill: whether work that waits goes on waiting, whoever looks at it.
    public init(
        estate: String, profile: TwinProfile = .openai, port: UInt16 = 0, key: String = Twin.usualKey,
        token: String = Twin.usualToken, retired: [String] = [], faults: Faults? = nil,
        now: Int64 = Twin.usualNow, organization: String = Twin.usualOrganization, secondsAhead: Int64 = 0,
        clock: (@Sendable () -> Int64)? = nil, rateLimit: RateLimit? = nil,
        elapsed: (@Sendable () -> Duration)? = nil, isStill: Bool = false
    ) throws(TwinError) {
        var areas: Set<Shelf.Area> = []
        for name in retired {
            guard let area = Shelf.Area(rawValue: name) else {
                throw TwinError("\(name): nothing of that name can be retired", hint: "choose among \(Self.areas)")
            }
            areas.insert(area)
        }
        let service = Service(
            stock: try Stock(estate: estate), mint: Mint(seed: 1, now: now), profile: profile,
            keys: Keys(key: key, token: token), retired: areas, isStill: isStill)
        let start = ContinuousClock.now
        let desk = Desk(
            service, faults, rateLimit, organization: organization, secondsAhead: secondsAhead, clock,
            elapsed: elapsed ?? { ContinuousClock.now - start })
        self.desk = desk
        do throws(HTTPServerError) {
            server = try HTTPServer(port: port) { desk.answer($0) }
        } catch {
            throw TwinError("\(error)", hint: "or stop what has it")
        }
    }

    /// Everything that it holds, what no call reaches included, in no order.
    public func records() -> [TwinRecord] { desk.records() }

    /// Whether nothing goes wrong, whatever the faults say. What was asked meanwhile counts for no fault.
    public var isCalm: Bool {
        get { desk.isCalm }
        set { desk.isCalm = newValue }
    }
}

/// Takes one request at a time.
private final class Desk: @unchecked Sendable {
    private struct State {
        var service: Service
        var requests = 0
        /// How often each request was sent.
        var attempts: [String: Int] = [:]
        var lateness = Lateness()
        var isCalm = false
        var use: RateLimit.Use?
    }

    private let start: Service
    private let faults: Faults?
    private let rateLimit: RateLimit?
    private let organization: String
    private let secondsAhead: Int64
    private let clock: (@Sendable () -> Int64)?
    private let elapsed: @Sendable () -> Duration
    // Proof of Sendable: `state` is used under `lock`, which the thread sanitizer knows, unlike the library's Mutex.
    private var state: State
    private let lock = Monitor()

    init(
        _ service: Service, _ faults: Faults?, _ rateLimit: RateLimit?, organization: String, secondsAhead: Int64,
        _ clock: (@Sendable () -> Int64)?, elapsed: @escaping @Sendable () -> Duration
    ) {
        start = service
        self.faults = faults
        self.organization = organization
        self.secondsAhead = secondsAhead
        self.clock = clock
        self.rateLimit = rateLimit
        self.elapsed = elapsed
        state = State(service: service, use: rateLimit.map { RateLimit.Use(of: $0) })
    }

    func records() -> [TwinRecord] { lock.locked { state.service.stock }.records() }

    var isCalm: Bool {
        get { lock.locked { state.isCalm } }
        set { lock.locked { state.isCalm = newValue } }
    }

    func answer(_ request: ServedRequest) -> ServedResponse {
        var response = lock.locked {
            state.requests += 1
            if request.method == "POST", request.path == "/__reset" {
                state = State(
                    service: start, requests: state.requests, use: rateLimit.map { RateLimit.Use(of: $0) })
                do throws(Refused) {
                    try state.service.prepare(request.body)
                } catch {
                    return error.response
                }
                return ServedResponse(status: 200, body: Array(#"{"reset":true}"#.utf8))
            }
            let use = count(request)
            var response = start.profile.dress(use?.refusal ?? take(request), for: request)
            response.headers += start.profile.headers(request, number: state.requests, organization, use)
            return response
        }
        if secondsAhead != 0 || clock != nil {
            let now = clock.map { $0() } ?? Instant.now().seconds
            let (told, isTooFar) = now.addingReportingOverflow(secondsAhead)
            response.headers.append(("Date", HTTPDate.text(isTooFar ? .maximum : Instant(seconds: told))))
        }
        if !response.headers.contains(where: { $0.name == "Content-Type" }) {
            response.headers.append(("Content-Type", "application/json"))
        }
        return response
    }

    /// What is used of the limit with this request; nil where there is none, or where the request is not let in.
    private func count(_ request: ServedRequest) -> RateLimit.Use? {
        guard state.use != nil, start.admits(request) else { return nil }
        state.use?.count(now: elapsed())
        return state.use
    }

    private func take(_ request: ServedRequest) -> ServedResponse {
        guard let faults, !state.isCalm else { return state.service.answer(request) }
        state.attempts[request.identity, default: 0] += 1
        return faults.answer(request, attempt: state.attempts[request.identity] ?? 1) { request, quirks in
            let response = state.service.answer(request, state.lateness.look(at: request.path, quirks))
            if request.method == "DELETE", response.status == 200 { state.lateness.deleted(request.path) }
            return response
        }
    }
}
