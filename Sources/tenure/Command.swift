/// A verb of the command line: its options are its properties, and running it gives an exit code.
protocol Command: SendableMetatype {
    /// The verb.
    static var name: String { get }
    /// What it does, in one sentence.
    static var sentence: String { get }
    /// A command that is worth trying.
    static var example: String { get }
    /// What else is good to know; may be empty.
    static var details: String { get }

    init()

    /// Does it. Whatever stops it early is a `Failure`.
    func run(_ console: Console) throws(Failure) -> ExitCode
}

extension Command {
    static var details: String { "" }
}

/// What a script learns from a run.
///
/// - Source: the design, section 8.
enum ExitCode: Int32, Equatable {
    case clean = 0
    /// Violations at or above the threshold.
    case violations = 1
    /// Usage, policies or configuration: nothing was scanned.
    case usage = 2
    /// Something could not be read or decided.
    case incomplete = 3
    /// A limit would be exceeded, or something else must be so first.
    case safetyStop = 4
    /// Some dispositions failed or are unverified.
    case unverified = 5
}

/// Why a verb ends early, in words for the user.
struct Failure: Error, Equatable {
    let exitCode: ExitCode
    /// In one line.
    let message: String
    /// Lines behind it, one for each thing that is wrong; may be empty.
    var details: [String] = []

    /// All of it.
    var text: String { ([message] + details).joined(separator: "\n") }

    /// Nothing was looked at, because of what the user asked or wrote.
    static func usage(_ message: String) -> Failure { Failure(exitCode: .usage, message: message) }
    /// Something could not be read or written.
    static func incomplete(_ message: String) -> Failure { Failure(exitCode: .incomplete, message: message) }
}
