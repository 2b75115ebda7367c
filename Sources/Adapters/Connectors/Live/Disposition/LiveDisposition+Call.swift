internal import Disposition
internal import HTTP
internal import JSONLines
internal import ProviderFacts
internal import Records
internal import Spelling

extension LiveDisposition {
    /// Makes a call, and says what the answer says.
    func call(_ verb: PlannedAction.Verb, at path: RecordPath) async -> CallAnswer {
        let answer: Correspondent.Answer
        do throws(HTTPError) {
            answer = try await send { base, version, credential in
                switch verb {
                case .cancel:
                    path.record.request(.post, "cancel", below: base, version: version, credential: credential)
                case .delete, .detach:
                    path.record.request(.delete, below: base, version: version, credential: credential)
                }
            }
        } catch {
            return error.mayHaveArrived ? .lost(error.reason) : .unavailable(error.reason)
        }
        if let refusal = answer.refusal { return CallAnswer(refusal) }
        return verb == .cancel
            ? .ofCancellation(answer.response, of: path) : .ofDeletion(answer.response, of: path)
    }
}

extension CallAnswer {
    /// - Source: the provider's error codes. A gateway answers 408 also where the service behind it went on.
    fileprivate init(_ refusal: Refusal) {
        switch refusal.status {
        case 401, 403: self = .refused("\(refusal.description); \(refusal.hint)")
        case 404, 410: self = .absent
        case 429: self = .unavailable(refusal.description)
        case 408, 500...: self = .lost(refusal.description)
        default: self = .rejected(refusal.description)
        }
    }

    /// What the answer to a DELETE says that was a success by its status.
    static func ofDeletion(_ response: HTTPResponse, of path: RecordPath) -> CallAnswer {
        let reply = DeletionReply.reply(of: path.surface.kind)
        if response.body.isEmpty {
            // 202 and 204 say it all.
            return response.status == 202 || response.status == 204 || reply == .anything
                ? .accepted : .lost("the answer is empty")
        }
        return JSONDocument.read(response.body) { record in
            guard case .value(let value) = record, value.kind == .object else {
                return reply == .anything ? .accepted : .lost("the answer is not what was asked for")
            }
            let id = value["id"]?.text?.string
            let deleted = value["deleted"]?.bool
            if deleted == false { return .denied }
            switch reply {
            case .confirmation: return deleted == true && id.names(path.id) ? .accepted : .denied
            case .container:
                let isContainer = id.names(path.record.ids.dropLast().last ?? "")
                return isContainer || (deleted == true && id.names(path.id)) ? .accepted : .denied
            case .anything: return id == nil || id.names(path.id) ? .accepted : .denied
            }
        }
    }

    /// What the answer to a cancellation says that was a success by its status: the record as it is by now.
    static func ofCancellation(_ response: HTTPResponse, of path: RecordPath) -> CallAnswer {
        JSONDocument.read(response.body) { record in
            guard case .value(let value) = record, value.kind == .object else {
                return .lost("the answer is not what was asked for")
            }
            return (value["id"]?.text?.string).names(path.id) ? .accepted : .denied
        }
    }
}

extension String? {
    fileprivate func names(_ id: String) -> Bool { self?.hasSameBytes(as: id) ?? false }
}
