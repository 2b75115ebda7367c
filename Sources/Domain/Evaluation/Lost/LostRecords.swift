internal import Chronology
internal import Policies
internal import Records

/// Finds records that are gone before what obliged to keep them has ended.
///
/// A record that is gone has no clock any more, nor metadata to match. So what counts is what was decided when it was
/// seen last, as far as the documents still say so: a policy by its name, a hold by its name and its dates of today.
///
/// - Source: the design, section 5, "lost".
struct LostRecords {
    let rules: RulesInForce

    /// A duty that was broken, and the document by its place in the set.
    struct Breach: Sendable {
        let policy: Int?
        let hold: Int?
        let until: Int64
    }

    /// The breaches of one record; none where all that obliged has ended.
    func breaches(_ record: GoneRecord) -> [Breach] {
        record.duties.compactMap { duty in
            switch duty.origin {
            case .policy: breach(ofPolicy: duty)
            case .hold: breach(ofHold: duty)
            }
        }
    }

    private func breach(ofPolicy duty: Duty) -> Breach? {
        guard let policy = rules.policies.retention.firstIndex(where: { $0.name == duty.name }),
            rules.atLeast[policy] != nil, duty.until.microseconds > rules.asOf
        else { return nil }
        return Breach(policy: policy, hold: nil, until: duty.until.microseconds)
    }

    private func breach(ofHold duty: Duty) -> Breach? {
        guard let hold = rules.policies.holds.firstIndex(where: { $0.name == duty.name }) else { return nil }
        let until = rules.isMatter(hold) ? Ends.never : rules.releasedUntil(hold) ?? Ends.open
        return until > rules.asOf ? Breach(policy: nil, hold: hold, until: until) : nil
    }
}

/// A record that is lost: its row in the result's inventory lies behind those of all that are there.
struct LostRecord: Sendable {
    let record: GoneRecord
    let breaches: [LostRecords.Breach]

    /// Its findings, one for each document.
    ///
    /// - Parameter matters: the set of the matters on it.
    func findings(_ row: Int, _ rules: RulesInForce, matters: MatterSet) -> [Finding] {
        let until = breaches.map(\.until).max() ?? Ends.open
        return breaches.map { breach in
            var finding = Finding(
                row: row, policy: breach.policy, hold: breach.hold, rule: .atLeast, state: .lost, severity: .critical)
            let policy = breach.policy.map { PolicyOutline(rules.policies.retention[$0]) }
            finding.isViolation = policy?.isViolated(by: .lost) ?? true
            finding.keepUntil = Moment(microseconds: until)
            finding.matters = matters
            return finding
        }
    }
}

extension ScanResult {
    /// The rows of the result's inventory that stand for records that are lost.
    public var lostRows: Range<Int> { assessment.cells.count..<assessment.cells.count + lost.count }

    /// Whether a row of the result's inventory stands for a record that is lost.
    public func isLost(_ row: Int) -> Bool { lostRecord(row) != nil }

    /// The record of a finding that says that it is lost; nil for all that are there.
    func lostRecord(_ row: Int) -> LostRecord? {
        let place = row - assessment.cells.count
        return lost.indices.contains(place) ? lost[place] : nil
    }

    /// The row of a record that is lost; nil where none of that name is.
    func lostRow(source: String, kind: Kind, id: String) -> Int? {
        lost.firstIndex { $0.record.source == source && $0.record.kind == kind && $0.record.id == id }
            .map { assessment.cells.count + $0 }
    }

    /// The names of the matters on a record, be it there or lost.
    func matters(of row: Int) -> [String] {
        if lostRecord(row) != nil {
            return findings.first { $0.row == row }.map { matters($0.matters) } ?? []
        }
        return matters(MatterSet(index: assessment.matters(row)))
    }

    /// Why a record that is gone should not be.
    func becauseLost(_ finding: Finding) -> String {
        guard let lost = lostRecord(finding.row),
            let breach = lost.breaches.first(where: { $0.policy == finding.policy && $0.hold == finding.hold })
        else { return finding.state.name }
        let start = "it was there at \(lost.record.lastSeen), it is gone, and nobody deleted it here"
        if let hold = breach.hold {
            let until = breach.until == Ends.never ? "" : " until \(Moment(microseconds: breach.until))"
            return "\(start); it is held\(until) by \(policies.holds[hold].name)"
        }
        let name = finding.policy.map { policies.retention[$0].name } ?? ""
        let end = breach.until == Ends.never ? "without end" : "until \(Moment(microseconds: breach.until))"
        return "\(start); \(name) keeps it \(end)"
    }
}
