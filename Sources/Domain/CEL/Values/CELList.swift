/// Where lists of the host live: a table of which each row is one list.
public protocol CELListSource: AnyObject, Sendable {
    /// How many elements the list in that row has.
    func count(of row: Int) -> Int

    /// Its element at an index from 0 up to the count.
    func element(at index: Int, of row: Int) -> CELLookup
}

/// A list: of values, or of the host's.
public struct CELList: Sendable {
    enum Storage: Sendable {
        case values([CELValue])
        case host(any CELListSource, row: Int)
    }

    let storage: Storage

    /// A list of these values.
    public init(_ values: [CELValue]) { storage = .values(values) }

    /// A list that the host holds.
    public init(_ source: any CELListSource, row: Int) { storage = .host(source, row: row) }

    /// How many elements there are.
    public var count: Int {
        switch storage {
        case .values(let values): values.count
        case .host(let source, let row): source.count(of: row)
        }
    }

    /// The element at this index; absent outside the list.
    public func element(at index: Int) -> CELLookup {
        guard index >= 0, index < count else { return .absent }
        return switch storage {
        case .values(let values): .value(values[index])
        case .host(let source, let row): source.element(at: index, of: row)
        }
    }
}
