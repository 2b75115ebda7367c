/// Who speaks in a message or an item.
public enum Role: UInt8, Sendable, Hashable, CaseIterable {
    /// The source did not say, or said something that is not a role.
    case unknown
    case user, assistant, system, developer, tool

    /// The role's name in policies and expressions; nil where it is not known.
    public var name: String? { self == .unknown ? nil : String(describing: self) }

    /// The role of that name, or nil.
    public init?(named name: some StringProtocol) {
        guard let role = Role.allCases.first(where: { $0.name.map { $0 == name } ?? false }) else { return nil }
        self = role
    }
}

/// A set of roles in one byte.
public struct RoleSet: OptionSet, Hashable, Sendable {
    /// One bit a member, at the place of its raw value.
    public let rawValue: UInt8

    /// The set of these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The set of just this role.
    public init(_ role: Role) { rawValue = 1 << role.rawValue }

    /// Whether the role is in the set.
    @inlinable
    public func has(_ role: Role) -> Bool { rawValue & (1 << role.rawValue) != 0 }
}
