/// All requests to one source: they share its rate limit, and what fails for a while is sent again.
public final class HTTPSession: Sendable {
    private let client: HTTPClient
    private let policy: RetryPolicy
    private let clock: HTTPClock
    private let chance: @Sendable () -> Double
    private let pace = Pace()
    private let requestPrefix: String

    /// A session.
    ///
    /// - Parameters:
    ///   - requestPrefix: what `X-Client-Request-Id` begins with; unique to this run.
    ///   - chance: numbers from 0 up to 1.
    public init(
        _ client: HTTPClient, policy: RetryPolicy = RetryPolicy(), clock: HTTPClock = .system, requestPrefix: String,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.client = client
        self.policy = policy
        self.clock = clock
        self.requestPrefix = requestPrefix
        self.chance = chance
    }

    /// Runs tasks where answers come in; see `HTTPClient.executor`.
    public var executor: any TaskExecutor { client.executor }

    /// Sends a request until there is an answer that another attempt would not change.
    ///
    /// - Parameter advice: what the body of an answer that is not a success says about another attempt.
    /// - Throws: `HTTPError` of the last attempt.
    public func send(
        _ request: HTTPRequest, advice: @Sendable (HTTPResponse) -> RetryPolicy.Advice = { _ in .none }
    ) async throws(HTTPError) -> HTTPResponse {
        var turn = Pace.Turn()
        var retries = 0
        while true {
            try await waitForTurn(&turn, request)
            let outcome: RetryPolicy.Outcome
            do throws(HTTPError) {
                let response = try await client.send(numbered(request, turn))
                pace.learn(from: response, now: clock.now())
                guard response.status >= 400 else { return response }
                outcome = .answered(response, advice(response))
            } catch {
                outcome = .failed(error)
            }
            // What is refused as too much is the source's affair: it counts for all of its requests together, and they all
            // wait.
            let isRefused = outcome.isThrottled
            let wait = policy.wait(
                after: outcome, onlyLooks: request.onlyLooks,
                retries: isRefused ? pace.refusals(before: turn) : retries,
                chance: chance(), now: clock.date())
            guard let wait, !Task.isCancelled else { return try outcome.get() }
            if isRefused {
                pace.hold(turn, until: clock.now() + wait)
            } else {
                retries += 1
                await clock.sleep(wait)
            }
        }
    }

    private func waitForTurn(_ turn: inout Pace.Turn, _ request: HTTPRequest) async throws(HTTPError) {
        while let wait = pace.wait(&turn, now: clock.now()) {
            await clock.sleep(wait)
            guard Task.isCancelled else { continue }
            pace.leave(turn)
            throw HTTPError(.cancelled, target: request.target)
        }
    }

    /// The request with an id of its own, by which the provider's support finds it.
    private func numbered(_ request: HTTPRequest, _ turn: Pace.Turn) -> HTTPRequest {
        var request = request
        request.headers.append(HTTPHeader("X-Client-Request-Id", "\(requestPrefix)-\(turn.number)"))
        return request
    }
}

extension RetryPolicy.Outcome {
    fileprivate func get() throws(HTTPError) -> HTTPResponse {
        switch self {
        case .answered(let response, _): return response
        case .failed(let error): throw error
        }
    }

    fileprivate var isThrottled: Bool {
        if case .answered(let response, _) = self { response.status == 429 } else { false }
    }
}
