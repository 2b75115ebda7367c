/// Work that several threads do on inputs which come one after the other, and whose outputs are taken in their order.
///
/// Memory is bounded: so many inputs and no more are being worked on or wait to be taken. The threads belong to the
/// pipeline and end with its run.
public final class Pipeline<Worker: ~Copyable, Input, Output: Sendable>: @unchecked Sendable {
    // Proof of Sendable: `input` is called under `feeding`, the variables are used under `state`.
    private let threads: Int
    private let inFlight: Int
    private let input: (_ number: Int) -> Input?
    private let worker: @Sendable () -> Worker
    private let work: @Sendable (inout Worker, Input) -> Output
    private let feeding = Monitor()
    private let state = Monitor()
    private var claimed = 0
    private var taken = 0
    private var isExhausted = false
    private var isStopped = false
    private var outputs: [Int: Output] = [:]

    /// So many outputs wake the taker, for to wake costs as much as to take. It is woken for fewer where there is no
    /// room for another input, and after the last.
    private static var worthWaking: Int { 4 }

    /// A pipeline that runs once.
    ///
    /// - Parameters:
    ///   - threads: how many work beside the caller's, which takes; without any the caller's works, too.
    ///   - inFlight: how many inputs may be under way or wait to be taken; more than there are threads in any case.
    ///   - input: the input of this number, counted from 0, asked for in this order by one thread at a time; nil after
    ///     the last.
    ///   - worker: what a thread has of its own, which goes with it from input to input.
    ///   - work: what is done.
    public init(
        threads: Int, inFlight: Int, input: sending @escaping (_ number: Int) -> Input?,
        worker: @escaping @Sendable () -> Worker, work: @escaping @Sendable (inout Worker, Input) -> Output
    ) {
        self.threads = threads
        self.inFlight = max(inFlight, threads + 1)
        (self.input, self.worker, self.work) = (input, worker, work)
    }

    /// Works, and takes the outputs on the caller's thread, in the order of the inputs.
    ///
    /// - Throws: what `take` throws; the threads have ended by then.
    public func run<Failure: Error>(_ take: (Output) throws(Failure) -> Void) throws(Failure) {
        let running = (0..<max(0, threads)).compactMap { _ in Thread { self.workOn() } }
        defer {
            stop()
            for thread in running { thread.join() }
        }
        guard running.isEmpty else {
            while let output = next() { try take(output) }
            return
        }
        var worker = worker()
        while step(&worker), let output = next() { try take(output) }
    }

    /// What a thread does: input after input, until there are no more.
    private func workOn() {
        var worker = worker()
        while step(&worker) {}
    }

    /// Works on one input. False where there is none.
    private func step(_ worker: inout Worker) -> Bool {
        guard let (number, input) = claim() else { return false }
        let output = work(&worker, input)
        state.locked {
            outputs[number] = output
            let isFull = claimed - taken >= inFlight
            let isWorthWaking = isExhausted || isFull || outputs.count >= Self.worthWaking
            if isWorthWaking, outputs[taken] != nil { state.changed() }
        }
        return true
    }

    /// The next input and its number, once there is room for its output.
    private func claim() -> (Int, Input)? {
        feeding.locked {
            let number: Int? = state.locked {
                if claimed - taken >= inFlight { state.changed() }
                while claimed - taken >= inFlight, !isStopped { state.wait() }
                return isStopped || isExhausted ? nil : claimed
            }
            guard let number else { return nil }
            let input = input(number)
            state.locked {
                if input == nil {
                    isExhausted = true
                    state.changed()
                } else {
                    claimed += 1
                }
            }
            return input.map { (number, $0) }
        }
    }

    /// The next output in order, or nil after the last.
    private func next() -> Output? {
        state.locked {
            while true {
                if let output = outputs.removeValue(forKey: taken) {
                    if claimed - taken == inFlight { state.changed() }
                    taken += 1
                    return output
                }
                if isExhausted, taken == claimed { return nil }
                state.wait()
            }
        }
    }

    private func stop() {
        state.locked {
            isStopped = true
            state.changed()
        }
    }
}
