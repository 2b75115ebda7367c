internal import Chronology
internal import Crypto
internal import HTTP

/// What a service says of itself beside its answers: whose account it is, and what time.
struct SelfPortrait {
    private var organizations: Set<String> = []
    private var projects: Set<String> = []
    private(set) var clock: Int64?
    private(set) var skew: Int64?
    /// Whether something came that was not the word of a service in trouble.
    private var hasSpoken = false

    /// How long an answer may have been under way that still tells the time.
    private static let longestWay: Int64 = 5

    /// Takes in an answer.
    ///
    /// - Parameters:
    ///   - sent: when it was asked for, by our clock, in seconds since 1970; however often it was asked for again.
    ///   - received: when it was there.
    /// - Source: OpenAI's overview of its API for `openai-organization`, which every answer to a good key brings.
    mutating func take(_ response: HTTPResponse, sent: Int64, received: Int64) {
        if response.status < 500, response.status != 408, response.status != 429 { hasSpoken = true }
        if (200..<300).contains(response.status) {
            if let name = response["openai-organization"], !name.isEmpty { organizations.insert(name) }
            if let name = response["openai-project"], !name.isEmpty { projects.insert(name) }
        }
        guard let date = response.date else { return }
        clock = date
        // `Date` is cut to seconds, and so is our own time.
        let first = max(sent, received - Self.longestWay) - 1
        let distance = date < first ? first - date : max(0, date - received)
        skew = max(skew ?? 0, distance)
    }

    /// The digest of whose account it is; nil where nothing of that is known: the service says nothing, or
    /// nothing came from it at all.
    ///
    /// The credential is no part of it: a newer one opens the same account.
    ///
    /// - Parameters:
    ///   - address: where the service is.
    ///   - isShared: whether everybody's accounts are at that address.
    func account(at address: HTTPAddress, isShared: Bool) -> String? {
        guard hasSpoken else { return nil }
        if isShared, organizations.isEmpty, projects.isEmpty { return nil }
        let lines =
            ["tenure account 1", "address \(address)"] + organizations.sorted().map { "organization \($0)" }
            + projects.sorted().map { "project \($0)" }
        do throws(CryptoError) {
            var digest = try SHA256()
            // No header holds a line break.
            try digest.update(lines.joined(separator: "\n"))
            return try digest.finish().hex
        } catch {
            return nil
        }
    }
}
