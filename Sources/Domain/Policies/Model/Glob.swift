/// A pattern on names that knows `*` (any run of characters) and `?` (any one), and is case-sensitive.
public struct Glob: Sendable, Hashable {
    /// The pattern as written.
    public let pattern: String
    private let scalars: [Unicode.Scalar]

    /// The glob of this pattern.
    public init(_ pattern: String) {
        self.pattern = pattern
        scalars = Array(pattern.unicodeScalars)
    }

    /// Whether the whole name fits the pattern, in time that is at worst the product of both lengths.
    public func matches(_ name: String) -> Bool {
        let text = Array(name.unicodeScalars)
        var position = 0
        var index = 0
        var star: (index: Int, position: Int)?
        while position < text.count {
            if index < scalars.count, scalars[index] == "*" {
                star = (index, position)
                index += 1
            } else if index < scalars.count, scalars[index] == "?" || scalars[index] == text[position] {
                index += 1
                position += 1
            } else if let last = star {
                index = last.index + 1
                position = last.position + 1
                star = (last.index, position)
            } else {
                return false
            }
        }
        while index < scalars.count, scalars[index] == "*" { index += 1 }
        return index == scalars.count
    }
}
