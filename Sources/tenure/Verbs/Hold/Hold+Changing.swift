internal import Chronology
internal import Disposition
internal import Evaluation
internal import Policies
internal import Reports

/// The actions that change documents.
extension Hold {
    func add(_ console: Console) throws(Failure) -> ExitCode {
        try checkName()
        guard let matter else { throw .usage("hold: say what it is about: --matter TEXT") }
        let selects = !kind.isEmpty || !source.isEmpty || !subject.isEmpty || !id.isEmpty || `where` != nil
        guard selects != everything else {
            throw .usage(
                "hold: say what it holds with --kind, --source, --subject, --id or --where, or else --everything")
        }
        return try change(isNew: true, console) { (editor, now) throws(HoldEditError) in
            var draft = HoldDraft(name: hold, matter: matter, from: from ?? now)
            draft.kinds = kind
            draft.sources = source
            draft.subjects = subject
            draft.ids = id
            draft.condition = `where`
            draft.releaseGrace = grace
            draft.approvedBy = approvedBy
            return try editor.adding(draft)
        }
    }

    func release(_ console: Console) throws(Failure) -> ExitCode {
        try checkName()
        return try change(isNew: false, console) { (editor, now) throws(HoldEditError) in
            try editor.releasing(
                hold, after: until ?? now, grace: grace ?? (editor.saysGrace(hold) ? nil : Self.usualGrace))
        }
    }

    private func checkName() throws(Failure) {
        guard !hold.isEmpty else { throw .usage("hold: name the hold: tenure hold \(action?.rawValue ?? "") NAME") }
    }

    /// Logs a change, makes it, and says what it comes to, in this order.
    private func change(
        isNew: Bool, _ console: Console,
        _ edit: (HoldEditor, _ today: CivilDate) throws(HoldEditError) -> HoldEditor.Edit
    ) throws(Failure) -> ExitCode {
        let name = try `as`.map { name throws(Failure) in
            try ActingName.of(name, for: Self.name, asking: "say who asks for it")
        }
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: Self.name)
        let asOf = Instant(seconds: Instant.now().seconds)
        let editor: HoldEditor
        let made: HoldEditor.Edit
        do throws(HoldEditError) {
            editor = try HoldEditor(policies, asOf: asOf)
            made = try edit(editor, Zone.utc.civil(at: asOf).date)
        } catch {
            if case .unusable(let diagnostics) = error { throw .unusable("the policies", diagnostics) }
            throw .usage("hold: \(error)")
        }
        guard let before = editor.before.policies, let after = made.after.policies else {
            throw .usage("hold: the documents cannot be used")
        }
        if !dryRun {
            try trail?.record(
                .held(
                    RunEntry.Held(
                        isNew: isNew, name: name, hold: hold,
                        before: .init(holds: before.holdsDigest, policies: before.digest),
                        after: .init(holds: after.holdsDigest, policies: after.digest))), console)
            do throws(HoldEditError) { try made.write() } catch { throw .incomplete("hold: \(error)") }
        }
        for path in made.paths { try console.print("\(dryRun ? "would change" : "changed") \(path)") }
        if isNew, after.register == nil {
            console.note("hold: there is no register: nothing is deleted until one names every hold")
        }
        try console.print("")
        try tell(editor.before, made.after, before, after, asOf, console)
        return .clean
    }

    /// What the change comes to. The hold is placed by then, whatever cannot be read.
    private func tell(
        _ loadedBefore: LoadedPolicies, _ loadedAfter: LoadedPolicies, _ before: PolicySet, _ after: PolicySet,
        _ asOf: Instant, _ console: Console
    ) throws(Failure) {
        let hasRecords = export != nil || after.sources.contains { $0.type == "export" } || online
        let records =
            hasRecords
            ? try RuleComparison(old: before, new: after, export: export, online: online, ledger: ledger, asOf: asOf)
                .records([], console) : nil
        let report = DifferenceReport(
            asOf: Moment(asOf), old: .init(name: "what was", revision: nil, digest: before.digest),
            new: .init(name: policies, revision: nil, digest: after.digest),
            documents: DocumentDifference.all(from: loadedBefore, to: loadedAfter), records: records,
            toolVersion: Tenure.version)
        do throws(ReportError) {
            try console.report(Array(try report.text(style: console.hasColours ? .terminal : .plain).utf8))
        } catch {
            throw .incomplete("hold: \(error)")
        }
    }
}
