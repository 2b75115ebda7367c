public import Chronology
public import Files

/// Why holds are not changed: what, and what to do next.
public enum HoldEditError: Error, Sendable, CustomStringConvertible {
    /// A file cannot be written.
    case file(FileError)
    /// The documents have errors, as they are or as they would be.
    case unusable([Diagnostic])
    /// There is a hold of that name.
    case exists(String)
    /// There is no hold of that name.
    case unknown(String, known: [String])
    /// The hold was released.
    case released(String, Moment)
    /// A place in a document that only a person can change.
    case unwritable(String, String)

    /// One line.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .unusable: "the documents cannot be used"
        case .exists(let name): "there is a hold named \(name) already: choose another name"
        case .unknown(let name, let known):
            "there is no hold named \(name)"
                + (known.isEmpty ? "" : " (there are \(known.joined(separator: ", ")))")
        case .released(let name, let until): "the hold \(name) is released since \(until)"
        case .unwritable(let path, let key): "\(path): \(key) stands where only a person can change it: edit the file"
        }
    }
}
