/// Why an XML document could not be written, read or checked.
public struct XMLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was being done, and what libxml2 says of it.
    public let message: String
    /// Where in the document, 1-based; nil where the trouble has no place.
    public let line: Int?

    /// What was being done, and where if there is a place.
    public init(message: String, line: Int? = nil) {
        self.message = message
        self.line = line
    }

    /// `line 3: …`, or the message alone.
    public var description: String {
        line.map { "line \($0): \(message)" } ?? message
    }
}
