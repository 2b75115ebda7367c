internal import Policies
internal import Records

/// Sorts findings by policy, source, kind and id, without a `String`.
///
/// Most ids of a kind share their first bytes and differ soon after, so sixteen bytes of each id decide nearly always.
struct FindingOrder {
    private let inventory: Inventory
    private let policyRank: [UInt32]
    private let holdRank: [UInt32]
    private let sourceRank: [UInt32]

    init(_ inventory: Inventory, _ policies: PolicySet) {
        self.inventory = inventory
        policyRank = Self.ranks(policies.retention.map(\.name))
        holdRank = Self.ranks(policies.holds.map(\.name))
        sourceRank = Self.ranks(inventory.sourceNames)
    }

    private static func ranks(_ names: [String]) -> [UInt32] {
        var ranks = [UInt32](repeating: 0, count: names.count)
        let order = names.indices.sorted { (names[$0], $0) < (names[$1], $1) }
        for (rank, index) in order.enumerated() { ranks[index] = UInt32(rank) }
        return ranks
    }

    private struct Key {
        let group: UInt64
        let high: UInt64
        let low: UInt64
        let index: UInt32
    }

    func sorted(_ findings: [Finding]) -> [Finding] {
        var keys = findings.indices.map { key(findings[$0], UInt32($0)) }
        keys.sort { left, right in
            if left.group != right.group { return left.group < right.group }
            if left.high != right.high { return left.high < right.high }
            if left.low != right.low { return left.low < right.low }
            return precedes(findings[Int(left.index)], findings[Int(right.index)])
        }
        return keys.map { findings[Int($0.index)] }
    }

    private func key(_ finding: Finding, _ index: UInt32) -> Key {
        let policy = finding.policy.map { policyRank[$0] } ?? UInt32(policyRank.count)
        let source = sourceRank[Int(inventory.sources[finding.row])]
        let kind = UInt64(inventory.kinds[finding.row].rawValue)
        let (high, low) = inventory.withId(finding.row) { id in (Self.word(id, 0), Self.word(id, 8)) }
        return Key(group: UInt64(policy) << 32 | UInt64(source) << 8 | kind, high: high, low: low, index: index)
    }

    /// Eight bytes as a number of the same order; past the end there are zeros.
    private static func word(_ id: Span<UInt8>, _ offset: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in offset..<offset + 8 { word = word << 8 | (index < id.count ? UInt64(id[index]) : 0) }
        return word
    }

    private func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.row != right.row { return inventory.precedes(left.row, right.row) }
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
        }
    }
}
