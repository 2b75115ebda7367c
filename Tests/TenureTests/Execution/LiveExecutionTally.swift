import Records

/// What a campaign of executions went through.
struct LiveExecutionTally {
    /// How many records are gone, by their kinds, and how many are as they were.
    var gone: [Kind: Int] = [:]
    var kept = 0
    var calls = 0
    /// How often each thing happened.
    var events: [String: Int] = [:]
    var outcomes: [String: Int] = [:]
    /// Why what is overdue afterwards is there still.
    var left: [String: Int] = [:]
    /// What is not as it should be.
    var problems: [String] = []

    mutating func count(_ event: String) { events[event, default: 0] += 1 }

    var summary: String {
        func sorted(_ counts: [String: Int]) -> String {
            counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
        let kinds = Dictionary(uniqueKeysWithValues: gone.map { ($0.key.name, $0.value) })
        return """
            executed against a service: \(gone.values.reduce(0, +)) records gone by \(calls) calls, \(kept) as they were
              rounds: \(sorted(events))
              gone: \(sorted(kinds))
              outcomes: \(sorted(outcomes))
              overdue and there still: \(sorted(left))
            """
    }
}
