internal import CCurl

/// One exchange on its way.
@safe
final class Transfer: @unchecked Sendable {
    // Proof of Sendable: made by the caller, handed to the loop's thread under its lock, and touched by no other after.
    typealias Outcome = Result<HTTPResponse, HTTPError>

    let number: UInt64
    let request: HTTPRequest
    private let mostBytes: Int
    private let finish: (Outcome) -> Void
    private var lines: UnsafeMutablePointer<curl_slist>?
    private var headers = HeaderLines()
    private var headerBytes = 0
    private var body: [UInt8] = []
    private var isTooLarge = false

    /// What a word of the server may reserve.
    private let mostReserved = 1 << 20
    /// More than any server sends, so that nobody fills the memory with headers.
    private static let mostHeaderBytes = 1 << 18

    init(_ number: UInt64, _ request: HTTPRequest, mostBytes: Int, finish: @escaping (Outcome) -> Void) {
        self.number = number
        self.request = request
        self.mostBytes = mostBytes
        self.finish = finish
    }

    deinit { unsafe curl_slist_free_all(lines) }

    /// Ends it with an error.
    func fail(_ code: HTTPError.Code) { finish(.failure(HTTPError(code, target: request.target))) }

    /// Ends it as libcurl says.
    func end(_ end: End) {
        guard end.code == CURLE_OK else {
            return fail(isTooLarge ? .tooLarge(mostBytes) : end.failure)
        }
        finish(.success(HTTPResponse(status: end.status, headers: headers, body: body)))
    }

    /// Says to a handle what to do. False where memory is short.
    @unsafe
    func prepare(_ easy: UnsafeMutableRawPointer) -> Bool {
        let own = unsafe Unmanaged.passUnretained(self).toOpaque()
        var isSet = unsafe ccurl_set_text(easy, CURLOPT_URL, request.address.text) == CURLE_OK
        switch request.method {
        case .get: break
        case .post, .delete:
            isSet = unsafe isSet && ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue) == CURLE_OK
            isSet = unsafe isSet && sendsOnce(easy)
        }
        if let body = request.body ?? (request.method == .post ? [] : nil) {
            isSet =
                unsafe isSet
                && ccurl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)) == CURLE_OK
                && body.withUnsafeBufferPointer {
                    unsafe ccurl_set_pointer(
                        easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0.baseAddress)) == CURLE_OK
                }
        }
        for header in request.headers + [request.credential].compactMap(\.self) {
            isSet = isSet && add("\(header.name): \(header.value)")
        }
        // Without this a large body waits a second for leave to be sent.
        isSet = isSet && add("Expect:")
        unsafe ccurl_set_list(easy, CURLOPT_HTTPHEADER, lines)
        unsafe ccurl_set_pointer(easy, CURLOPT_WRITEDATA, own)
        unsafe ccurl_set_pointer(easy, CURLOPT_HEADERDATA, own)
        return isSet
    }

    /// Says to a handle who takes what comes in, whichever exchange it is: the one that it is prepared for.
    @unsafe
    static func listen(_ easy: UnsafeMutableRawPointer) -> Bool {
        let takesBody = unsafe ccurl_set_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
            let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            return unsafe transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
        }
        let takesHeaders = unsafe ccurl_set_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
            let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe transfer.takeHeader(line) ? size * count : 0
        }
        return takesBody == CURLE_OK && takesHeaders == CURLE_OK
    }

    /// Has the request go over a connection of its own.
    ///
    /// Where a connection that was in use before closes without an answer, libcurl sends the request once more by itself,
    /// whatever it changes; never on a new one.
    ///
    /// - Source: libcurl 7.88, `transfer.c`, `Curl_retry_request`.
    @unsafe
    private func sendsOnce(_ easy: UnsafeMutableRawPointer) -> Bool {
        unsafe ccurl_set_long(easy, CURLOPT_FRESH_CONNECT, 1) == CURLE_OK
            && ccurl_set_long(easy, CURLOPT_FORBID_REUSE, 1) == CURLE_OK
    }

    private func add(_ line: String) -> Bool {
        guard let longer = unsafe curl_slist_append(lines, line) else { return false }
        unsafe lines = longer
        return true
    }

    @unsafe
    private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= mostBytes - body.count else {
            isTooLarge = true
            return false
        }
        // What follows, and what a parser wants behind it, moves nothing.
        if body.isEmpty { body.reserveCapacity(max(bytes.count, min(announced, mostReserved, mostBytes)) + 64) }
        unsafe body.append(contentsOf: bytes)
        return true
    }

    /// The length of the body that the headers announce.
    private var announced: Int {
        headers["content-length"].flatMap { Int($0) }.map { max(0, $0) } ?? 0
    }

    /// Takes one line; the status line of a further answer, after one that only announces it, begins anew.
    @unsafe
    private func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= Self.mostHeaderBytes else {
            isTooLarge = true
            return false
        }
        if unsafe bytes.starts(with: "HTTP/".utf8) { headers.removeAll() } else { unsafe headers.append(bytes) }
        return true
    }
}
