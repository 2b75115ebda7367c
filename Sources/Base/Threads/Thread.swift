internal import Glibc

/// A thread of the system, which runs a body of its own and ends with it.
///
/// Whoever starts one either joins or detaches it, once.
public struct Thread: Sendable {
    private let raw: pthread_t

    /// Runs the body on a thread of its own. Nil where the system has none left.
    public init?(_ body: @escaping @Sendable () -> Void) {
        let box = unsafe Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let started = unsafe pthread_create(
            &thread, nil,
            { raw in
                guard let raw = unsafe raw else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        guard started == 0 else {
            unsafe box.release()
            return nil
        }
        raw = thread
    }

    /// Waits until the body has returned.
    public func join() { pthread_join(raw, nil) }

    /// Sends a signal to this thread alone, which must not have ended.
    func signal(_ number: Int32) { pthread_kill(raw, number) }

    /// Lets the thread end by itself.
    public func detach() { pthread_detach(raw) }
}

private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
