internal import CCurl

/// How long servers ask their clients to wait.
extension HTTPResponse {
    /// What `retry-after-ms` says or, without it, `Retry-After`: seconds, or a date. Nil where neither says anything.
    func advisedWait(now: Int64) -> Duration? {
        if let text = self["retry-after-ms"], let milliseconds = Self.count(text) {
            return .milliseconds(milliseconds)
        }
        guard let text = self["retry-after"] else { return nil }
        if let seconds = Self.count(text) { return .seconds(seconds) }
        let date = unsafe curl_getdate(text, nil)
        return date < 0 ? nil : .seconds(max(0, Int64(date) - now))
    }

    /// How long until requests are allowed again, where none are left; nil where some are, or where nothing is said.
    ///
    /// Azure has answered with -1, and with 0 and no reset: neither says anything.
    var exhaustedFor: Duration? {
        guard self["x-ratelimit-remaining-requests"] == "0", let reset = self["x-ratelimit-reset-requests"] else {
            return nil
        }
        return Self.duration(reset)
    }

    private static func count(_ text: String) -> Double? {
        Double(text).flatMap { $0.isFinite && $0 >= 0 && $0 < 1e9 ? $0 : nil }
    }

    /// Reads `12ms`, `1s`, `6m0s`, `1h2m3.5s` and plain seconds.
    private static func duration(_ text: String) -> Duration? {
        if let seconds = count(text) { return .seconds(seconds) }
        var total = Duration.zero
        var rest = Substring(text)
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            let unit = rest.dropFirst(digits.count).prefix { $0.isLetter }
            guard let count = count(String(digits)) else { return nil }
            switch unit {
            case "ms": total += .milliseconds(count)
            case "s": total += .seconds(count)
            case "m": total += .seconds(count * 60)
            case "h": total += .seconds(count * 3600)
            default: return nil
            }
            rest = rest.dropFirst(digits.count + unit.count)
        }
        return total
    }
}
