internal import AuditLog
internal import Reports

extension Audit {
    /// Prints what a person or an object is called in the log.
    func token(_ console: Console) throws(Failure) -> ExitCode {
        guard let path = pseudonymKey else { throw .usage("audit: token needs --pseudonym-key FILE") }
        let key = try KeyFile.pseudonyms(path, for: "audit")
        let token = try auditing { () throws(AuditError) in
            switch (subject, kind, id) {
            case (let subject?, nil, nil): try key.token(subject: subject)
            case (nil, let kind?, let id?): try key.token(kind: kind, id: id)
            default: ""
            }
        }
        guard !token.isEmpty else {
            throw .usage("audit: token needs either --subject ID, or --kind KIND and --id ID")
        }
        switch format {
        case .text: try console.print(token)
        case .json:
            var json = JSONWriter()
            json.beginObject()
            json.member("token", token)
            json.endObject()
            json.finish()
            try console.write(String(decoding: json.bytes, as: UTF8.self))
        }
        return .clean
    }
}
