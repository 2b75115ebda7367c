extension Thread {
    /// Does two things at a time, the first on a thread of its own and the second on the caller's; where the system has
    /// no thread left, one after the other.
    public static func beside<Other: Sendable, Own>(
        _ other: @escaping @Sendable () -> Other, _ own: () -> Own
    ) -> (other: Other, own: Own) {
        let slot = Slot<Other>()
        let thread = Thread { slot.value = other() }
        let own = own()
        thread?.join()
        return (slot.value ?? other(), own)
    }
}

private final class Slot<Value: Sendable>: @unchecked Sendable {
    // Proof of Sendable: one thread writes it, and another reads it when that one has ended.
    var value: Value?
}
