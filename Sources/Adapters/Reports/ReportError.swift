public import Crypto
public import Files
public import XML

/// Why a report could not be made.
public enum ReportError: Error, Sendable, CustomStringConvertible {
    /// What was asked for makes no sense. It is found before anything is read.
    case request(String, hint: String)
    /// The file could not be written; what stood under its name before still does.
    case file(FileError)
    /// The document could not be composed.
    case xml(XMLError)

    /// A digest could not be made.
    case digest(CryptoError)

    /// What is wrong and, where there is something to do, what to do.
    public var description: String {
        switch self {
        case .request(let message, let hint): "\(message); \(hint)"
        case .file(let error): error.description
        case .xml(let error): "a report could not be composed: \(error)"
        case .digest(let error): "\(error)"
        }
    }
}
