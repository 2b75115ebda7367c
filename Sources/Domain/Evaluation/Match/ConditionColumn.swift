internal import CEL
internal import Policies
internal import Records

/// All that a condition reads of a row, as one code: rows of one source, kind and code have one answer.
///
/// Most conditions read metadata and other texts of which few differ, so they are asked once for each code.
struct ConditionColumn: Sendable {
    /// By row; `StringTable.undecided` counts as a code of its own.
    let codes: [StringTable.Code]
    /// No other code is as large.
    let count: Int

    /// Nil where the condition reads more than texts of which the inventory knows the codes.
    ///
    /// - Parameter segments: the rows of which the condition may be asked.
    init?(_ program: CELProgram, _ inventory: Inventory, _ segments: [Segments.Segment]) {
        guard let parts = Self.parts(program, inventory) else { return nil }
        if parts.count == 1, case .codes(let codes) = parts[0] {
            self.codes = codes
            count = inventory.strings.count
            return
        }
        var codes = [UInt32](repeating: 0, count: inventory.count)
        var largest: UInt32 = 0
        for part in parts {
            var numbers = PairNumbers()
            for segment in segments {
                for row in segment.rows { codes[row] = numbers.number(codes[row], part.code(row, inventory)) }
            }
            largest = numbers.count
        }
        self.codes = codes
        count = Int(largest) + 1
    }

    /// Something of a row that a condition reads.
    private enum Part {
        case codes([StringTable.Code])
        case role([Role])
        /// Whether there is a time of creation, where the time itself is not read.
        case presenceOfCreated

        @inline(__always)
        func code(_ row: Int, _ inventory: Inventory) -> UInt32 {
            switch self {
            case .codes(let codes): codes[row]
            case .role(let roles): UInt32(roles[row].rawValue) << 1 | (inventory.isConflicted(row) ? 1 : 0)
            case .presenceOfCreated:
                inventory.isConflicted(row) ? 2 : inventory.createdFact(row) == .point ? 1 : 0
            }
        }
    }

    private static func parts(_ program: CELProgram, _ inventory: Inventory) -> [Part]? {
        var parts: [Part] = []
        for name in program.fieldsRead(of: RecordField.typeName).sorted() {
            switch RecordField.allCases.first(where: { $0.name == name }) {
            // Answers are kept for one kind in one source at a time.
            case .kind, .source: continue
            case .status: parts.append(.codes(inventory.statuses))
            case .owner: parts.append(.codes(inventory.owners))
            case .subject: parts.append(.codes(inventory.subjects))
            case .tenant: parts.append(.codes(inventory.tenants))
            case .role: parts.append(.role(inventory.roles))
            case .created where program.onlyTests(RecordField.created.name): parts.append(.presenceOfCreated)
            case .metadata:
                let use = program.keysRead(ofField: name, of: RecordField.typeName)
                if use.isDynamic { return nil }
                for key in use.keys {
                    guard let index = inventory.metadataKey(named: key) else { continue }
                    parts.append(.codes(inventory.metadataColumn(index)))
                }
            default: return nil
            }
        }
        return parts
    }
}

extension CELProgram {
    /// Whether a field is only ever asked for with `has`.
    fileprivate func onlyTests(_ field: String) -> Bool {
        syntax.nodes.allSatisfy { node in
            guard case .select(_, field, let isTest) = node.kind else { return true }
            return isTest
        }
    }
}

/// Numbers for pairs of codes, given in the order of first sight: open addressing over one word a pair.
private struct PairNumbers {
    private(set) var count: UInt32 = 0
    private var keys = [UInt64](repeating: 0, count: 64)
    /// The number of a slot's pair and one, so that 0 is an empty slot.
    private var numbers = [UInt32](repeating: 0, count: 64)

    mutating func number(_ left: UInt32, _ right: UInt32) -> UInt32 {
        let key = UInt64(left) << 32 | UInt64(right)
        let slot = slot(of: key)
        if numbers[slot] != 0 { return numbers[slot] - 1 }
        count += 1
        keys[slot] = key
        numbers[slot] = count
        if Int(count) * 2 > keys.count { grow() }
        return count - 1
    }

    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & (keys.count - 1)
        while numbers[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    private mutating func grow() {
        let old = zip(keys, numbers).filter { $0.1 != 0 }
        keys = Array(repeating: 0, count: keys.count * 2)
        numbers = Array(repeating: 0, count: keys.count)
        for (key, number) in old {
            let slot = slot(of: key)
            keys[slot] = key
            numbers[slot] = number
        }
    }
}
