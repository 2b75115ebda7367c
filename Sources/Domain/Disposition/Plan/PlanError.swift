public import Crypto
public import Files

/// Why a plan cannot be written, read or trusted: where, what, and what to do next.
public enum PlanError: Error, Sendable, CustomStringConvertible {
    /// The file cannot be written or read.
    case file(FileError)
    /// OpenSSL fails.
    case crypto(CryptoError)
    /// The file is no plan, or not the one that was written.
    case invalid(path: String, reason: String)
    /// The file is no review list, or one that nobody can act on.
    case invalidReview(path: String, reason: String)
    /// A record has what no plan can hold.
    case unwritable(record: String, reason: String)

    /// One line.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .crypto(let error): error.description
        case .invalid(let path, let reason): "\(path): \(reason); make a new plan with tenure plan"
        case .invalidReview(let path, let reason):
            "\(path): \(reason); mend it, or make a new list with tenure plan review"
        case .unwritable(let record, let reason): "\(record): \(reason); take it out of the policies' reach"
        }
    }
}
