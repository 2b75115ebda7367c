internal import AuditLog
internal import Chronology
internal import Disposition
internal import Reports

/// The actions that only say how things are.
extension Erase {
    func status(_ console: Console) throws(Failure) -> ExitCode {
        try tell([try chosen()], try pseudonyms(), try workingDays(), console)
    }

    func list(_ console: Console) throws(Failure) -> ExitCode {
        let kept = try asking { () throws(RequestError) in try store.all() }
        let report = try report(kept, try pseudonyms(), try workingDays())
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
        let report = try report(kept, key, workingDays)
        switch format {
        case .text: try console.write(report.text(style: console.hasColours ? .terminal : .plain))
        case .json: try console.write(String(decoding: report.json, as: UTF8.self))
        }
        return report.isLate ? .violations : .clean
    }

    private func report(
        _ kept: [KeptRequest], _ key: PseudonymKey, _ workingDays: WorkingDays
    ) throws(Failure) -> RequestsReport {
        var lines: [RequestsReport.Line] = []
        for one in kept {
            let token = try hiding { () throws(AuditError) in try one.request.token(key) }
            guard let line = RequestsReport.Line(one, token: token, workingDays: workingDays) else {
                throw .usage("erase: \(one.request.name): no calendar has the day by which it is to be answered")
            }
            lines.append(line)
        }
        return RequestsReport(lines, today: on ?? Zone.utc.civil(at: .now()).date, toolVersion: Tenure.version)
    }
}
