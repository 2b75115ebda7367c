import Chronology
import Policies
import Records

@testable import Evaluation

/// A run made by hand, with a finding of every state. Its metadata holds a secret that no report may show.
struct SampleResult {
    static let secret = "jane.doe@example.com"

    /// The ids of the records that the sample finds something about, one a state in the order of the states.
    var ids = State.allCases.map { "file-\($0.name)" }
    var mode = RetentionPolicy.Mode.enforce
    var onUndetermined = RetentionPolicy.OnUndetermined.fail
    var incomplete = [Incompleteness(source: "export", message: "1 line was lost")]

    static func moment(_ text: String) throws -> Moment { Moment(try Instant(rfc3339: text)) }

    func make() throws -> ScanResult {
        let asOf = try Self.moment("2026-11-20T00:00:00Z")
        let inventory = try inventory(asOf: asOf)
        let policies = try policies()
        var summary = Summary()
        summary.records = inventory.count
        summary.policies = [.init(), .init()]
        let findings = try State.allCases.enumerated().compactMap { index, state -> Finding? in
            guard state != .allowed, index < ids.count,
                let row = inventory.row(source: 0, kind: .file, id: ids[index])
            else { return nil }
            return try finding(state, row: row, asOf: asOf)
        }
        .sorted { left, right in
            let last = Int.max
            if left.policy != right.policy { return (left.policy ?? last) < (right.policy ?? last) }
            return inventory.precedes(left.row, right.row)
        }
        for finding in findings {
            summary[finding.state] += 1
            if let policy = finding.policy { summary.policies[policy][finding.state] += 1 }
            if finding.isViolation { summary.violations += 1 }
            if finding.mayGo { summary.mayGo += 1 }
        }
        return ScanResult(
            inventory: inventory, policies: policies, asOf: asOf, options: ScanOptions(), findings: findings,
            summary: summary, incomplete: incomplete, warnings: ["files-idle matched nothing"],
            matterSets: [[], [0]])
    }

    private func finding(_ state: State, row: Int, asOf: Moment) throws -> Finding {
        let isBeside = state == .uncovered
        var finding = Finding(
            row: row, policy: isBeside ? nil : 0,
            rule: isBeside ? .coverage : state == .earlyExpiry ? .atLeast : .atMost,
            state: state, severity: state == .earlyExpiry ? .critical : .high)
        let fails: [State] = [.error, .overdue, .earlyExpiry, .uncovered, .undetermined]
        finding.isViolation = fails.contains(state) && mode == .enforce
        guard !isBeside, state != .error else { return finding }
        finding.clock = Interval(point: try Self.moment("2026-06-01T12:00:00.5Z"))
        finding.deleteAt = try Self.moment("2026-08-30T12:00:00.5Z")
        finding.dueAt = finding.deleteAt
        finding.overdueAt = try Self.moment("2026-09-06T12:00:00.5Z")
        switch state {
        case .undetermined: finding.clock = Interval(earliest: .beginning, latest: asOf)
        case .overdue: finding.mayGo = true
        case .held: finding.matters = MatterSet(index: 1)
        case .earlyExpiry: finding.keepUntil = .unbounded
        case .kept:
            finding.keepUntil = try Self.moment("2027-01-01T00:00:00Z")
            finding.pastMax = true
        default: break
        }
        return finding
    }

    private func policies() throws -> PolicySet {
        let place = SourceLocation(file: "policies/files.yaml", line: 1, column: 1)
        var files = RetentionPolicy(name: "files", clock: .created, location: place)
        files.severity = .high
        files.controls = ["gdpr/5.1.e"]
        files.atMost = try Period("90d")
        files.atLeast = try Period("7d")
        files.mode = mode
        files.onUndetermined = onUndetermined
        let idle = RetentionPolicy(name: "files-idle", clock: .lastActivity(counts: []), location: place)
        let hold = LegalHold(
            name: "matter-7", matter: "A v. B", match: Match(), from: .beginning, until: nil, inEffectUntil: nil,
            approvedBy: nil, zone: .utc, location: place)
        let exception = PolicyException(
            name: "pilot", policies: ["files"], match: Match(), reason: "", ticket: nil, owner: nil,
            expiresAt: .unbounded, expiresText: "", location: place)
        let gap = Source.AcceptedGap(
            kinds: KindSet([.thread, .run]), reason: "Surface retired", ticket: "PRIV-190",
            until: try Self.moment("2027-02-27T00:00:00Z"), untilText: "2027-02-26")
        let source = Source(
            name: "export", type: "export", path: nil, fields: .init(), atLeast: [], canaries: [],
            acceptedGaps: [gap], location: place)
        return PolicySet(
            retention: [files, idle], holds: [hold], exceptions: [exception], sources: [source],
            digest: String(repeating: "0123456789abcdef", count: 4), metadataKeys: ["owner"])
    }

    private func inventory(asOf: Moment) throws -> Inventory {
        let rules = TimeRules(asOf: asOf)
        var builder = InventoryBuilder(metadataKeys: ["owner"], rules: rules)
        builder.beginSource("export")
        builder.currentCoverage[.file].wasRead = true
        builder.currentCoverage[.file].lost = 1
        let layout = RecordBatch.Layout(source: "export", metadataKeys: ["owner"], rules: rules)
        var batch = RecordBatch(layout: layout, file: "files.ndjson")
        for (index, id) in ids.enumerated() {
            batch.begin(.file, line: index + 1)
            batch.appendId(Array(id.utf8).span)
            batch.setCreated(.microseconds(try Self.moment("2026-06-01T12:00:00.5Z").microseconds))
            batch.setMetadata(0, Array(Self.secret.utf8).span)
            _ = batch.commit()
        }
        _ = builder.append(batch)
        builder.add(
            Problem(
                code: .malformedLine, source: "export", place: Place(file: "files.ndjson", line: 40),
                message: "the line ends within a string", losesData: true))
        builder.add(
            Problem(
                code: .danglingReference, source: "export", place: Place(file: "files.ndjson", line: 3), kind: .file,
                id: ids.first, message: "\(ids.first ?? "") refers to what is not there", losesData: false))
        return builder.seal()
    }
}
