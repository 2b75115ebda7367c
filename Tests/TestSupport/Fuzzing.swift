/// What a fuzzer did: the seeds from 0 on, so that what fails once fails always.
package struct Fuzzing {
    /// How many inputs there were.
    package private(set) var inputs: UInt64 = 0
    /// What the slowest of them used of a processor.
    package private(set) var slowest = Duration.zero
    /// Its seed.
    package private(set) var slowestSeed: UInt64 = 0

    /// Tries so many inputs or, under `TENURE_FUZZ_SECONDS`, as many as that time allows.
    ///
    /// - Parameters:
    ///   - name: what is printed of a campaign.
    ///   - rounds: how many where no time is set.
    ///   - share: of the time; small inputs need less of it than languages do.
    ///   - body: makes the input of a seed and checks what comes of it.
    package init(
        _ name: String, rounds: UInt64, share: Double = 1, _ body: (_ seed: UInt64) throws -> Void
    ) rethrows {
        let time = Campaign.seconds.map { Duration.seconds($0 * share) }
        var spent = Duration.zero
        while time.map({ spent < $0 }) ?? (inputs < rounds) {
            let start = Campaign.processorTime()
            try body(inputs)
            let duration = Campaign.processorTime() - start
            if duration > slowest { (slowest, slowestSeed) = (duration, inputs) }
            spent += duration
            inputs += 1
        }
        guard time != nil else { return }
        print(
            "\(name): \(inputs) inputs, the slowest (seed \(slowestSeed)) \(slowest), peak memory \(Campaign.peakMemory() ?? 0) KiB"
        )
    }

    /// Whether no input took a second and, in a campaign, the process never had 256 MiB.
    ///
    /// Generating an input counts, so that a limit is kept with something to spare. A run of all tests holds more than
    /// the fuzzers do, and its memory says nothing of them.
    package var isWithinLimits: Bool {
        slowest < .seconds(1) && (Campaign.seconds == nil || (Campaign.peakMemory() ?? 0) < 256 << 10)
    }
}
