import CEL
import Chronology
import TestSupport
import Testing

/// Some thousand texts in every test run. With `TENURE_FUZZ_SECONDS`, as `make check` and `make soak` set it, as many as
/// there is time for; the seeds are the numbers from 0, so that what fails once fails always.
@Suite struct FuzzTests {
    private static let environment: CELEnvironment = {
        // Unoptimised code is some twenty times slower, and is held to the same second.
        #if DEBUG
            let limits = CELLimits(cost: 20_000)
        #else
            let limits = CELLimits.standard
        #endif
        var environment = CELEnvironment(limits: limits, libraries: CELLibrary.all)
        for name in ["x", "m", "t", "d", "o", "s"] { environment.declare(variable: name, .dyn) }
        return environment
    }()

    private static let variables: [String: CELValue] = [
        "x": .int(3), "t": .timestamp(Instant(seconds: 253_402_300_799)),
        "d": .duration(CELDuration(nanoseconds: .min)), "s": .string(String(repeating: "aé", count: 500)),
        "m": CELMap([(.string("a"), .int(1)), (.int(2), .list(CELList([.int(1), .string("b")])))]).map(CELValue.map)
            ?? .null,
    ]

    @Test(arguments: FuzzInputs.allCases)
    func `no text traps, takes a second, or means two things`(inputs: FuzzInputs) {
        let share = 1 / Double(FuzzInputs.allCases.count)
        let run = Fuzzing("CEL fuzz, \(inputs)", rounds: 2_000, share: share) { seed in
            let text = inputs.text(seed: seed)
            #expect(isConsistent(text), "seed \(seed): \(text.debugDescription)")
        }
        #expect(run.isWithinLimits, "seed \(run.slowestSeed): \(inputs.text(seed: run.slowestSeed).debugDescription)")
    }

    /// Compiles with and without checking and evaluates both; the two agree where both give a value.
    private func isConsistent(_ text: String) -> Bool {
        let checked = outcome(of: text, in: Self.environment, Self.variables)
        let unchecked = outcome(of: text, in: Self.environment, Self.variables, isChecked: false)
        return checked.hasPrefix("?") || checked == unchecked
    }
}
