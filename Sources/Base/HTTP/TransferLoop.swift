internal import CCurl
internal import Threads

/// The thread that owns libcurl's multi handle, and what others leave there for it.
///
/// libcurl allows one thread at a time in a multi handle; only `curl_multi_wakeup` may come from elsewhere.
@safe
final class TransferLoop: @unchecked Sendable {
    // Proof of Sendable: `multi` never changes, what is under "left" is used under `lock`, all else by the thread that
    // runs the loop.
    private let multi: UnsafeMutableRawPointer
    private let limits: HTTPLimits
    private let trust: HTTPTrust
    private let lock = Monitor()

    // Left by callers.
    private var submitted: [Transfer] = []
    private var cancelled: [UInt64] = []
    private var isStopped = false
    /// Whether the thread has been woken and has not come yet.
    private var isAwaited = false
    private var lastNumber: UInt64 = 0

    // The thread's own.
    private var waiting: [Transfer] = []
    private var running: [UInt64: Running] = [:]
    private var idle: [UnsafeMutableRawPointer] = unsafe []

    @safe
    private struct Running {
        let transfer: Transfer
        let easy: UnsafeMutableRawPointer
    }

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init?(limits: HTTPLimits, trust: HTTPTrust) {
        guard Self.isReady, let multi = unsafe curl_multi_init() else { return nil }
        unsafe self.multi = multi
        self.limits = limits
        self.trust = trust
        unsafe ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        unsafe ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, max(1, limits.inFlight))
    }

    deinit {
        while let easy = unsafe idle.popLast() { unsafe curl_easy_cleanup(easy) }
        unsafe curl_multi_cleanup(multi)
    }

    /// Has one exchange run, and waits for its end.
    func exchange(_ request: HTTPRequest) async -> Transfer.Outcome {
        let number = lock.locked {
            lastNumber += 1
            return lastNumber
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let transfer = Transfer(number, request, mostBytes: limits.bodyBytes) {
                    continuation.resume(returning: $0)
                }
                leave { submitted.append(transfer) }
                // A task that was cancelled before found nothing to cancel.
                if Task.isCancelled { cancel(number) }
            }
        } onCancel: {
            cancel(number)
        }
    }

    /// Ends the loop, once its thread comes round.
    func stop() { leave { isStopped = true } }

    private func cancel(_ number: UInt64) { leave { cancelled.append(number) } }

    /// Leaves something, and wakes the thread, unless what was left before wakes it already.
    private func leave(_ change: () -> Void) {
        let isFirst = lock.locked {
            defer { isAwaited = true }
            change()
            return !isAwaited
        }
        if isFirst { unsafe curl_multi_wakeup(multi) }
    }

    /// What the thread does until it is told to stop.
    func run() {
        var count: Int32 = 0
        while takeWhatWasLeft() {
            start()
            unsafe curl_multi_perform(multi, &count)
            reap()
            if running.count < limits.inFlight, !waiting.isEmpty { continue }
            unsafe curl_multi_poll(multi, nil, 0, 1000, nil)
        }
        for transfer in waiting { transfer.fail(.cancelled) }
        for number in running.keys { take(number)?.fail(.cancelled) }
    }

    private func takeWhatWasLeft() -> Bool {
        let (new, gone, stops) = lock.locked {
            defer {
                submitted.removeAll()
                cancelled.removeAll()
                isAwaited = false
            }
            return (submitted, cancelled, isStopped)
        }
        waiting += new
        for number in gone {
            if let place = waiting.firstIndex(where: { $0.number == number }) {
                waiting.remove(at: place).fail(.cancelled)
            } else {
                take(number)?.fail(.cancelled)
            }
        }
        return !stops
    }

    /// Begins what may begin.
    private func start() {
        let free = max(1, limits.inFlight) - running.count
        guard free > 0, !waiting.isEmpty else { return }
        for transfer in waiting.prefix(free) { start(transfer) }
        waiting.removeFirst(min(free, waiting.count))
    }

    private func start(_ transfer: Transfer) {
        guard let easy = unsafe idle.popLast() ?? curl_easy_init() else { return transfer.fail(.noMemory) }
        let isPrepared =
            unsafe configure(easy, isLoopback: transfer.request.address.isLoopback)
            && transfer.prepare(easy) && curl_multi_add_handle(multi, easy) == CURLM_OK
        guard isPrepared else {
            unsafe curl_easy_cleanup(easy)
            return transfer.fail(.noMemory)
        }
        running[transfer.number] = unsafe Running(transfer: transfer, easy: easy)
    }

    /// Says to a handle what holds for every exchange. False where libcurl refuses.
    @unsafe
    private func configure(_ easy: UnsafeMutableRawPointer, isLoopback: Bool) -> Bool {
        unsafe curl_easy_reset(easy)
        func set(_ option: CURLoption, _ value: Int) -> Bool { unsafe ccurl_set_long(easy, option, value) == CURLE_OK }
        func set(_ option: CURLoption, _ value: String) -> Bool {
            unsafe ccurl_set_text(easy, option, value) == CURLE_OK
        }
        var isSet = set(CURLOPT_NOSIGNAL, 1) && set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Prior knowledge of HTTP/2 without TLS fails on a connection's second use in libcurl 7.88.
        isSet = isSet && set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)) && set(CURLOPT_PIPEWAIT, 1)
        isSet = isSet && set(CURLOPT_ACCEPT_ENCODING, "") && set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
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
        return isSet
    }

    /// Ends what has ended.
    private func reap() {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
                continue
            }
            let end = unsafe Transfer.End(message.pointee.data.result, easy)
            guard let number = running.first(where: { unsafe $0.value.easy == easy })?.key else { continue }
            take(number)?.end(end)
        }
    }

    /// Takes an exchange off the multi handle, whatever state it is in.
    private func take(_ number: UInt64) -> Transfer? {
        guard let ended = running.removeValue(forKey: number) else { return nil }
        unsafe curl_multi_remove_handle(multi, ended.easy)
        unsafe idle.append(ended.easy)
        return ended.transfer
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
