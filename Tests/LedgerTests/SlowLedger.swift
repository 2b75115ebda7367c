import Chronology
import Records

@testable import Ledger

/// What a ledger of one source must know, in the plainest words: a row for every record that was ever seen.
struct SlowLedger {
    struct Name: Hashable, Comparable {
        let kind: Kind
        let id: String

        static func < (left: Name, right: Name) -> Bool { (left.kind.name, left.id) < (right.kind.name, right.id) }
    }

    struct Row {
        var container: String?
        var firstRun: Int
        var run: Int
        var lastSeen: Int
        var gone: Int?
        var isDeleted = false
        /// By document: until which day, nil for ever, and the run that said so.
        var duties: [String: (until: Int?, run: Int)] = [:]
    }

    private(set) var rows: [Name: Row] = [:]
    private var run = 0
    private var day = 0

    mutating func begin(day: Int) {
        run += 1
        self.day = day
    }

    mutating func saw(_ name: Name, below container: String?) {
        var row = rows[name] ?? Row(firstRun: run, run: run, lastSeen: day)
        if row.gone != nil { row.isDeleted = false }
        (row.container, row.run, row.lastSeen, row.gone) = (container, run, max(row.lastSeen, day), nil)
        rows[name] = row
    }

    mutating func oblige(_ name: Name, by document: String, until: Int?) {
        rows[name]?.duties[document] = (until, run)
    }

    mutating func deleted(_ name: Name) { rows[name]?.isDeleted = true }

    mutating func finish() {
        for (name, row) in rows where row.run == run {
            rows[name]?.duties = row.duties.filter { $0.value.run == run }
        }
    }

    mutating func judge(_ absence: LedgerRun.Absence) -> LedgerRun.Judgement {
        let isProven =
            absence.isProven
            || rows.contains { absence.kinds.has($0.key.kind) && $0.value.run == run && $0.value.firstRun < run }
        var judgement = LedgerRun.Judgement()
        for name in absence.answered { judge([Name(kind: name.kind, id: name.id)], isProven, &judgement) }
        for kind in absence.listed.kinds { judge(rows.keys.filter { $0.kind == kind }, isProven, &judgement) }
        for (kind, container) in absence.nested {
            let below = rows.filter { name, row in
                guard name.kind == kind, let id = row.container,
                    let above = rows[Name(kind: container, id: id)]
                else { return false }
                return above.run == run || above.gone != nil
            }
            judge(Array(below.keys), isProven, &judgement)
        }
        return judgement
    }

    private mutating func judge(_ names: [Name], _ isProven: Bool, _ judgement: inout LedgerRun.Judgement) {
        for name in names {
            guard let row = rows[name], row.run != run, row.gone == nil else { continue }
            if isProven {
                rows[name]?.gone = day
                judgement.gone += 1
            } else if !row.isDeleted, row.duties.values.contains(where: { $0.until.map { $0 > day } ?? true }) {
                judgement.unproven += 1
            }
        }
    }

    func ids(_ kind: Kind) -> [String] {
        rows.filter { $0.key.kind == kind && $0.value.gone == nil }.map(\.key.id).sorted()
    }

    var goneCounts: [Kind: Int] {
        Dictionary(grouping: rows.filter { $0.value.gone != nil }, by: \.key.kind).mapValues(\.count)
    }

    /// `file f1 seen 3: a 5, b nil`
    func lost(_ day: Int) -> [String] {
        rows.filter { $0.value.gone != nil && !$0.value.isDeleted && $0.value.lastSeen <= day }
            .sorted { $0.key < $1.key }
            .compactMap { name, row in
                let duties = row.duties.filter { $0.value.until.map { $0 > day } ?? true }.sorted { $0.key < $1.key }
                guard !duties.isEmpty else { return nil }
                let words = duties.map { "\($0.key) \($0.value.until.map(String.init) ?? "ever")" }
                return "\(name.kind) \(name.id) seen \(row.lastSeen): \(words.joined(separator: ", "))"
            }
    }
}
