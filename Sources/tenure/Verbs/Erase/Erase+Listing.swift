internal import AuditLog
internal import Chronology
internal import Disposition
internal import Files
internal import Policies
internal import Reports

/// The actions that only say how things are.
extension Erase {
    func status(_ console: Console) throws(Failure) -> ExitCode {
        try tell([try chosen()], try pseudonyms(), try workingDays(), console)
    }

    func list(_ console: Console) throws(Failure) -> ExitCode {
        let kept = try asking { () throws(RequestError) in try store.all() }
        let report = try report(kept, try pseudonyms(), try workingDays(), console)
        switch format {
        case .text: try console.write(report.list)
        case .json: try console.write(String(decoding: report.json, as: UTF8.self))
        }
        return report.isLate ? .violations : .clean
    }

    /// All about these requests.
    func tell(
        _ kept: [KeptRequest], _ key: PseudonymKey, _ workingDays: WorkingDays, _ console: Console
    ) throws(Failure) -> ExitCode {
        let report = try report(kept, key, workingDays, console)
        switch format {
        case .text: try console.write(report.text(style: console.hasColours ? .terminal : .plain))
        case .json: try console.write(String(decoding: report.json, as: UTF8.self))
        }
        return report.isLate ? .violations : .clean
    }

    private func report(
        _ kept: [KeptRequest], _ key: PseudonymKey, _ workingDays: WorkingDays, _ console: Console
    ) throws(Failure) -> RequestsReport {
        let day = on ?? Zone.utc.civil(at: .now()).date
        let documents = kept.contains { $0.status == .held } ? documents(console) : nil
        var lines: [RequestsReport.Line] = []
        for one in kept {
            let token = try hiding { () throws(AuditError) in try one.request.token(key) }
            let relief = documents.flatMap { one.relief($0, at: Zone.utc.startOfDay(day)) }
            guard let line = RequestsReport.Line(one, token: token, relief: relief, workingDays: workingDays) else {
                throw .usage("erase: \(one.request.name): no calendar has the day by which it is to be answered")
            }
            lines.append(line)
        }
        return RequestsReport(lines, today: day, toolVersion: Tenure.version)
    }

    /// The documents as they are now, which say whether a hold has ended; nil after a note where they cannot be read.
    private func documents(_ console: Console) -> PolicySet? {
        let found = Files.kind(of: policies) == nil ? nil : PolicyLoader.load(policies, asOf: .now()).policies
        if found == nil {
            console.note(
                "erase: the documents in \(policies) cannot be read: whether a hold has ended is not known (--policies DIR)"
            )
        }
        return found
    }
}
