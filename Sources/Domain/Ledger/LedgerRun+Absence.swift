public import Records
internal import SQLite

extension LedgerRun {
    /// What the reading of one family of a source's surfaces says of records that it did not see.
    ///
    /// Families live and die together, and a credential of another account sees lists that are whole and hold nothing
    /// that is known. So absence is evidence only where something of the family that was known before was seen again.
    public struct Absence: Sendable {
        /// The kinds of the family.
        public var kinds: KindSet
        /// The kinds that one list holds, which was read to its end.
        public var listed: KindSet = []
        /// Kinds that stand below another, each with that one, where every list below what was seen was read to its
        /// end; from the top down.
        public var nested: [(kind: Kind, container: Kind)] = []
        /// Ids that the service was asked for, and does not have.
        public var answered: [(kind: Kind, id: String)] = []
        /// Whether a canary was seen, so that nothing else need be.
        public var isProven = false

        /// A family of which nothing is known to be absent.
        public init(kinds: KindSet) { self.kinds = kinds }
    }

    /// What came of it.
    public struct Judgement: Sendable, Equatable {
        /// How many records are gone now that were not before.
        public var gone = 0
        /// How many are absent, must be kept, and cannot be called gone, for nothing that was known was seen again.
        public var unproven = 0
    }

    /// Notes which records are gone.
    public func judge(_ absence: Absence, inSource source: String) throws(LedgerError) -> Judgement {
        try writing { () throws(SQLiteError) in
            let source = try number(ofSource: source)
            let sawAgain = try sawAgain(absence.kinds, source)
            let isKnown = absence.isProven || sawAgain
            var judge = AbsenceJudge(self, source: source, verdict: isKnown ? .gone : .unproven)
            let answered = Dictionary(grouping: absence.answered, by: \.kind).sorted { $0.key < $1.key }
            for (kind, ids) in answered { try judge.judge(kind, .these(ids.map(\.id))) }
            for kind in absence.listed.kinds { try judge.judge(kind, .all) }
            for (kind, container) in absence.nested { try judge.judge(kind, .below(container)) }
            // What of lists is there still stands in what was seen of them now; the rest is kept until it is judged.
            let judged = absence.listed.union(KindSet(absence.nested.map(\.kind)))
            for kind in absence.kinds.subtracting(judged).kinds { try judge.tidy(kind) }
            looseness[source] = nil
            return judge.judgement
        }
    }

    /// Whether something was seen in this run that was known before.
    private func sawAgain(_ kinds: KindSet, _ source: Int64) throws(SQLiteError) -> Bool {
        for kind in kinds.kinds {
            if unread[source]?[kind]?.isEmpty == false { return true }
            let table = StretchTable(database: ledger.database, source: source, kind: kind)
            if try table.wereSeen(in: run, before: true) { return true }
            var query = try table.statement(
                "SELECT 1 FROM records WHERE source = ?1 AND kind = ?2 AND run = ?3 AND first_run < ?3 LIMIT 1")
            try query.bind(run, to: 3)
            if try query.step() { return true }
        }
        // Nothing is as it was; yet what stood in one piece of a list may stand in another now.
        for kind in kinds.kinds {
            let table = StretchTable(database: ledger.database, source: source, kind: kind)
            guard try table.wereSeen(in: run) else { continue }
            var rest = try table.unseen(in: run)[...]
            while !rest.isEmpty {
                var sought = SoughtIds()
                for stretch in rest.takeSome() { try table.ids(of: stretch).forEach { sought.seek($0) } }
                let count = sought.missing
                try table.meet(&sought, seenIn: run)
                if sought.missing < count { return true }
            }
        }
        return false
    }
}

extension ArraySlice<Stretch> {
    /// Takes the first away whose ids are looked for together; one at least.
    mutating func takeSome() -> ArraySlice<Stretch> {
        var ids = 0
        let end = firstIndex { stretch in
            ids += stretch.count
            return ids > SoughtIds.most
        }
        let some = self[startIndex..<Swift.min(endIndex, Swift.max(end ?? endIndex, startIndex + 1))]
        self = self[some.endIndex...]
        return some
    }
}
