internal import Glibc
internal import Threads

/// A list of files of JSON records, read in bounded windows over several threads.
///
/// A file may be lines of documents, arrays, list envelopes or documents that span lines, one after the other, plain or
/// gzip, with or without a byte-order mark. simdjson validates every record whole. The threads belong to the reader and
/// end with it.
public struct JSONFiles: Sendable {
    /// The files, in the order in which they are consumed.
    public var paths: [String]
    /// How many threads parse. The caller's thread consumes.
    public var threads: Int
    /// What reading may cost.
    public var limits: JSONLimits

    /// A reader of these files.
    public init(_ paths: [String], threads: Int = JSONFiles.processors, limits: JSONLimits = JSONLimits()) {
        self.paths = paths
        self.threads = threads
        self.limits = limits
    }

    /// How many processors this process may use.
    public static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Where a window stands in its file.
    public struct Place: Sendable {
        /// The file's place in the list.
        public var file: Int
        /// What the window's lines, counted from 0, are added to: the line of its beginning, from 1.
        public var firstLine: Int
        /// How many bytes of text it covers.
        public var byteCount: Int
        /// Whether this is the end of its file.
        public var isLast: Bool
    }

    /// Parses every window on some thread, and consumes the results on this one, in the order of the files.
    ///
    /// - Throws: what `consume` throws; the threads have ended by then.
    public func read<Output: Sendable, Failure: Error>(
        work: @escaping @Sendable (inout JSONWindow) -> Output,
        consume: (Place, Output) throws(Failure) -> Void
    ) throws(Failure) {
        try read(worker: {}, work: { _, window in work(&window) }, consume: consume)
    }

    /// The same by workers: each thread has one of its own, which goes with it from window to window.
    ///
    /// - Throws: what `consume` throws; the threads have ended by then.
    public func read<Worker, Output: Sendable, Failure: Error>(
        worker: @escaping @Sendable () -> Worker,
        work: @escaping @Sendable (inout Worker, inout JSONWindow) -> Output,
        consume: (Place, Output) throws(Failure) -> Void
    ) throws(Failure) {
        let pipeline = Pipeline(self, worker, work)
        let running = (0..<max(1, threads)).compactMap { _ in Thread { pipeline.run() } }
        defer {
            pipeline.stop()
            for thread in running { thread.join() }
        }
        var firstLine = 1
        var parser = JSONParser()
        var worker = worker()
        while true {
            if running.isEmpty { _ = pipeline.step(&parser, &worker) }
            guard let result = pipeline.next() else { return }
            let place = Place(
                file: result.file, firstLine: firstLine, byteCount: result.byteCount, isLast: result.isLast)
            try consume(place, result.output)
            firstLine = result.isLast ? 1 : firstLine + result.lineCount
        }
    }
}

/// What the threads of one reader share.
private final class Pipeline<Worker, Output: Sendable>: @unchecked Sendable {
    // Proof of Sendable: `reader` is used under `reading`, the other variables under `state`.
    struct Result {
        var output: Output
        var file: Int
        var lineCount: Int
        var byteCount: Int
        var isLast: Bool
    }

    private let worker: @Sendable () -> Worker
    private let work: @Sendable (inout Worker, inout JSONWindow) -> Output
    private let buffers: BufferPool
    private let inFlight: Int
    /// So many results wake the consumer, for to wake costs as much as to consume. It is woken for fewer where there
    /// is no room for another window, and after the last.
    private static var worthWaking: Int { 4 }
    private let reading = Monitor()
    private let reader: WindowReader
    private let state = Monitor()
    private var claimed = 0
    private var consumed = 0
    private var isExhausted = false
    private var isStopped = false
    private var results: [Int: Result] = [:]

    init(
        _ files: JSONFiles, _ worker: @escaping @Sendable () -> Worker,
        _ work: @escaping @Sendable (inout Worker, inout JSONWindow) -> Output
    ) {
        self.worker = worker
        self.work = work
        buffers = BufferPool(size: files.limits.windowBytes)
        inFlight = max(files.limits.windowsInFlight, files.threads + 1)
        reader = WindowReader(paths: files.paths, limits: files.limits, buffers: buffers)
    }

    /// What a thread does: window after window, until there are no more.
    func run() {
        var parser = JSONParser()
        var worker = worker()
        while step(&parser, &worker) {}
    }

    /// Reads and parses one window. False where there is none.
    func step(_ parser: inout JSONParser, _ worker: inout Worker) -> Bool {
        guard let (number, window) = claim() else { return false }
        var parsed = JSONWindow(window, parser)
        let output = work(&worker, &parsed)
        let result = Result(
            output: output, file: window.file, lineCount: parsed.lineCount, byteCount: window.buffer.count,
            isLast: window.isLast)
        parser = parsed.release()
        buffers.give(window.buffer)
        state.locked {
            results[number] = result
            let isFull = claimed - consumed >= inFlight
            let isWorthWaking = isExhausted || isFull || results.count >= Self.worthWaking
            if isWorthWaking, results[consumed] != nil { state.changed() }
        }
        return true
    }

    /// The next window and its number, once there is room for its result.
    private func claim() -> (Int, Window)? {
        reading.locked {
            let number: Int? = state.locked {
                if claimed - consumed >= inFlight { state.changed() }
                while claimed - consumed >= inFlight, !isStopped { state.wait() }
                return isStopped || isExhausted ? nil : claimed
            }
            guard let number else { return nil }
            let window = reader.next()
            state.locked {
                if window == nil {
                    isExhausted = true
                    state.changed()
                } else {
                    claimed += 1
                }
            }
            return window.map { (number, $0) }
        }
    }

    /// The result of the next window in order, or nil after the last.
    func next() -> Result? {
        state.locked {
            while true {
                if let result = results.removeValue(forKey: consumed) {
                    if claimed - consumed == inFlight { state.changed() }
                    consumed += 1
                    return result
                }
                if isExhausted, consumed == claimed { return nil }
                state.wait()
            }
        }
    }

    func stop() {
        state.locked {
            isStopped = true
            state.changed()
        }
    }
}
