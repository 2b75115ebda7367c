/// A list: of values, or of the host's.
public struct CELList: Sendable {
    enum Storage: Sendable {
        case values([CELValue])
        case host(any CELSequence)
    }

    let storage: Storage

    /// A list of these values.
    public init(_ values: [CELValue]) { storage = .values(values) }

    /// A list that the host holds.
    public init(host: any CELSequence) { storage = .host(host) }

    /// How many elements there are.
    public var count: Int {
        switch storage {
        case .values(let values): values.count
        case .host(let host): host.count
        }
    }

    /// The element at this index; absent outside the list.
    public func element(at index: Int) -> CELLookup {
        guard index >= 0, index < count else { return .absent }
        return switch storage {
        case .values(let values): .value(values[index])
        case .host(let host): host.element(at: index)
        }
    }
}
