internal import Chronology
internal import Evaluation
internal import Files
internal import Policies
internal import Records

/// The findings of a run as SARIF results.
struct SARIFResults {
    let rules: [SARIFRun.Rule]
    /// How many findings there was no room for.
    let omitted: Int

    private let report: ScanReport
    private let findings: [Finding]
    private let indices: [String: Int]
    private let kinds: [Kind]
    private let sources: [UInt16]
    private let places = SARIFPlaces(workingDirectory: Files.workingDirectory)

    private var result: ScanResult { report.result }

    init(_ report: ScanReport) {
        self.report = report
        kinds = report.result.inventory.kinds
        sources = report.result.inventory.sources
        let shown = report.result.findings.filter(Self.isShown)
        findings = Self.worst(ScanReport.mostResults, of: shown)
        omitted = shown.count - findings.count
        var rules: [String: SARIFRun.Rule] = [:]
        for finding in findings {
            let rule = Self.rule(of: finding, report.result)
            if rules[rule.id] == nil { rules[rule.id] = rule }
        }
        self.rules = rules.values.sorted { $0.id < $1.id }
        indices = Dictionary(uniqueKeysWithValues: self.rules.enumerated().map { ($1.id, $0) })
    }

    /// What is fine needs nobody's eyes.
    private static func isShown(_ finding: Finding) -> Bool {
        switch finding.state {
        case .kept, .allowed, .inUse: false
        default: true
        }
    }

    /// The worst, in the order of the report.
    private static func worst(_ count: Int, of findings: [Finding]) -> [Finding] {
        guard findings.count > count else { return findings }
        let ranked = findings.indices.sorted { left, right in
            let l = findings[left], r = findings[right]
            if l.isViolation != r.isViolation { return l.isViolation }
            if l.severity != r.severity { return l.severity > r.severity }
            return (l.state, left) < (r.state, right)
        }
        return ranked.prefix(count).sorted().map { findings[$0] }
    }

    private static func id(of finding: Finding, _ result: ScanResult) -> String {
        if let policy = result.policyName(finding) { return "\(policy)/\(result.ruleName(finding))" }
        if let hold = finding.hold { return "\(result.policies.holds[hold].name)/\(finding.state.name)" }
        return finding.rule.rawValue
    }

    private static func rule(of finding: Finding, _ result: ScanResult) -> SARIFRun.Rule {
        let policies = result.policies
        let id = id(of: finding, result)
        if let index = finding.accessPolicy {
            let policy = policies.access[index]
            let validation = result.ruleName(finding)
            return SARIFRun.Rule(
                id: id, title: policy.title.map { "\($0): \(validation)" } ?? "\(policy.name): \(validation) must hold",
                help:
                    "The validation \(validation) of \(policy.name) must hold for each record that the policy matches.",
                level: policy.severity.level, tags: policy.controls, severity: policy.severity)
        }
        if let index = finding.policy {
            let policy = policies.retention[index]
            let limit =
                finding.rule == .atMost
                ? "may be kept at most \(policy.atMost?.description ?? "-") after \(policy.clock.phrase)"
                : "must be kept at least \(policy.atLeast?.description ?? "-") after \(policy.clock.phrase)"
            return SARIFRun.Rule(
                id: id, title: policy.title ?? "Records that \(policy.name) matches \(limit)",
                help: "What the policy matches \(limit). `tenure explain ID` shows what led to each decision.",
                level: policy.severity.level, tags: policy.controls, severity: policy.severity)
        }
        if let hold = finding.hold {
            return SARIFRun.Rule(
                id: id, title: "What \(policies.holds[hold].name) holds must not expire",
                help: "The provider removes a record that a matter holds. Copy it, or have its expiry lifted.",
                level: .error, severity: finding.severity)
        }
        return SARIFRun.Rule(
            id: id, title: "Every record is spoken of by a policy with an atMost",
            help: "Write a policy that matches the record, or a default policy for all that no other matches.",
            level: finding.severity.level, severity: finding.severity)
    }

    func write(to writer: inout JSONWriter, _ sink: ReportSink) throws(ReportError) {
        let ids = ReportedIds(result.inventory, redacts: report.redacts)
        var fingerprints = Fingerprints()
        for finding in findings {
            try write(finding, ids, &fingerprints, to: &writer)
            if writer.bytes.count >= ScanReport.drainAt { try writer.drain(sink) }
        }
    }

    private func write(
        _ finding: Finding, _ ids: ReportedIds, _ fingerprints: inout Fingerprints, to writer: inout JSONWriter
    ) throws(ReportError) {
        let rule = Self.id(of: finding, result)
        let source = result.inventory.sourceNames[Int(sources[finding.row])]
        let kind = kinds[finding.row]
        // Taken from the token, so that a redacted report and an open one have the same fingerprints.
        let token = try Redaction.token(source: source, kind: kind, id: result.inventory.id(finding.row))
        let fingerprint = try fingerprints.fingerprint([rule, token])
        let name = ids.name(finding.row)
        let level = finding.isViolation ? finding.severity.level : .none
        writer.beginObject()
        writer.member("ruleId", rule)
        writer.member("ruleIndex", indices[rule] ?? -1)
        writer.member("kind", resultKind(finding))
        writer.member("level", isSuppressed(finding) ? finding.severity.level.rawValue : level.rawValue)
        let text =
            "\(name) is \(finding.state.name): \(result.because(finding, naming: ids.name, showsIds: !report.redacts))"
        writer.object("message", .inline) { $0.member("text", text) }
        writer.objects("locations", [finding], layout: .inline) { writer, finding in
            if let place = place(of: finding) { places.write(place, to: &writer) }
            writer.objects("logicalLocations", [name], layout: .inline) { writer, name in
                writer.member("name", name)
                writer.member("fullyQualifiedName", "\(source)/\(name)")
                writer.member("kind", "resource")
            }
        }
        writer.object("partialFingerprints", .inline) { $0.member(Fingerprints.name, fingerprint) }
        if report.baseline != nil, finding.canBeBaselined {
            writer.member("baselineState", finding.isBaselined ? "unchanged" : "new")
        }
        writeSuppression(finding, to: &writer)
        writer.object("properties", .inline) { writer in
            writer.member("state", finding.state.name)
            writer.member("severity", finding.severity.name)
            writer.member("mayGo", finding.mayGo)
        }
        writer.endObject()
    }

    private func isSuppressed(_ finding: Finding) -> Bool {
        finding.state == .held || finding.state == .excepted || finding.isBaselined
    }

    /// - Source: SARIF 2.1.0, section 3.27.9.
    private func resultKind(_ finding: Finding) -> String {
        if finding.isViolation || isSuppressed(finding) { return "fail" }
        return finding.state == .undetermined || finding.state == .error ? "open" : "review"
    }

    /// Where the document stands that speaks; for what none speaks of, the first of the policy files.
    private func place(of finding: Finding) -> SourceLocation? {
        let policies = result.policies
        if let policy = finding.policy { return policies.retention[policy].location }
        if let policy = finding.accessPolicy { return policies.access[policy].location }
        if let hold = finding.hold { return policies.holds[hold].location }
        return policies.retention.map(\.location).min().map { SourceLocation(file: $0.file, line: 0, column: 0) }
    }

    private func justification(_ finding: Finding, _ exception: PolicyException?) -> String {
        if let exception { return "excepted by \(exception.citation)" }
        if finding.isBaselined { return "in the baseline as of \(report.baseline?.baseline.asOf.rfc3339 ?? "")" }
        return "held by \(result.matters(finding.matters).joined(separator: ", "))"
    }

    private func writeSuppression(_ finding: Finding, to writer: inout JSONWriter) {
        guard isSuppressed(finding) else { return }
        let exception = result.exception(of: finding)
        writer.objects("suppressions", [finding], layout: .inline) { writer, finding in
            writer.member("kind", "external")
            writer.member("status", "accepted")
            writer.member("justification", justification(finding, exception))
            guard let exception else { return }
            writer.object("properties", .inline) { writer in
                writer.member("exception", exception.name)
                writer.member("ticket", exception.ticket)
                writer.member("expiresAt", exception.expiresText)
            }
        }
    }
}
