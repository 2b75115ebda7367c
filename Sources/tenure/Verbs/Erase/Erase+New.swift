internal import AuditLog
internal import Chronology
internal import Disposition
internal import Reports

extension Erase {
    /// Takes a request in, and says by when it is to be answered.
    func takeIn(_ console: Console) throws(Failure) -> ExitCode {
        let request = try read()
        let key = try pseudonyms()
        let workingDays = try workingDays()
        let known = try asking { () throws(RequestError) in try store.acquaintance(request) }
        if let first = known.open.first {
            throw .usage(
                "erase: \(first) is of the same person and still waits; nothing was taken in (tenure erase status \(first))"
            )
        }
        for name in known.alike {
            console.note(
                "erase: \(name) shares an identity with \(request.name), and not all: two people may share one; look "
                    + "before anything is deleted")
        }
        let isNew = try asking { () throws(RequestError) in try store.add(request, at: .now()) }
        if !isNew { console.note("erase: \(request.name) was taken in before") }
        let kept = try asking { () throws(RequestError) in try store.request(named: request.name) }
        return try tell([kept], key, workingDays, console)
    }

    private func read() throws(Failure) -> PrivacyRequest {
        switch (subject, opendsr) {
        case (let path?, nil): try asking { () throws(RequestError) in try PrivacyRequest(document: path) }
        case (nil, let path?): try asking { () throws(RequestError) in try PrivacyRequest(openDSR: path) }
        default: throw .usage("erase: new needs either --subject FILE or --opendsr FILE")
        }
    }
}
