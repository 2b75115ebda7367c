import Foundation

/// How much a test may do: little in every run, more where `make check` and `make soak` ask for it.
package enum Campaign {
    /// Whether the long campaigns run: `make soak` sets `TENURE_SOAK`.
    package static let isSoak = ProcessInfo.processInfo.environment["TENURE_SOAK"] == "1"

    /// How long each fuzzer goes on, as `TENURE_FUZZ_SECONDS` says; nil for a fixed number of rounds.
    package static let seconds = ProcessInfo.processInfo.environment["TENURE_FUZZ_SECONDS"].flatMap { Double($0) }

    /// What this thread has used of a processor: on a busy machine time passes without it.
    package static func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// The most memory that this process ever had, in KiB; nil where the system does not say.
    package static func peakMemory() -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }
    }
}
