public import Chronology

/// What estate to make. The same plan makes the same bytes on every machine.
public struct EstatePlan: Sendable {
    /// What the random numbers come from.
    public let seed: UInt64
    /// How many threads; everything else is in proportion, about eleven messages to a thread.
    public let threads: Int
    /// The percentage of threads, conversations, responses, files and vector stores that the committed policies must
    /// find overdue. Above zero, at least one of each.
    public let overduePercent: Double
    /// Whether the dirt of the real world is added to it.
    public let hardCases: Bool
    /// The instant that ages are counted back from.
    public let asOf: Instant

    let now: Int64

    private static let mostThreads = 100_000_000

    /// Checks the numbers.
    public init(
        seed: UInt64, threads: Int, overduePercent: Double = 1, hardCases: Bool = false, asOf: Instant
    ) throws(EstateError) {
        guard (1...EstatePlan.mostThreads).contains(threads) else {
            throw EstateError(
                what: "an estate of \(threads) threads", hint: "ask for 1 to \(EstatePlan.mostThreads)")
        }
        guard (0...100).contains(overduePercent) else {
            throw EstateError(what: "\(overduePercent) percent overdue", hint: "ask for 0 to 100")
        }
        let earliest = Calendar.midnight(year: 2000, month: 1, day: 1)
        let latest = Calendar.midnight(year: 9000, month: 1, day: 1)
        guard (earliest..<latest).contains(asOf.seconds) else {
            throw EstateError(what: "an estate as of \(asOf.rfc3339)", hint: "choose a day from 2000 to 8999")
        }
        self.seed = seed
        self.threads = threads
        self.overduePercent = overduePercent
        self.hardCases = hardCases
        self.asOf = asOf
        now = asOf.seconds
    }
}
