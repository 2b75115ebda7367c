internal import Evaluation
internal import Policies
internal import Records

/// Counts how much of whom goes under the policies that limit it.
///
/// - Source: hard case 64: a limit by subject.
struct LimitedPeople {
    private let subjects: [StringTable.Code]
    /// By policy, the first one of its name, under which is counted; nil where nothing limits it.
    private let counters: [Int?]
    private var counts: [Int: [StringTable.Code: Int]] = [:]

    /// - Parameter limits: by policy; nil where one asks for nothing.
    init(_ limits: [PlannedLimit?], _ result: ScanResult) {
        subjects = result.inventory.subjects
        var first: [String: Int] = [:]
        counters = limits.map { limit in
            guard let limit, limit.mostPerSubject != nil else { return nil }
            let name = result.policies.retention[limit.policy].name
            if first[name] == nil { first[name] = limit.policy }
            return first[name]
        }
    }

    /// Counts a record that goes because a policy asks for it.
    mutating func count(_ row: Int, for policy: Int) {
        guard let counter = counters[policy] else { return }
        counts[counter, default: [:]][subjects[row], default: 0] += 1
    }

    /// How many records go of the subject of which most do.
    func most(for policy: Int) -> Int { counts[policy]?.values.max() ?? 0 }
}
