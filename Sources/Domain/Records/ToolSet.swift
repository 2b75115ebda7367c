/// The tools that an assistant is given by its own words, whether or not they have anything to read.
///
/// - Source: OpenAI's OpenAPI document 2.3.0: the types of an assistant's tools.
public struct ToolSet: OptionSet, Sendable, Hashable {
    /// A bit for each tool.
    public let rawValue: UInt8

    /// The tools of these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Search in vector stores.
    public static let fileSearch = ToolSet(rawValue: 1)
    /// Code that is run in a sandbox.
    public static let codeInterpreter = ToolSet(rawValue: 2)
    /// Functions of the application, which answers the calls itself.
    public static let function = ToolSet(rawValue: 4)
    /// A tool of a type that is not known.
    public static let other = ToolSet(rawValue: 8)

    /// The types on the wire, in the order of the bits. Any type that is not known counts as `other`, and is written out so.
    public static let types: [(tool: ToolSet, type: StaticString)] = [
        (.fileSearch, "file_search"), (.codeInterpreter, "code_interpreter"), (.function, "function"),
        (.other, "other"),
    ]
}
