internal import Files

/// Reads the lines of a journal, segment after segment, in windows.
///
/// It holds one window of a MiB and no more, however large the journal is.
struct JournalReader {
    /// The longest line that a log takes, in bytes: entry bundles of C2SP tlog-tiles count with 16 bits.
    static let longestEntry = 65_535
    private static let windowSize = 1 << 20

    /// What stands behind the last line feed of a segment.
    struct Tail: Equatable {
        /// The segment's first entry.
        var segment: Int
        /// Where the tail begins in its segment, in bytes.
        var start: Int
        /// How many bytes there are.
        var count: Int
        /// Whether the segment is the last one, where a torn write may be.
        var isLast: Bool
    }

    /// What a journal is, as a whole.
    struct Extent {
        /// How many whole lines it has.
        var lines = 0
        /// The segments' first entries.
        var segments: [Int] = []
        /// What stands behind the last line feed of a segment, first the first.
        var tails: [Tail] = []
        /// The segments whose names say another number of entries before them than there are.
        var misplaced: [Int] = []
        /// Lines longer than any entry; their bytes were passed over.
        var overlong: [Int] = []
        /// Whether `body` ended the reading.
        var isStopped = false
    }

    let layout: LogLayout

    /// Calls `body` with each line, without its line feed, and where it stands; false ends the reading.
    ///
    /// A line longer than any entry is given cut off, and listed.
    func read(
        _ body: (_ line: Span<UInt8>, _ segment: Int, _ start: Int) throws(AuditError) -> Bool
    ) throws(AuditError) -> Extent {
        var extent = Extent()
        extent.segments = try layout.segments()
        var window = [UInt8](repeating: 0, count: Self.windowSize)
        for segment in extent.segments {
            if segment != extent.lines { extent.misplaced.append(segment) }
            try read(segment, &window, &extent, body)
            if extent.isStopped { break }
        }
        return extent
    }

    private func read(
        _ segment: Int, _ window: inout [UInt8], _ extent: inout Extent,
        _ body: (Span<UInt8>, Int, Int) throws(AuditError) -> Bool
    ) throws(AuditError) {
        let path = layout.segment(segment)
        let file = try system { () throws(FileError) in try InputFile(path: path) }
        // Where the window begins in the file, how far it is filled, and how much of it is known to hold no line feed.
        var (base, filled, known) = (0, 0, 0)
        // What was passed over of a line that no window can hold.
        var skipped = 0
        while true {
            do throws(FileError) {
                let count = try file.read(into: &window, from: filled)
                if count == 0 { break }
                filled += count
            } catch {
                throw AuditError(error)
            }
            var start = 0
            while let end = Self.lineFeed(window.span, known..<filled) {
                let length = end - start + skipped
                if length > Self.longestEntry { extent.overlong.append(extent.lines) }
                extent.lines += 1
                let goesOn = try body(
                    window.span.extracting(start..<min(end, start + Self.longestEntry)), segment, base + start - skipped
                )
                guard goesOn else {
                    extent.isStopped = true
                    return
                }
                (start, known, skipped) = (end + 1, end + 1, 0)
            }
            // What is left is the beginning of a line. One that fills the window is no entry, and only counted.
            if start == 0, filled == window.count {
                skipped += filled - Self.longestEntry
                base += filled - Self.longestEntry
                filled = Self.longestEntry
            } else {
                window.replaceSubrange(0..<filled - start, with: window[start..<filled])
                base += start
                filled -= start
            }
            known = filled
        }
        if filled + skipped > 0 {
            extent.tails.append(
                Tail(
                    segment: segment, start: base - skipped, count: filled + skipped,
                    isLast: segment == extent.segments.last))
        }
    }

    /// The first line feed in the range, looked for eight bytes at a time.
    private static func lineFeed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let raw = bytes.bytes
        var place = range.lowerBound
        while place + 8 <= range.upperBound {
            let word = raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self) ^ (0x0A * ones)
            if (word &- ones) & ~word & (0x80 * ones) != 0 { break }
            place += 8
        }
        while place < range.upperBound {
            if bytes[place] == 0x0A { return place }
            place += 1
        }
        return nil
    }
}
