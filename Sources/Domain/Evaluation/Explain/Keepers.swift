internal import Chronology
internal import Policies
internal import Records

/// Lists what makes K(r) what it is: every matter, and the documents at its two ends.
struct Keepers {
    let result: ScanResult
    let phrases: Phrases

    private var assessment: Assessment { result.assessment }
    private var search: KeepSearch { KeepSearch(assessment: assessment) }

    func list(_ row: Int) -> [Explanation.Keeper] {
        let matters = assessment.matterSets[Int(assessment.matters(row))].compactMap { hold in
            search.path(toMatter: hold, from: row).map { keeper($0, row, end: .both, until: nil) }
        }
        return matters + ends(row)
    }

    private func ends(_ row: Int) -> [Explanation.Keeper] {
        let keep = assessment.keep(row)
        let late = path(.late, keep.late, row)
        let early = path(.early, keep.early, row)
        guard let late else { return [] }
        if let early, keep.early != keep.late {
            return [
                keeper(early, row, end: .early, until: keep.early), keeper(late, row, end: .late, until: keep.late),
            ]
        }
        return [keeper(late, row, end: early == nil ? .late : .both, until: keep.late)]
    }

    private func path(_ end: KeepWish.End, _ instant: Int64, _ row: Int) -> KeepPath? {
        instant == Ends.open ? nil : search.path(to: end, instant, from: row)
    }

    private func keeper(
        _ path: KeepPath, _ row: Int, end: Explanation.Keeper.End, until: Int64?
    ) -> Explanation.Keeper {
        let policies = assessment.rules.policies
        let document: (Explanation.Keeper.Document, String) =
            switch path.keeper {
            case .policy(let index): (.policy, policies.retention[index].name)
            case .hold(let index): (.hold, policies.holds[index].name)
            }
        return Explanation.Keeper(
            document: document.0, name: document.1, end: end, until: until.map { Moment(microseconds: $0) },
            path: path.steps.map { .init(edge: $0.step.edge, record: result.name($0.row)) },
            text: text(path, row, end: end, until: until))
    }

    private func text(_ path: KeepPath, _ row: Int, end: Explanation.Keeper.End, until: Int64?) -> String {
        let by = "by \(phrases.describe(path, from: row))"
        guard let until else { return by }
        let isOver = until <= assessment.rules.asOf
        let time = until == Ends.never ? "without end" : "until \(Moment(microseconds: until))"
        let start = end == .both ? "" : end == .early ? "at the earliest " : "at the latest "
        return "\(start)\(isOver ? "was " : "")kept \(time) \(by)"
    }
}

extension ScanResult {
    /// A record's whole name.
    func name(_ row: Int) -> Explanation.RecordName {
        Explanation.RecordName(
            source: inventory.sourceNames[Int(inventory.sources[row])], kind: inventory.kinds[row],
            id: inventory.id(row))
    }
}
