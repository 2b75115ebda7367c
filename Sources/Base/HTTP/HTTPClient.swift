internal import Threads

/// Sends requests over connections that are kept, HTTP/2 where the server has it over TLS.
///
/// What may change something, which is all but a GET, goes over a connection of its own and is sent once.
///
/// One thread of its own runs all exchanges, and ends with the client. Callers wait without blocking a thread; a caller
/// whose task is cancelled leaves at once, and its exchange is broken off.
public final class HTTPClient: Sendable {
    private let loop: TransferLoop
    private let trust: HTTPTrust

    private static let mostRedirects = 5

    /// A client of these limits.
    ///
    /// - Throws: `HTTPError` where there is no memory or no thread left.
    public init(limits: HTTPLimits = HTTPLimits(), trust: HTTPTrust = HTTPTrust()) throws(HTTPError) {
        self.trust = trust
        guard let loop = TransferLoop(limits: limits, trust: trust), let thread = Thread({ loop.run() }) else {
            throw HTTPError(.noMemory, target: "the HTTP client")
        }
        thread.detach()
        self.loop = loop
    }

    deinit { loop.stop() }

    /// Runs tasks where answers come in: what a task does with one, and what it asks next, then wakes no other thread. While
    /// it computes, all exchanges of the client wait. The client must outlive the tasks.
    public var executor: any TaskExecutor { loop }

    /// Sends a request once, and gives whatever the server answers.
    ///
    /// A GET follows where it is sent on to, with a credential within the origin that it was given for alone: what another
    /// would answer without it is nobody's answer to whom it was meant for.
    public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        do throws(HTTPError) {
            return try await follow(request)
        } catch {
            // Where a server sends its reader on to are its own words.
            throw HTTPError(error.code, target: request.target)
        }
    }

    private func follow(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        var request = request
        for _ in 0...Self.mostRedirects {
            try check(request)
            let response = try await loop.exchange(request).get()
            guard request.method == .get, let location = response.redirection else { return response }
            request = try redirected(request, to: location)
        }
        throw HTTPError(.redirected("more than \(Self.mostRedirects) times"), target: request.target)
    }

    private func redirected(_ request: HTTPRequest, to location: String) throws(HTTPError) -> HTTPRequest {
        let address: HTTPAddress
        do throws(HTTPError) {
            address = try request.address.resolving(location)
        } catch {
            throw HTTPError(.redirected("to what is no address"), target: request.target)
        }
        guard address.scheme == "https" || request.address.scheme == "http" else {
            throw HTTPError(.redirected("from https to http"), target: request.target)
        }
        guard request.credential == nil || address.origin == request.address.origin else {
            throw HTTPError(.redirected("to another host, which the credential is not for"), target: request.target)
        }
        var next = request
        next.address = address
        return next
    }

    private func check(_ request: HTTPRequest) throws(HTTPError) {
        for header in request.headers + [request.credential].compactMap(\.self) where !header.isSafe {
            throw HTTPError(.badHeader(header.name), target: request.target)
        }
        guard !request.address.isLoopback else { return }
        if request.credential != nil, request.address.scheme != "https" {
            throw HTTPError(.insecure("a credential must not travel without TLS"), target: request.target)
        }
        if !trust.isVerified {
            throw HTTPError(.insecure("only a loopback address goes without verification"), target: request.target)
        }
    }
}

extension HTTPResponse {
    fileprivate var redirection: String? {
        [301, 302, 303, 307, 308].contains(status) ? self["location"] : nil
    }
}
