internal import Synchronization

/// The windows' memory, used again and again.
final class BufferPool: Sendable {
    private let size: Int
    private let kept: Mutex<[WindowBuffer]> = Mutex([])

    init(size: Int) { self.size = size }

    /// An empty buffer.
    func take() -> WindowBuffer {
        let buffer = kept.withLock { $0.popLast() } ?? WindowBuffer(capacity: size)
        buffer.count = 0
        return buffer
    }

    /// Returns a buffer. One that had to grow gives its memory back.
    func give(_ buffer: WindowBuffer) {
        guard buffer.capacity <= size else { return }
        kept.withLock { $0.append(buffer) }
    }
}
