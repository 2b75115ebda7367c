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
    ///
    /// - Parameter threads: how many threads parse; nil for as many as there are processors.
    public init(_ paths: [String], threads: Int? = nil, limits: JSONLimits = JSONLimits()) {
        self.paths = paths
        self.threads = threads ?? Processors.count
        self.limits = limits
    }

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
        let buffers = BufferPool(size: limits.windowBytes)
        let windows = WindowReader(paths: paths, limits: limits, buffers: buffers)
        let pipeline = Pipeline<Parsing<Worker>, Window, Parsed<Output>>(
            threads: max(1, threads), inFlight: limits.windowsInFlight, input: { _ in windows.next() },
            worker: { Parsing(worker: worker()) }
        ) { parsing, window in
            var read = JSONWindow(window, parsing.parser.take() ?? JSONParser())
            let output = work(&parsing.worker, &read)
            let parsed = Parsed(
                output: output, file: window.file, lineCount: read.lineCount, byteCount: window.buffer.count,
                isLast: window.isLast)
            parsing.parser = read.release()
            buffers.give(window.buffer)
            return parsed
        }
        var firstLine = 1
        try pipeline.run { (parsed) throws(Failure) in
            let place = Place(
                file: parsed.file, firstLine: firstLine, byteCount: parsed.byteCount, isLast: parsed.isLast)
            try consume(place, parsed.output)
            firstLine = parsed.isLast ? 1 : firstLine + parsed.lineCount
        }
    }
}

/// What one thread parses with.
private struct Parsing<Worker>: ~Copyable {
    /// Nil while a window has it.
    var parser: JSONParser? = JSONParser()
    var worker: Worker

    init(worker: Worker) { self.worker = worker }
}

/// What came of one window.
private struct Parsed<Output: Sendable>: Sendable {
    var output: Output
    var file: Int
    var lineCount: Int
    var byteCount: Int
    var isLast: Bool
}
