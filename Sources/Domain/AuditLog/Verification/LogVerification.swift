/// What a verification of a log found.
public struct LogVerification: Equatable, Sendable {
    /// Something that is not as it was signed.
    public struct Finding: Equatable, Sendable {
        /// What kind of thing it is, in one word that stays.
        public enum Code: String, Sendable, CaseIterable {
            /// An entry that was signed is another one, elsewhere, missing, or there twice.
            case entriesChanged = "entries-changed"
            /// Fewer entries than were signed.
            case shortened
            /// The newest checkpoint, or a copy of an older, is missing, damaged, or not signed by the trusted key.
            case checkpoint
            /// The log has fewer entries than a checkpoint that was kept.
            case rollback
            /// The log does not begin with what a checkpoint that was kept says.
            case fork
            /// The journal's files do not follow one another.
            case segments
            /// The first entry opens another log, or none.
            case genesis
            /// The key beside the log is not the trusted one.
            case key
        }

        /// What kind of thing it is.
        public let code: Code
        /// The file that shows it.
        public let place: String
        /// What it is.
        public let message: String
    }

    /// Something that a crash or another writer may leave, and nobody has to have done.
    public struct Warning: Equatable, Sendable {
        /// The file that shows it.
        public let place: String
        /// What it is, and what becomes of it.
        public let message: String
    }

    /// The newest checkpoint, where it can be trusted.
    public internal(set) var checkpoint: Checkpoint?
    /// How many entries the journal has.
    public internal(set) var entries = 0
    /// How many of them stand behind the newest checkpoint.
    public internal(set) var unsigned = 0
    /// How many checkpoints were checked against the entries.
    public internal(set) var checkpoints = 0
    /// The size of the kept checkpoint that the log was found to begin with.
    public internal(set) var since: Int?
    /// What is not as it was signed.
    public internal(set) var findings: [Finding] = []
    /// What is worth knowing.
    public internal(set) var warnings: [Warning] = []

    /// Whether the log is what was signed.
    public var isVerified: Bool { findings.isEmpty }

    mutating func find(_ code: Finding.Code, _ place: String, _ message: String) {
        findings.append(Finding(code: code, place: place, message: message))
    }

    mutating func warn(_ place: String, _ message: String) { warnings.append(Warning(place: place, message: message)) }
}
