internal import Policies
internal import Records

/// Sorts findings by policy, source, kind and id, without a `String`.
///
/// Ids of a kind share their first bytes and differ soon after, so a few bytes of each decide nearly always.
struct FindingOrder {
    private let inventory: Inventory
    private let segments: [Segments.Segment]
    private let policyRank: [UInt32]
    private let accessRank: [UInt32]
    private let holdRank: [UInt32]
    private let sourceRank: [UInt32]

    init(_ inventory: Inventory, _ segments: Segments, _ policies: PolicySet) {
        self.inventory = inventory
        self.segments = segments.all
        let ranks = Self.ranks(policies.retention.map(\.name) + policies.access.map(\.name))
        policyRank = Array(ranks.prefix(policies.retention.count))
        accessRank = Array(ranks.suffix(policies.access.count))
        holdRank = Self.ranks(policies.holds.map(\.name))
        sourceRank = Self.ranks(inventory.sourceNames)
    }

    private static func ranks(_ names: [String]) -> [UInt32] {
        var ranks = [UInt32](repeating: 0, count: names.count)
        let order = names.indices.sorted { (names[$0], $0) < (names[$1], $1) }
        for (rank, index) in order.enumerated() { ranks[index] = UInt32(rank) }
        return ranks
    }

    /// The findings in their order.
    ///
    /// They are spread over groups of one policy, source and kind, and in each group sorted by the eight bytes that
    /// follow what all its ids have in common.
    func sorted(_ findings: consuming [Finding]) -> [Finding] {
        var findings = findings
        let groups = self.groups(findings)
        var ends = [Int](repeating: 0, count: (lastRank + 1) * sourceRank.count * Kind.allCases.count)
        for group in groups { ends[Int(group)] += 1 }
        for group in ends.indices.dropFirst() { ends[group] += ends[group - 1] }
        var order = [UInt32](repeating: 0, count: findings.count)
        var next = [0] + ends
        for (index, group) in groups.enumerated() {
            order[next[Int(group)]] = UInt32(index)
            next[Int(group)] += 1
        }
        for group in ends.indices {
            let range = (group == 0 ? 0 : ends[group - 1])..<ends[group]
            if range.count > 1 { sort(&order, range, findings) }
        }
        findings.permute(order)
        return findings
    }

    /// The rank of what no policy says.
    private var lastRank: Int { policyRank.count + accessRank.count }

    /// The group of each finding. Findings stand in runs of ascending rows, so that most are of the segment of the one
    /// before, and neither its source nor its kind is looked up.
    private func groups(_ findings: [Finding]) -> [UInt32] {
        var segment: Segments.Segment?
        return findings.map { finding in
            let policy =
                finding.policy.map { policyRank[$0] } ?? finding.accessPolicy.map { accessRank[$0] } ?? UInt32(lastRank)
            let row = finding.row
            if segment.map({ !$0.rows.contains(row) }) ?? true { segment = self.segment(of: row) }
            guard let segment else { return 0 }
            let source = sourceRank[segment.source]
            return (policy * UInt32(sourceRank.count) + source) * UInt32(Kind.allCases.count)
                + UInt32(segment.kind.rawValue)
        }
    }

    private func segment(of row: Int) -> Segments.Segment {
        var low = 0
        var high = segments.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if segments[middle].rows.lowerBound <= row { low = middle } else { high = middle - 1 }
        }
        return segments[low]
    }

    private func sort(_ order: inout [UInt32], _ range: Range<Int>, _ findings: [Finding]) {
        let words = inventory.idWords(order[range].map { UInt32(truncatingIfNeeded: findings[Int($0)].row) })
        var keys = zip(words, order[range]).map { RadixSort.Item(key: $0, index: $1) }
        RadixSort.sort(&keys)
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end].key == keys[start].key { end += 1 }
            if end - start > 1 {
                keys[start..<end].sort { precedes(findings[Int($0.index)], findings[Int($1.index)]) }
            }
            start = end
        }
        for (offset, item) in keys.enumerated() { order[range.lowerBound + offset] = item.index }
    }

    private func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.row != right.row { return inventory.precedes(left.row, right.row) }
        if left.rule == .validation, right.rule == .validation {
            return left.validation ?? 0 < right.validation ?? 0
        }
        let l = (left.rule.order, left.state.rawValue, left.hold.map { holdRank[$0] } ?? 0)
        let r = (right.rule.order, right.state.rawValue, right.hold.map { holdRank[$0] } ?? 0)
        return l < r
    }
}

extension Finding.Rule {
    fileprivate var order: Int {
        switch self {
        case .atMost: 0
        case .atLeast: 1
        case .coverage: 2
        case .suppression: 4
        case .validation: 3
        }
    }
}

extension Array {
    /// Puts the element at `order[i]` to place `i`, without a second array.
    fileprivate mutating func permute(_ order: [UInt32]) {
        var isPlaced = [Bool](repeating: false, count: count)
        for start in indices where !isPlaced[start] {
            let first = self[start]
            var place = start
            while true {
                isPlaced[place] = true
                let source = Int(order[place])
                if source == start { break }
                self[place] = self[source]
                place = source
            }
            self[place] = first
        }
    }
}
