/// When a request may be sent again, and how long to wait before.
///
/// - Source: openai-python 3.52.0, `_base_client.py`, whose answers are these in every case but three: what is not safe to
///   repeat is repeated only where the server has certainly not acted, an exhausted quota is never asked again, and a
///   source that refuses too many requests (429) is waited for as long as it lets any through.
public struct RetryPolicy: Sendable {
    /// How often a request may be sent again. The official client's 2 is for people who wait; a scan has time.
    public var mostRetries = 6
    /// How often in a row a source may refuse whatever is sent to it (429) before a request is given up. What it answers
    /// between to any request begins the count anew, so that a source that lets some through loses none.
    public var mostRefusals = 8
    /// A server that asks for a longer wait is not waited for.
    public var longestAdvice = Duration.seconds(120)
    /// The wait before the first retry, doubled for each one more.
    public var firstWait = Duration.milliseconds(500)
    /// The longest wait that nobody advised.
    public var longestWait = Duration.seconds(8)
    /// The same where the source refused (429): all such waits together outlast its window.
    ///
    /// - Source: OpenAI's guide to rate limits: they are counted a minute (RPM).
    public var longestRefusal = Duration.seconds(32)

    /// The policy of a scan.
    public init() {}

    /// What a caller learned from the body of an answer.
    public enum Advice: Sendable, Equatable {
        /// Nothing.
        case none
        /// To ask again is of no use, such as with an exhausted quota.
        case stop
        /// To wait so long.
        case wait(Duration)
    }

    /// What became of one sending.
    public enum Outcome: Sendable {
        /// An answer, and what its body advises.
        case answered(HTTPResponse, Advice)
        /// None.
        case failed(HTTPError)
    }

    /// How long to wait before the request is sent again; nil where it must not be.
    ///
    /// - Parameters:
    ///   - onlyLooks: whether the request changes nothing, so that it is safe to repeat.
    ///   - retries: how often it was sent again already; after a 429 how often in a row the source gave no other answer
    ///     to anybody.
    ///   - chance: a number from 0 up to 1, so that many clients do not come back at once.
    ///   - now: seconds since 1970, which a `Retry-After` with a date counts from.
    public func wait(
        after outcome: Outcome, onlyLooks: Bool, retries: Int, chance: Double, now: Int64
    ) -> Duration? {
        switch outcome {
        case .failed(let error):
            guard retries < mostRetries, error.isPassing, onlyLooks || !error.mayHaveArrived else { return nil }
            return ownWait(retries, chance, longest: longestWait)
        case .answered(let response, let advice):
            let isRefused = response.status == 429
            guard retries < (isRefused ? mostRefusals : mostRetries), advice != .stop,
                isWorthRetrying(response, onlyLooks)
            else { return nil }
            let own = ownWait(retries, chance, longest: isRefused ? longestRefusal : longestWait)
            switch response.advisedWait(now: now) ?? advice.wait {
            case let advised? where advised > longestAdvice: return nil
            // What it refused again after it was waited for as it said takes longer than it says.
            case let advised? where advised > .zero: return isRefused && retries > 0 ? max(advised, own) : advised
            default: return own
            }
        }
    }

    private func isWorthRetrying(_ response: HTTPResponse, _ onlyLooks: Bool) -> Bool {
        let isRefused = response.status == 429 || response.status == 409
        // A lost or broken answer to what changes something is a question for the caller, not a reason to repeat it.
        guard onlyLooks || isRefused else { return false }
        switch response["x-should-retry"] {
        case "true": return true
        case "false": return false
        default: return isRefused || response.status == 408 || response.status >= 500
        }
    }

    private func ownWait(_ retries: Int, _ chance: Double, longest: Duration) -> Duration {
        let doubled = firstWait * (1 << min(retries, 20))
        return min(doubled, longest) * (1 - 0.25 * chance)
    }
}

extension RetryPolicy.Advice {
    fileprivate var wait: Duration? { if case .wait(let wait) = self { wait } else { nil } }
}

extension HTTPError {
    /// Whether another attempt could end differently.
    fileprivate var isPassing: Bool {
        switch code {
        case .unreachable, .interrupted, .timeout: true
        case .badAddress, .badHeader, .insecure, .untrusted, .refusedByProxy, .tooLarge, .redirected, .cancelled,
            .noMemory:
            false
        }
    }
}
