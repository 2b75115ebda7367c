/// How bad a violation of a rule is. The vocabulary is that of policy reports everywhere.
public enum Severity: UInt8, Sendable, Hashable, CaseIterable, Comparable {
    case info, low, medium, high, critical

    /// The severity's name in policies, reports and options.
    public var name: String { String(describing: self) }

    /// The severity of that name, or nil.
    public init?(named name: some StringProtocol) {
        guard let severity = Severity.allCases.first(where: { $0.name == name }) else { return nil }
        self = severity
    }

    /// From info, the least, to critical.
    public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
