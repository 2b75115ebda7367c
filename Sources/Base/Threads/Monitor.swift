internal import Glibc

/// A lock with a condition that threads wait for.
@safe
public final class Monitor: @unchecked Sendable {
    // Proof of Sendable: both objects are made for use by several threads, and neither moves.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    /// A lock that nobody holds.
    public init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(condition, nil)
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe pthread_cond_destroy(condition)
        unsafe mutex.deallocate()
        unsafe condition.deallocate()
    }

    /// Runs the body alone. Within it, `wait` lets others in until something changed.
    public func locked<Result>(_ body: () -> Result) -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
    }

    /// Lets others in until something changed. Only within `locked`; it may also return for no reason.
    public func wait() { unsafe pthread_cond_wait(condition, mutex) }

    /// Wakes all who wait.
    public func changed() { unsafe pthread_cond_broadcast(condition) }
}
