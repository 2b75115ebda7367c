internal import Glibc

/// Cuts files into windows, one after the other. Used by one thread at a time.
final class WindowReader {
    private let paths: [String]
    private let limits: JSONLimits
    private let buffers: BufferPool

    private var file = -1
    private var source: ByteSource?
    /// What was read of the file and is in no window yet.
    private var pending: WindowBuffer?
    private var layout = Layout.lines
    private var scanner: StructureScanner
    /// How far the scanner came in what is pending.
    private var scanned = 0
    private var isSkipping = false
    /// How the source ended, once it did.
    private var end: End?

    private enum End {
        case whole
        case broken(JSONDefect)
    }

    init(paths: [String], limits: JSONLimits, buffers: BufferPool) {
        self.paths = paths
        self.limits = limits
        self.buffers = buffers
        scanner = StructureScanner(maximumRecordBytes: limits.maximumRecordBytes)
    }

    /// The next window, or nil after the last of the last file.
    func next() -> Window? {
        if source == nil, let failed = openNext() { return failed }
        guard source != nil else { return nil }
        return layout == .lines ? nextLines() : nextStructure()
    }

    /// Opens the next file. A window comes back only where that failed.
    private func openNext() -> Window? {
        guard file + 1 < paths.count else { return nil }
        file += 1
        end = nil
        isSkipping = false
        do {
            source = try ByteSource(path: paths[file], limits: limits)
        } catch {
            return Window(file: file, buffer: buffers.take(), trailing: error, isLast: true)
        }
        let first = buffers.take()
        fill(first)
        if first.count >= 3, unsafe first.start[0] == 0xEF && first.start[1] == 0xBB && first.start[2] == 0xBF {
            first.removeFirst(3)
        }
        layout = unsafe Layout.detect(first.bytes, isWhole: end != nil)
        if layout == .structure {
            scanner = StructureScanner(maximumRecordBytes: limits.maximumRecordBytes)
            scanned = 0
        }
        pending = first
        return nil
    }

    /// Reads until the buffer is full or the file ends.
    private func fill(_ buffer: WindowBuffer) {
        guard let source else { return }
        while end == nil, buffer.free > 0 {
            do {
                let space = unsafe UnsafeMutableBufferPointer(start: buffer.start + buffer.count, count: buffer.free)
                let count = unsafe try source.read(into: space)
                if count == 0 { end = .whole }
                buffer.count += count
            } catch {
                end = .broken(error)
            }
        }
    }

    private func finish(_ window: Window) -> Window {
        var window = window
        window.isLast = true
        source = nil
        pending = nil
        return window
    }
}

extension WindowReader {
    private func nextLines() -> Window {
        let buffer = pending ?? buffers.take()
        pending = nil
        while true {
            fill(buffer)
            if isSkipping { skipLine(buffer) }
            var window = Window(file: file, buffer: buffer)
            if let end {
                if case .broken(let defect) = end {
                    window.trailing = defect
                    buffer.count = lengthOfWholeLines(buffer)
                }
                return finish(window)
            }
            let whole = lengthOfWholeLines(buffer)
            if whole > 0 {
                let rest = buffers.take()
                unsafe rest.append(UnsafeBufferPointer(rebasing: buffer.bytes[whole...]))
                pending = rest
                buffer.count = whole
                return window
            }
            if isSkipping { continue }
            guard buffer.count < limits.maximumRecordBytes else {
                isSkipping = true
                buffer.count = 0
                window.buffer = buffers.take()
                window.defects.append((0, .tooLong))
                window.skippedLines = 1
                pending = buffer
                return window
            }
            buffer.reserve(buffer.count)
        }
    }

    /// Drops what belongs to a line that is too long.
    private func skipLine(_ buffer: WindowBuffer) {
        guard let base = unsafe memchr(buffer.start, Int32(newline), buffer.count) else {
            buffer.count = 0
            return
        }
        isSkipping = false
        buffer.removeFirst(unsafe base - UnsafeMutableRawPointer(buffer.start) + 1)
        fill(buffer)
    }

    private func lengthOfWholeLines(_ buffer: WindowBuffer) -> Int {
        var length = buffer.count
        while length > 0, unsafe buffer.start[length - 1] != newline { length -= 1 }
        return length
    }
}

extension WindowReader {
    private func nextStructure() -> Window {
        var window = Window(file: file, buffer: buffers.take(), cuts: [])
        let input = pending ?? buffers.take()
        pending = input
        while true {
            let rest = unsafe UnsafeBufferPointer(rebasing: input.bytes[scanned...])
            scanned += unsafe scanner.scan(rest, into: &window, capacity: limits.windowBytes)
            if scanned < input.count { return window }
            input.count = 0
            scanned = 0
            switch end {
            case nil: fill(input)
            case .whole:
                scanner.finish(into: &window)
                buffers.give(input)
                return finish(window)
            case .broken(let defect):
                window.defects.append((scanner.line, defect))
                buffers.give(input)
                return finish(window)
            }
        }
    }
}
