internal import Threads

/// The windows' memory, used again and again.
final class BufferPool: @unchecked Sendable {
    // Proof of Sendable: `kept` is used under `lock`, which the thread sanitizer knows, unlike the library's Mutex.
    private let size: Int
    private let lock = Monitor()
    private var kept: [WindowBuffer] = []

    init(size: Int) { self.size = size }

    /// An empty buffer.
    func take() -> WindowBuffer {
        let buffer = lock.locked { kept.popLast() } ?? WindowBuffer(capacity: size)
        buffer.count = 0
        return buffer
    }

    /// Returns a buffer. One that had to grow gives its memory back.
    func give(_ buffer: WindowBuffer) {
        guard buffer.capacity <= size else { return }
        lock.locked { kept.append(buffer) }
    }
}
