public import CEL

/// An expression of a document: its text, where it stands, and its checked program.
public struct Expression: Sendable {
    /// The text as written.
    public let text: String
    /// Where it stands in its document.
    public let location: SourceLocation
    /// The program, checked against the record's fields when it was loaded.
    public let program: CELProgram
    /// Whether lint found something in a part of it that can be why the whole has one answer.
    var isQuestioned = false
    /// Where the parts that `&&` joins stand, by their offsets into the text in UTF-8.
    private let partPlaces: [Int: SourceLocation]

    /// An expression that was checked.
    public init(
        text: String, location: SourceLocation, program: CELProgram, partPlaces: [Int: SourceLocation] = [:]
    ) {
        self.partPlaces = partPlaces
        self.text = text
        self.location = location
        self.program = program
    }

    /// Where a part stands that begins at an offset; the beginning of the whole where that is not known.
    public func place(of offset: Int) -> SourceLocation { partPlaces[offset] ?? location }
}
