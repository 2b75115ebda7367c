internal import AuditLog
internal import Chronology
internal import Disposition

extension Erase {
    /// Notes that somebody looked at all that the last plan lists for that, and decided that it stays.
    func settle(_ console: Console) throws(Failure) -> ExitCode {
        let name = try ActingName.of(`as`, for: Self.name, asking: "say who looked")
        guard let review else {
            throw .usage("erase: say what was looked at, by the digest that erase plan prints: --review SHA256")
        }
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: "erase")
        let key = try pseudonyms()
        let workingDays = try workingDays()
        let kept = try chosen()
        let request = kept.request.name
        guard let last = kept.last, let list = last.list else {
            throw .usage("erase: nobody has to look at anything of \(request)")
        }
        guard review == list else {
            throw .usage(
                "erase: \(review) is not the list of the last plan of \(request): make it again, and look at what it "
                    + "lists: tenure erase plan \(request) --as NAME")
        }
        if !kept.isSettled(last) {
            let token = try hiding { () throws(AuditError) in try kept.request.token(key) }
            try trail?.record(
                .settled(
                    RunEntry.Settled(
                        name: name, list: list, plan: last.plan, records: last.review, request: request, token: token)),
                console)
            try asking { () throws(RequestError) in
                try store.note(last.settled(at: .now(), by: name), on: request)
            }
        }
        let now = try asking { () throws(RequestError) in try store.request(named: request) }
        return try tell([now], key, workingDays, console)
    }
}
