/// One reason for which a run did not see or decide everything.
public struct Incompleteness: Sendable, Hashable, Comparable {
    /// The source, where it is one source's.
    public var source: String?
    /// The reason, for people. It holds no content.
    public var message: String

    /// A reason.
    public init(source: String?, message: String) {
        self.source = source
        self.message = message
    }

    /// By source, then message.
    public static func < (left: Incompleteness, right: Incompleteness) -> Bool {
        (left.source ?? "", left.message) < (right.source ?? "", right.message)
    }
}
