internal import CCurl
internal import Threads

/// The thread that owns libcurl's multi handle, and what others leave there for it: exchanges, and the work of tasks that
/// want to run where their answers come in.
///
/// libcurl allows one thread at a time in a multi handle; only `curl_multi_wakeup` may come from elsewhere.
@safe
final class TransferLoop: TaskExecutor, @unchecked Sendable {
    // Proof of Sendable: `multi` never changes, what is under "left" is used under `lock`, all else by the thread that
    // runs the loop.
    private let multi: UnsafeMutableRawPointer
    private let limits: HTTPLimits
    private let trust: HTTPTrust
    private let lock = Monitor()

    // Left by callers.
    private var left = Left()
    /// Whether the thread will look for what is left before it sleeps.
    private var isAwake = true
    private var lastNumber: UInt64 = 0

    // The thread's own.
    private var waiting: [Transfer] = []
    /// By the addresses of their handles.
    private var running: [Int: Running] = [:]
    private var handles: HandleStock

    private struct Left {
        var submitted: [Transfer] = []
        var cancelled: [UInt64] = []
        var jobs: [UnownedJob] = []
        var isStopped = false

        var isNothing: Bool { submitted.isEmpty && cancelled.isEmpty && jobs.isEmpty && !isStopped }
    }

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
        handles = HandleStock(limits: limits, trust: trust)
        unsafe ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        unsafe ccurl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, max(1, limits.inFlight))
    }

    deinit {
        handles.clear()
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
                leave { $0.submitted.append(transfer) }
                // A task that was cancelled before found nothing to cancel.
                if Task.isCancelled { cancel(number) }
            }
        } onCancel: {
            cancel(number)
        }
    }

    /// Has a piece of a task run on the thread, between the exchanges.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        leave { $0.jobs.append(job) }
    }

    /// Ends the loop, once its thread comes round.
    func stop() { leave { $0.isStopped = true } }

    private func cancel(_ number: UInt64) { leave { $0.cancelled.append(number) } }

    /// Leaves something, and wakes the thread where it sleeps.
    private func leave(_ change: (inout Left) -> Void) {
        let isAsleep = lock.locked {
            defer { isAwake = true }
            change(&left)
            return !isAwake
        }
        if isAsleep { unsafe curl_multi_wakeup(multi) }
    }

    /// What the thread does until it is told to stop.
    func run() {
        var count: Int32 = 0
        while takeWhatWasLeft() {
            start()
            unsafe curl_multi_perform(multi, &count)
            reap()
            if running.count < limits.inFlight, !waiting.isEmpty { continue }
            let maySleep = lock.locked {
                isAwake = !left.isNothing
                return !isAwake
            }
            guard maySleep else { continue }
            unsafe curl_multi_poll(multi, nil, 0, 1000, nil)
            lock.locked { isAwake = true }
        }
        for transfer in waiting { transfer.fail(.cancelled) }
        while let address = running.keys.first { take(address)?.fail(.cancelled) }
    }

    /// Takes what was left, and does the work of tasks: what they ask for in turn goes out with the rest. False where the
    /// thread is to stop.
    private func takeWhatWasLeft() -> Bool {
        while true {
            let taken = lock.locked {
                defer { left = Left(isStopped: left.isStopped) }
                return left
            }
            waiting += taken.submitted
            for number in taken.cancelled { breakOff(number) }
            for job in taken.jobs { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
            if taken.isStopped { return false }
            if taken.jobs.isEmpty { return true }
        }
    }

    private func breakOff(_ number: UInt64) {
        if let place = waiting.firstIndex(where: { $0.number == number }) {
            waiting.remove(at: place).fail(.cancelled)
        } else if let address = running.first(where: { $0.value.transfer.number == number })?.key {
            take(address)?.fail(.cancelled)
        }
    }

    /// Begins what may begin.
    private func start() {
        let free = max(1, limits.inFlight) - running.count
        guard free > 0, !waiting.isEmpty else { return }
        for transfer in waiting.prefix(free) { start(transfer) }
        waiting.removeFirst(min(free, waiting.count))
    }

    private func start(_ transfer: Transfer) {
        guard let easy = unsafe handles.take(for: transfer.request) else { return transfer.fail(.noMemory) }
        guard unsafe transfer.prepare(easy), unsafe curl_multi_add_handle(multi, easy) == CURLM_OK else {
            unsafe HandleStock.end(easy)
            return transfer.fail(.noMemory)
        }
        running[Int(bitPattern: easy)] = unsafe Running(transfer: transfer, easy: easy)
    }

    /// Ends what has ended.
    private func reap() {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
                continue
            }
            let end = unsafe Transfer.End(message.pointee.data.result, easy)
            take(Int(bitPattern: easy))?.end(end)
        }
    }

    /// Takes an exchange off the multi handle, whatever state it is in.
    private func take(_ address: Int) -> Transfer? {
        guard let ended = running.removeValue(forKey: address) else { return nil }
        unsafe curl_multi_remove_handle(multi, ended.easy)
        unsafe handles.putBack(ended.easy, after: ended.transfer.request)
        return ended.transfer
    }
}
