/// A value that only the host understands. Expressions hand it from one registered function to the next.
public protocol CELOpaque: Sendable {
    /// The name under which ``CELType/opaque(_:)`` refers to its type.
    var typeName: String { get }

    /// Whether `==` holds between the two.
    func isEqual(to other: any CELOpaque) -> Bool
}
