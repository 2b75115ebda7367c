internal import Chronology
internal import Disposition
internal import Evaluation
internal import Policies
internal import Reports

/// The actions that change nothing.
extension Hold {
    func list(_ console: Console) throws(Failure) -> ExitCode {
        let now = Instant.now()
        let set = try Survey.usable(PolicyLoader.load(policies, asOf: now), console)
        let report = HoldReport(set, at: Moment(now))
        switch format {
        case .text: try console.write(report.text)
        case .json: try console.writeJSON { report.write(to: &$0) }
        }
        return .clean
    }

    func check(_ console: Console) throws(Failure) -> ExitCode {
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: Self.name)
        let now = Instant(seconds: Instant.now().seconds)
        let loaded = PolicyLoader.load(policies, asOf: now)
        // Documents that cannot be read may be holds, or the register: that stops everything.
        let gates = loaded.policies?.closedRegister(at: Moment(now)) ?? []
        let exitCode: ExitCode = loaded.hasErrors || !gates.isEmpty ? .safetyStop : .clean
        let names = loaded.policies?.holds.map(\.name) ?? []
        let digests = loaded.policies.map { RunEntry.Digests(holds: $0.holdsDigest, policies: $0.digest) }
        try trail?.record(
            .checked(RunEntry.Checked(exitCode: Int(exitCode.rawValue), names: names, digests: digests)), console)
        let errors = loaded.diagnostics.filter { $0.level == .error }
        let problems = errors.map(\.description) + gates.map(\.description)
        switch format {
        case .text:
            for problem in problems { try console.print(problem) }
            let freshness = loaded.policies?.register.map { ", fresh until \($0.freshUntil)" } ?? ""
            try console.print(
                problems.isEmpty
                    ? "the register names every hold (\(names.count))\(freshness)"
                    : "the holds stop every deletion until that is mended")
        case .json:
            try console.writeJSON { json in
                json.member("holds", names)
                json.member("problems", problems)
                json.member("freshUntil", loaded.policies?.register?.freshUntil.description)
                json.member("exitCode", Int(exitCode.rawValue))
            }
        }
        return exitCode
    }
}
