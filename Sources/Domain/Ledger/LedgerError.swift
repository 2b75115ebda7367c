internal import Files
internal import SQLite

/// Why there is no ledger to work with: where, what, and what to do next.
public struct LedgerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What stands in the way.
    public enum Code: Equatable, Sendable {
        /// Another run has it.
        case held
        /// It is no ledger, or a later version's.
        case foreign
        /// It contradicts itself.
        case damaged
        /// The system refuses.
        case inaccessible
    }

    /// What stands in the way.
    public let code: Code
    /// The ledger's path.
    public let path: String
    /// Why.
    public let reason: String
    /// What to do next.
    public let hint: String

    init(_ code: Code, path: String, reason: String, hint: String) {
        self.code = code
        self.path = path
        self.reason = reason
        self.hint = hint
    }

    /// There is no ledger of that name.
    public static func absent(_ path: String) -> LedgerError {
        LedgerError(
            .inaccessible, path: path, reason: "is not there", hint: "check the path; scan --ledger FILE begins one")
    }

    init(_ error: FileError, path: String) {
        self.init(
            .inaccessible, path: path, reason: "cannot \(error.operation): \(error.reason)",
            hint: error.hint ?? "choose another place with --ledger FILE")
    }

    init(_ error: SQLiteError) {
        let (code, hint): (Code, String) =
            switch error.code {
            case .notADatabase: (.foreign, "choose another place with --ledger FILE")
            case .damaged, .constraint, .badStatement:
                (.damaged, "restore a copy, or move it away: what it knew alone is then known no more")
            case .busy: (.held, "wait until the other process has ended")
            default: (.inaccessible, error.hint)
            }
        self.init(code, path: error.path, reason: "cannot \(error.operation): \(error.reason)", hint: hint)
    }

    /// One line.
    public var description: String { "\(path): the ledger \(reason); \(hint)" }
}
