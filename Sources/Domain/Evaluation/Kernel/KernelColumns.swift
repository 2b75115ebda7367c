internal import Chronology
internal import Records

/// The columns of times and sizes as kernels read them.
///
/// What a record says is what its fields say in expressions: see `RecordFacts.field(at:of:)`.
struct KernelColumns {
    private let facts: RecordFacts
    private let inventory: Inventory
    private let timeFacts: [TimeFacts]
    private let created: [Int64]

    init(_ facts: RecordFacts) {
        self.facts = facts
        inventory = facts.inventory
        timeFacts = facts.times.facts
        created = facts.times.created
    }

    /// The times of records; where a record has none the mark is `noSuchField`.
    func times(_ column: TimeColumn, _ rows: [UInt32], _ numbers: inout Numbers) {
        switch column {
        case .created:
            for place in rows.indices {
                let row = Int(rows[place])
                let fact = timeFacts[row]
                if fact.createdIsPoint {
                    numbers.values[place] = created[row]
                } else {
                    numbers.marks[place] = fact.isConflicted ? Mark.unknown : Mark.noSuchField
                }
            }
        case .lastActivity:
            facts.lastActivity(counts: RecordFacts.defaultCounts).read(rows) { set($1, $0, &numbers) }
        case .lastModified:
            for place in rows.indices {
                let row = Int(rows[place])
                if timeFacts[row].isConflicted {
                    numbers.marks[place] = Mark.unknown
                } else if let time = inventory.modified(row), time.isPoint {
                    set(Ends(time), place, &numbers)
                } else {
                    numbers.marks[place] = Mark.noSuchField
                }
            }
        case .expires:
            for place in rows.indices {
                if let time = inventory.expires(Int(rows[place])) {
                    set(Ends(time), place, &numbers)
                } else {
                    numbers.marks[place] = Mark.noSuchField
                }
            }
        }
    }

    @inline(__always)
    private func set(_ ends: Ends, _ place: Int, _ numbers: inout Numbers) {
        if ends.early == ends.late, ends.early != Ends.open, ends.early != Ends.never {
            numbers.values[place] = ends.early
        } else {
            numbers.marks[place] = Mark.unknown
        }
    }

    /// The sizes of records; where a record has none the mark is `noSuchField`.
    func sizes(_ column: SizeKind, _ rows: [UInt32], _ numbers: inout Numbers) {
        for place in rows.indices {
            let row = Int(rows[place])
            if timeFacts[row].isConflicted {
                numbers.marks[place] = Mark.unknown
            } else if let size = column == .bytes ? inventory.bytes(row) : inventory.tokens(row) {
                numbers.values[place] = size
            } else {
                numbers.marks[place] = Mark.noSuchField
            }
        }
    }
}
