import Chronology
import Evaluation
import Policies
import Records

/// A small estate of files, decided by the real evaluator, with a finding of every state.
///
/// Its metadata holds a secret that no report may show.
struct SampleResult {
    static let secret = "jane.doe@example.com"
    static let asOf = "2026-11-20T00:00:00Z"

    /// What every id begins with.
    var prefix = "file-"
    var mode = RetentionPolicy.Mode.enforce
    var onUndetermined = RetentionPolicy.OnUndetermined.fail
    var requireCoverage = true
    /// Whether there are any records.
    var isEmpty = false
    /// Whether a record is gone that an earlier run saw.
    var hasLost = false
    /// Whether the first record names somebody whose data was erased.
    var hasReturned = false
    /// Whether a line could not be read.
    var isTorn = true
    var sourceName = "export"
    var policyName = "files"
    /// Whether absorbed errors are told, of which there is then one.
    var isStrict = false

    static func moment(_ text: String) throws -> Moment { Moment(try Instant(rfc3339: text)) }

    func make() throws -> ScanResult {
        let asOf = try Self.moment(Self.asOf)
        var options = ScanOptions()
        options.requireCoverage = requireCoverage
        options.isStrict = isStrict
        var result = Evaluator(policies: try policies(), asOf: asOf, options: options)
            .evaluate(try inventory(asOf), gone: try gone())
        if hasReturned { result.report(resurrected: [0]) }
        return result
    }

    /// What an earlier run saw, and is no longer there.
    private func gone() throws -> [GoneRecord] {
        guard hasLost else { return [] }
        let duties = [
            Duty(origin: .hold, name: "matter-7", until: .unbounded),
            Duty(origin: .policy, name: "minimum", until: try Self.moment("2031-06-01T12:00:00.5Z")),
        ]
        return [
            GoneRecord(
                source: sourceName, kind: .file, id: prefix + "lost", lastSeen: try Self.moment("2026-11-19T00:00:00Z"),
                duties: duties)
        ]
    }

    private var place: SourceLocation { SourceLocation(file: "policies/files.yaml", line: 1, column: 1) }

    private func files(_ names: String...) -> Match {
        var match = Match()
        match.kinds = KindSet(.file)
        match.ids = names.map { prefix + $0 }
        return match
    }

    private func policies() throws -> PolicySet {
        var files = RetentionPolicy(name: policyName, clock: .created, location: place)
        files.severity = .high
        files.controls = ["gdpr/5.1.e"]
        files.match.kinds = KindSet(.file)
        files.atMost = try Period("90d")
        files.overdueAfter = try Period("7d")
        files.whenDue = .delete
        files.mode = mode
        files.onUndetermined = onUndetermined
        var forever = RetentionPolicy(name: "forever", clock: .created, location: place)
        forever.match = self.files("error")
        forever.atMost = try Period("9000y")
        var minimum = RetentionPolicy(name: "minimum", clock: .created, location: place)
        minimum.match = self.files("kept", "early")
        minimum.atLeast = try Period("5y")
        minimum.basis = .statutory
        let hold = LegalHold(
            name: "matter-7", matter: "A v. B", match: self.files("held", "early"), from: .beginning, until: nil,
            inEffectUntil: nil, approvedBy: nil, zone: .utc, location: place)
        let exception = PolicyException(
            name: "pilot", policies: [policyName], match: self.files("excepted"), reason: "Evaluation",
            ticket: "PRIV-212", owner: nil, expiresAt: try Self.moment("2027-04-01T00:00:00Z"),
            expiresText: "2027-03-31", location: place)
        let gap = Source.AcceptedGap(
            kinds: KindSet([.run]), reason: "Surface retired", ticket: "PRIV-190",
            until: try Self.moment("2027-02-27T00:00:00Z"), untilText: "2027-02-26")
        let source = Source(
            name: sourceName, type: "export", path: nil, fields: .init(), atLeast: [], canaries: [prefix + "canary"],
            acceptedGaps: [gap], location: place)
        return PolicySet(
            retention: [files, forever, minimum].sorted { $0.name < $1.name }, access: try sharing(), holds: [hold],
            exceptions: [exception],
            sources: [source], digest: String(repeating: "0123456789abcdef", count: 4), metadataKeys: ["owner"])
    }

    /// Of its two validations one is false of the file in use, and one fails on the secret.
    private func sharing() throws -> [AccessPolicy] {
        let text = """
            apiVersion: tenure/v1
            kind: AccessPolicy
            metadata: {name: sharing}
            spec:
              controls: [iso/5.15]
              validations:
                - name: unused
                  expression: size(object.usedBy) == 0
                  message: Something uses it
                  messageExpression: "object.usedBy[0].kind + '/' + object.usedBy[0].id + ' uses it'"
                - name: dated-owner
                  expression: timestamp(object.metadata.owner) < now\(isStrict ? " || true" : "")
            """
        let loaded = PolicyLoader.load(
            files: [("sharing.yaml", Array(text.utf8))], asOf: try Instant(rfc3339: Self.asOf))
        return (loaded.policies?.access ?? []).map { policy in
            var policy = policy
            policy.match = files("in-use")
            policy.mode = mode
            return policy
        }
    }

    private func inventory(_ asOf: Moment) throws -> Inventory {
        let rules = TimeRules(asOf: asOf)
        var builder = InventoryBuilder(metadataKeys: ["owner"], rules: rules)
        builder.beginSource(sourceName)
        for kind in Kind.allCases { builder.currentCoverage[kind].wasRead = kind != .run }
        if isTorn { builder.currentCoverage[.file].lost = 1 }
        let layout = RecordBatch.Layout(source: sourceName, metadataKeys: ["owner"], rules: rules)
        var batch = RecordBatch(layout: layout, file: "files.ndjson")
        if !isEmpty { try fill(&batch) }
        _ = builder.append(batch)
        if isTorn {
            builder.add(
                Problem(
                    code: .malformedLine, source: sourceName, place: Place(file: "files.ndjson", line: 40),
                    message: "the line ends within a string", losesData: true))
        }
        return builder.seal()
    }

    private func fill(_ batch: inout RecordBatch) throws {
        let old = "2026-06-01T12:00:00.5Z"
        for (line, name) in ["overdue", "held", "excepted", "in-use", "kept", "early", "error"].enumerated() {
            try add(name, created: old, line: line + 1, to: &batch) { batch in
                if name == "early" {
                    batch.setExpires(.microseconds(try Self.moment("2027-01-01T00:00:00Z").microseconds))
                }
            }
        }
        try add("due", created: "2026-08-18T00:00:00Z", line: 8, to: &batch)
        try add("allowed", created: "2026-11-01T00:00:00Z", line: 9, to: &batch)
        try add("undetermined", created: nil, line: 10, to: &batch)
        batch.begin(.assistant, line: 11)
        batch.appendId(Array("\(prefix)user".utf8).span)
        batch.setCreated(.microseconds(try Self.moment(old).microseconds))
        batch.addReference(.uses, to: .file, Array("\(prefix)in-use".utf8).span)
        batch.addReference(.uses, to: .file, Array("\(prefix)gone".utf8).span)
        _ = batch.commit()
    }

    private func add(
        _ name: String, created: String?, line: Int, to batch: inout RecordBatch,
        _ more: (inout RecordBatch) throws -> Void = { _ in }
    ) throws {
        batch.begin(.file, line: line)
        batch.appendId(Array((prefix + name).utf8).span)
        batch.setCreated(try created.map { .microseconds(try Self.moment($0).microseconds) } ?? .missing)
        batch.setMetadata(0, Array(Self.secret.utf8).span)
        try more(&batch)
        _ = batch.commit()
    }
}
