internal import CCurl

/// Handles that wait for their next exchange. What holds for all exchanges is said to each once: most of what an exchange
/// costs beside its bytes is saying it.
@safe
struct HandleStock {
    private let limits: HTTPLimits
    private let trust: HTTPTrust
    /// Prepared for requests without a body to this machine, and to others.
    private var here: [UnsafeMutableRawPointer] = unsafe []
    private var away: [UnsafeMutableRawPointer] = unsafe []

    init(limits: HTTPLimits, trust: HTTPTrust) {
        self.limits = limits
        self.trust = trust
    }

    /// A handle that knows all but the request; nil where memory is short.
    @unsafe
    mutating func take(for request: HTTPRequest) -> UnsafeMutableRawPointer? {
        let isLoopback = request.address.isLoopback
        if let easy = unsafe isLoopback ? here.popLast() : away.popLast() { return unsafe easy }
        guard let easy = unsafe curl_easy_init() else { return nil }
        guard unsafe giveWords(to: easy), unsafe configure(easy, isLoopback: isLoopback) else {
            unsafe Self.end(easy)
            return nil
        }
        return unsafe easy
    }

    /// Ends a handle, and what was made for it.
    @unsafe
    static func end(_ easy: UnsafeMutableRawPointer) {
        let words = unsafe words(of: easy)
        unsafe curl_easy_cleanup(easy)
        unsafe words?.deallocate()
    }

    /// What libcurl writes of an exchange that fails; it says more than the code.
    @unsafe
    static func words(of easy: UnsafeMutableRawPointer) -> UnsafeMutablePointer<CChar>? {
        var words: UnsafeMutablePointer<CChar>?
        return unsafe ccurl_get_pointer(easy, CURLINFO_PRIVATE, &words) == CURLE_OK ? words : nil
    }

    /// Has libcurl write such words. False where it refuses.
    @unsafe
    private func giveWords(to easy: UnsafeMutableRawPointer) -> Bool {
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        guard unsafe ccurl_set_pointer(easy, CURLOPT_PRIVATE, words) == CURLE_OK else {
            unsafe words.deallocate()
            return false
        }
        return unsafe ccurl_set_pointer(easy, CURLOPT_ERRORBUFFER, words) == CURLE_OK
    }

    /// Takes a handle back that has no exchange any more.
    @unsafe
    mutating func putBack(_ easy: UnsafeMutableRawPointer, after request: HTTPRequest) {
        // A method or a body would stay with it.
        guard request.method == .get, request.body == nil else { return unsafe Self.end(easy) }
        if request.address.isLoopback { unsafe here.append(easy) } else { unsafe away.append(easy) }
    }

    /// Ends all of them.
    mutating func clear() {
        while let easy = unsafe here.popLast() ?? away.popLast() { unsafe Self.end(easy) }
    }

    /// Says to a handle what holds for every exchange. False where libcurl refuses.
    @unsafe
    private func configure(_ easy: UnsafeMutableRawPointer, isLoopback: Bool) -> Bool {
        func set(_ option: CURLoption, _ value: Int) -> Bool { unsafe ccurl_set_long(easy, option, value) == CURLE_OK }
        func set(_ option: CURLoption, _ value: String) -> Bool {
            unsafe ccurl_set_text(easy, option, value) == CURLE_OK
        }
        var isSet = set(CURLOPT_NOSIGNAL, 1) && set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Prior knowledge of HTTP/2 without TLS fails on a connection's second use in libcurl 7.88.
        isSet = isSet && set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)) && set(CURLOPT_PIPEWAIT, 1)
        isSet = isSet && set(CURLOPT_ACCEPT_ENCODING, "") && set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // A page of a list comes in one piece: 16 kB, as libcurl has it, takes two rounds for most.
        isSet = isSet && set(CURLOPT_BUFFERSIZE, 1 << 16)
        isSet = isSet && set(CURLOPT_CONNECTTIMEOUT_MS, limits.connect.milliseconds)
        isSet = isSet && set(CURLOPT_TIMEOUT_MS, limits.total.milliseconds)
        isSet = isSet && set(CURLOPT_LOW_SPEED_LIMIT, 1)
        isSet = isSet && set(CURLOPT_LOW_SPEED_TIME, max(1, limits.idle.milliseconds / 1000))
        let isVerified = trust.isVerified || !isLoopback
        isSet = isSet && set(CURLOPT_SSL_VERIFYPEER, isVerified ? 1 : 0)
        isSet = isSet && set(CURLOPT_SSL_VERIFYHOST, isVerified ? 2 : 0)
        if let authorities = trust.authorities { isSet = isSet && set(CURLOPT_CAINFO, authorities) }
        // An empty name keeps libcurl from asking the environment.
        switch isLoopback ? .none : trust.proxy {
        case .ofEnvironment: break
        case .none: isSet = isSet && set(CURLOPT_PROXY, "")
        case .at(let address): isSet = isSet && set(CURLOPT_PROXY, address.text)
        }
        // What is meant for the service is not for the proxy that makes the tunnel.
        isSet = isSet && set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        return unsafe isSet && Transfer.listen(easy)
    }
}

extension Duration {
    /// Whole milliseconds, at most what libcurl takes.
    fileprivate var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1 << 31 else { return Int(Int32.max) }
        return min(Int(Int32.max), Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
