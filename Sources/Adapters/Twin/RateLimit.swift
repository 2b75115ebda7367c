internal import Chronology
internal import HTTPServer

/// How many requests a service takes in each window of time. A window begins with the first request after the last one.
public struct RateLimit: Sendable, Equatable, CustomStringConvertible {
    /// At least one.
    public let requests: Int
    /// More than no time.
    public let window: Duration

    /// A limit; nil where it lets nothing through, or everything.
    public init?(requests: Int, window: Duration) {
        guard requests > 0, window > .zero else { return nil }
        self.requests = requests
        self.window = window
    }

    /// Reads `60/1min`: a number, and a period that needs no calendar.
    ///
    /// - Throws: `TwinError` where it is none.
    public init(_ text: String) throws(TwinError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let requests = Int(parts[0]),
            let period = try? Period(String(parts[1])), period.isExact,
            let limit = RateLimit(requests: requests, window: .seconds(period.seconds))
        else { throw TwinError("\"\(text)\" is not a rate limit", hint: "write 60/1min, 10/1s or 1000/1h") }
        self = limit
    }

    /// `60/PT1M`.
    public var description: String {
        let period = Period(seconds: window.components.seconds)
        return "\(requests)/\(period.map(\.description) ?? "")"
    }

    /// What of a limit is used.
    struct Use: Sendable {
        let limit: RateLimit
        private var end = Duration.zero
        private var left = 0
        /// How long until the window ends.
        private var reset = Duration.zero
        private var isExceeded = false

        init(of limit: RateLimit) { self.limit = limit }

        /// Counts one request more.
        mutating func count(now: Duration) {
            if now >= end { (end, left) = (now + limit.window, limit.requests) }
            reset = end - now
            isExceeded = left == 0
            left = max(0, left - 1)
        }

        /// The answer to the last request where it is one too many. It asks for a wait in whole seconds, none too short.
        var refusal: ServedResponse? {
            guard isExceeded else { return nil }
            let (seconds, attoseconds) = reset.components
            var response = Refusals.throttled
            response.headers.append(("Retry-After", "\(seconds + (attoseconds > 0 ? 1 : 0))"))
            return response
        }

        /// What answers say of it.
        ///
        /// - Source: OpenAI's overview of its API, which names the headers; recorded answers for a reset as `12ms` and `6m0s`.
        var headers: [(name: String, value: String)] {
            [
                ("x-ratelimit-limit-requests", "\(limit.requests)"), ("x-ratelimit-remaining-requests", "\(left)"),
                ("x-ratelimit-reset-requests", Self.text(reset)),
            ]
        }

        /// Milliseconds alone below a second, else hours, minutes and seconds, from the first of them that there is.
        private static func text(_ time: Duration) -> String {
            let (whole, attoseconds) = time.components
            let milliseconds = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
            let total = whole * 1000 + milliseconds
            guard total >= 1000 else { return "\(total)ms" }
            let (minutes, rest) = (total / 60_000, total % 60_000)
            let thousandths = rest % 1000 == 0 ? "" : ".\(String(1000 + rest % 1000).dropFirst())"
            var text = "\(rest / 1000)\(thousandths)s"
            if minutes > 0 { text = "\(minutes % 60)m" + text }
            return minutes >= 60 ? "\(minutes / 60)h" + text : text
        }
    }
}
