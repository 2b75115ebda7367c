internal import AuditLog
internal import Chronology
internal import Disposition
internal import Reports

extension Erase {
    /// Takes a request in, and says by when it is to be answered.
    func takeIn(_ console: Console) throws(Failure) -> ExitCode {
        let request = try read()
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: "erase")
        let key = try pseudonyms()
        let workingDays = try workingDays()
        let known = try asking { () throws(RequestError) in try store.acquaintance(request) }
        if let first = known.open.first {
            throw .usage(
                "erase: \(first) is of the same person and still waits for its answer; nothing was taken in "
                    + "(tenure erase status \(first))"
            )
        }
        for name in known.alike {
            console.note(
                "erase: \(name) shares an identity with \(request.name), and not all: two people may share one; look "
                    + "before anything is deleted")
        }
        if try asking({ () throws(RequestError) in try store.holds(request) }) {
            console.note("erase: \(request.name) was taken in before")
        } else {
            try record(request, isNew: true, key, workingDays, trail, console)
            try asking { () throws(RequestError) in try store.add(request, at: .now()) }
        }
        let kept = try asking { () throws(RequestError) in try store.request(named: request.name) }
        return try tell([kept], key, workingDays, console)
    }

    /// Notes that the person was told, in time, that the answer takes longer.
    func extend(_ console: Console) throws(Failure) -> ExitCode {
        guard let told else {
            throw .usage("erase: on which day was the person told of the delay, and why it is? --told DATE")
        }
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: "erase")
        let key = try pseudonyms()
        let workingDays = try workingDays()
        let kept = try chosen()
        let extended: ExtendedRequest
        do throws(ExtendedRequest.Refusal) {
            extended = try ExtendedRequest(kept.request, told: told, workingDays)
        } catch {
            throw .usage("erase: \(kept.request.name) is not extended: \(error)")
        }
        if extended.request != kept.request {
            try record(extended.request, isNew: false, key, workingDays, trail, console)
            try asking { () throws(RequestError) in try store.extend(extended) }
        }
        let now = try asking { () throws(RequestError) in try store.request(named: kept.request.name) }
        return try tell([now], key, workingDays, console)
    }

    /// The entry of the audit log comes before the request is kept.
    private func record(
        _ request: PrivacyRequest, isNew: Bool, _ key: PseudonymKey, _ workingDays: WorkingDays, _ trail: AuditTrail?,
        _ console: Console
    ) throws(Failure) {
        let deadline = try dates(of: request, workingDays).deadline
        let token = try hiding { () throws(AuditError) in try request.token(key) }
        let entry = RunEntry.Asked(isNew: isNew, deadline: deadline.day, request: request, token: token)
        try trail?.record(.asked(entry), console)
    }

    private func read() throws(Failure) -> PrivacyRequest {
        switch (subject, opendsr) {
        case (let path?, nil): try asking { () throws(RequestError) in try PrivacyRequest(document: path) }
        case (nil, let path?): try asking { () throws(RequestError) in try PrivacyRequest(openDSR: path) }
        default: throw .usage("erase: new needs either --subject FILE or --opendsr FILE")
        }
    }
}
