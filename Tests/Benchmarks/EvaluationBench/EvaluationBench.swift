import Chronology
import Evaluation
import Glibc
import Policies
import Records

/// Times the evaluation of records that are in memory.
///
///     EvaluationBench RECORDS RUNS [NAME]    all that is measured, or what has the name
///     EvaluationBench lines RECORDS          the same records as lines of JSON, for other tools
///
/// Prints one line of tabs for each measurement: a group, a name, how many records, nanoseconds of CPU time a record
/// (the median of the runs), and how many findings or matches there were; at last the peak of the memory. All on one
/// thread.
@main
struct EvaluationBench {
    let inventory: Inventory
    let runs: Int

    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "lines" {
            RecordLines(inventory: BenchEstate(records: number(arguments, 1) ?? 100_000).inventory()).print()
            return
        }
        let records = number(arguments, 0) ?? 10_000_000
        let only = arguments.dropFirst(2).first
        let bench = EvaluationBench(
            inventory: BenchEstate(records: records).inventory(), runs: number(arguments, 1) ?? 3)
        if only == nil || only == "tabular" { bench.tabular() }
        for (name, kind, condition) in BenchPolicies.general where only == nil || only == name {
            bench.general(name, kind, condition)
        }
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        print("memory\tpeak\t\(bench.inventory.count)\t\(usage.ru_maxrss * 1024)\t0")
    }

    private static func number(_ arguments: ArraySlice<String>, _ place: Int) -> Int? {
        arguments.dropFirst(place).first.flatMap { Int($0) }
    }

    private func tabular() {
        let evaluator = evaluator(BenchPolicies.tabular)
        var times: [EvaluationPhase: [Double]] = [:]
        var closures: [Double] = []
        var totals: [Double] = []
        var findings = 0
        for _ in 0..<runs {
            let start = Self.cpuSeconds()
            var last = start
            let result = evaluator.evaluate(inventory) { phase in
                let now = Self.cpuSeconds()
                times[phase, default: []].append(now - last)
                last = now
            }
            findings = result.findings.count
            let closure = Self.closure.reduce(0) { $0 + (times[$1]?.last ?? 0) }
            closures.append(closure)
            totals.append(last - start - closure)
        }
        for phase in EvaluationPhase.allCases {
            show("phase", phase.rawValue, times[phase] ?? [], inventory.count, findings)
        }
        show("tabular", "20 policies", totals, inventory.count, findings)
        show("closure", "20 policies", closures, inventory.count, findings)
    }

    /// What is carried along references.
    private static let closure: [EvaluationPhase] = [.obliged, .settled]

    /// What asking the condition adds to the matching, for each record that is asked.
    private func general(_ name: String, _ kind: String, _ condition: String) {
        let asked = inventory.kinds.count { $0.name == kind }
        var matched = 0
        var times: [Double] = []
        for _ in 0..<runs {
            let (without, _) = timeOfMatching(BenchPolicies.single(kind, nil))
            let (with, count) = timeOfMatching(BenchPolicies.single(kind, condition))
            times.append(with - without)
            matched = count
        }
        show("general", name, times, asked, matched)
    }

    private func timeOfMatching(_ text: String) -> (seconds: Double, matched: Int) {
        let start = Self.cpuSeconds()
        var end = start
        let result = evaluator(text).evaluate(inventory) { if $0 == .matched { end = Self.cpuSeconds() } }
        return (end - start, result.summary.policies[0].matched)
    }

    private func evaluator(_ text: String) -> Evaluator {
        Evaluator(policies: BenchPolicies.load(text), asOf: BenchEstate.asOf, options: ScanOptions())
    }

    private func show(_ group: String, _ name: String, _ times: [Double], _ records: Int, _ found: Int) {
        let sorted = times.sorted()
        let nanoseconds = sorted.isEmpty ? 0 : sorted[sorted.count / 2] / Double(max(records, 1)) * 1e9
        print("\(group)\t\(name)\t\(records)\t\((nanoseconds * 100).rounded() / 100)\t\(found)")
    }

    /// The CPU time of the whole process.
    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
