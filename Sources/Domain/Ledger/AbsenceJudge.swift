internal import Records
internal import SQLite

/// Goes through what a run did not see of a source, and says what became of it.
struct AbsenceJudge {
    private let ledgerRun: LedgerRun
    private let source: Int64
    private let verdict: Verdict
    private(set) var judgement = LedgerRun.Judgement()
    /// What is gone now of the kind that is judged.
    private var gone = SoughtIds()

    /// What absence means.
    enum Verdict {
        case gone, unproven
    }

    /// Which of a kind are judged.
    enum Scope {
        /// All.
        case all
        /// Those that stand below what was seen or is gone.
        case below(Kind)
        /// Those that were asked for by their ids.
        case these([String])
    }

    init(_ run: LedgerRun, source: Int64, verdict: Verdict) {
        ledgerRun = run
        self.source = source
        self.verdict = verdict
    }

    private var run: Int64 { ledgerRun.run }

    private func table(_ kind: Kind) -> StretchTable {
        StretchTable(database: ledgerRun.ledger.database, source: source, kind: kind)
    }

    /// The records of a kind that a list shows and that the run does not read.
    private func unread(_ kind: Kind) -> Set<Int64> { ledgerRun.unread[source]?[kind] ?? [] }

    private func absentRecords(_ table: StretchTable) throws(SQLiteError) -> AbsentRecords {
        try AbsentRecords(table, run: run, asOf: ledgerRun.asOf, unread: unread(table.kind))
    }

    /// Judges what of this kind was not seen.
    mutating func judge(_ kind: Kind, _ scope: Scope) throws(SQLiteError) {
        let table = table(kind)
        var unseen = try table.unseen(in: run)
        var asked: SoughtIds?
        switch scope {
        case .all: break
        case .below(let container):
            let decided = try decided(unseen.compactMap(\.container), of: container)
            unseen.removeAll { $0.container.map { !decided.contains($0) } ?? true }
        case .these(let ids):
            var sought = SoughtIds()
            for id in ids { sought.seek(id.utf8.span) }
            asked = sought
        }
        var obliged: Set<Int64> = []
        try sift(unseen, table, judging: true, asked, &obliged)
        try judgeLoose(table, scope, &obliged)
        judgement.unproven += obliged.count
        try forgetGone(table)
    }

    /// Takes what is gone away from stretches that are not judged: an id may have stood in another list before.
    private mutating func forgetGone(_ table: StretchTable) throws(SQLiteError) {
        defer { gone = SoughtIds() }
        guard gone.missing > 0 else { return }
        for stretch in try table.holders(of: gone, unseenIn: run) {
            var left = IdList()
            try table.ids(of: stretch).forEach { if !gone.seeks($0) { left.append($0) } }
            try table.replace(stretch, by: left)
        }
    }

    /// Takes away from what was not seen of this kind what stands elsewhere now.
    mutating func tidy(_ kind: Kind) throws(SQLiteError) {
        let table = table(kind)
        guard try table.wereSeen(in: run) else { return }
        let read = try table.containers(seenIn: run)
        let unseen = try table.unseen(in: run).filter { read.contains($0.container) }
        var obliged: Set<Int64> = []
        try sift(unseen, table, judging: false, nil, &obliged)
    }

    /// Which of these records of a kind this run saw, or are gone.
    private func decided(_ ids: [String], of kind: Kind) throws(SQLiteError) -> Set<String> {
        let table = table(kind)
        var decided: Set<String> = []
        var query = try table.statement(
            "SELECT run = ?4 OR gone IS NOT NULL FROM records WHERE source = ?1 AND kind = ?2 AND id = ?3")
        try query.bind(run, to: 4)
        var rest: Set<String> = []
        for id in Set(ids) {
            try query.bind(id, to: 3)
            if try query.step(), query.integer(0) == 1 { decided.insert(id) } else { rest.insert(id) }
            query.reset()
        }
        guard !rest.isEmpty, try table.wereSeen(in: run) else { return decided }
        var sought = SoughtIds()
        for id in rest { sought.seek(id.utf8.span) }
        try table.meet(&sought, seenIn: run)
        return decided.union(rest.filter { sought.hasMet($0.utf8.span) })
    }

    /// Leaves of each stretch what is nowhere else and is not judged.
    ///
    /// - Parameter obliged: takes the records that are absent, must be kept, and cannot be called gone.
    private mutating func sift(
        _ unseen: [Stretch], _ table: StretchTable, judging: Bool, _ asked: SoughtIds?, _ obliged: inout Set<Int64>
    ) throws(SQLiteError) {
        guard !unseen.isEmpty else { return }
        var records = try absentRecords(table)
        var rest = unseen[...]
        while !rest.isEmpty {
            var sought = SoughtIds()
            var some: [(stretch: Stretch, ids: IdList)] = []
            for stretch in rest.takeSome() {
                let ids = try table.ids(of: stretch)
                ids.forEach { sought.seek($0) }
                some.append((stretch, ids))
            }
            try table.meet(&sought, seenIn: run)
            for (stretch, ids) in some {
                var left = IdList()
                try ids.forEach { (id) throws(SQLiteError) in
                    guard !sought.hasMet(id) else { return }
                    guard judging, asked?.seeks(id) ?? true else { return left.append(id) }
                    let text = id.text
                    guard try !records.wasSeen(text) else { return }
                    switch verdict {
                    case .gone:
                        gone.seek(id)
                        judgement.gone += try records.markGone(text, as: stretch) ? 1 : 0
                    case .unproven:
                        left.append(id)
                        if let record = try records.obliged(text) { obliged.insert(record) }
                    }
                }
                if left.count < ids.count { try table.replace(stretch, by: left) }
            }
        }
    }

    /// Judges the records of a kind for which no stretch speaks.
    private mutating func judgeLoose(
        _ table: StretchTable, _ scope: Scope, _ obliged: inout Set<Int64>
    ) throws(SQLiteError) {
        if case .these(let ids) = scope {
            var records = try absentRecords(table)
            for id in ids {
                if let loose = try records.loose(id) { try judge([loose], table, &records, &obliged) }
            }
            return
        }
        var records = try absentRecords(table)
        var last: Int64 = 0
        while true {
            let some = try loose(table, after: last)
            guard let next = some.last?.record else { return }
            last = next
            guard case .below(let container) = scope else {
                try judge(some, table, &records, &obliged)
                continue
            }
            let decided = try decided(some.compactMap(\.container), of: container)
            let judged = some.filter { $0.container.map { decided.contains($0) } ?? false }
            try judge(judged, table, &records, &obliged)
        }
    }

    private mutating func judge(
        _ loose: [AbsentRecords.Loose], _ table: StretchTable, _ records: inout AbsentRecords,
        _ obliged: inout Set<Int64>
    ) throws(SQLiteError) {
        let unread = unread(table.kind)
        let loose = loose.filter { !unread.contains($0.record) }
        var sought = SoughtIds()
        for record in loose { sought.seek(record.id.utf8.span) }
        try table.meet(&sought, seenIn: run)
        for record in loose where !sought.hasMet(record.id.utf8.span) {
            switch verdict {
            case .gone:
                gone.seek(record.id.utf8.span)
                judgement.gone += try records.markGone(record.record) ? 1 : 0
            case .unproven: if let record = try records.obliged(record.id) { obliged.insert(record) }
            }
        }
    }

    private func loose(_ table: StretchTable, after last: Int64) throws(SQLiteError) -> [AbsentRecords.Loose] {
        var query = try table.statement(
            """
            SELECT record, id, container FROM records
            WHERE source = ?1 AND kind = ?2 AND record > ?3 AND (listed = 0 OR gone IS NOT NULL)
                AND gone IS NULL AND run <> ?4 ORDER BY record LIMIT \(SoughtIds.most)
            """)
        try query.bind(last, to: 3)
        try query.bind(run, to: 4)
        var loose: [AbsentRecords.Loose] = []
        while try query.step() {
            guard let record = query.integer(0), let id = query.text(1) else {
                throw ledgerRun.ledger.database.damage("a record has no name")
            }
            loose.append(.init(record: record, id: id, container: query.text(2)))
        }
        return loose
    }
}
