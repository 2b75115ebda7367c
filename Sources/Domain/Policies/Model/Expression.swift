public import CEL
import YAML

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
    /// What spells it in the file; nil where it was not read from one.
    private let scalar: Scalar?

    /// An expression that was checked.
    public init(text: String, location: SourceLocation, program: CELProgram) {
        self.text = text
        self.location = location
        self.program = program
        scalar = nil
    }

    /// The expression that a scalar of a file spells.
    init(_ scalar: Scalar, in file: DocumentFile, program: CELProgram) {
        text = scalar.text
        location = file.location(scalar.position(ofCodePoint: 0))
        self.program = program
        self.scalar = scalar
    }

    /// Where a part stands that begins at an offset, in UTF-8; the beginning of the whole where that is not known.
    public func place(of offset: Int) -> SourceLocation {
        guard let mark = scalar?.position(of: program.syntax, offset) else { return location }
        return SourceLocation(file: location.file, line: mark.line, column: mark.column)
    }
}
