internal import Disposition
internal import HTTP
internal import ProviderFacts

/// What came of asking for something, as far as its status tells.
enum Asked {
    case body([UInt8])
    /// 404 or 410.
    case missing
    /// 405: there is no such call.
    case notAllowed
    /// 401 or 403, in words.
    case refused(String)
    /// No answer that says anything, in words.
    case unreadable(String)
}

extension LiveDisposition {
    /// Asks for a record or a page.
    func get(_ request: SurfaceRequest, _ query: [(name: String, value: String)] = []) async -> Asked {
        do throws(HTTPError) {
            let answer = try await send { base, version, credential in
                request.request(.get, below: base, version: version, query: query, credential: credential)
            }
            let asked = Asked(answer)
            if case .missing = asked { memory.missed(request.surface.family) }
            return asked
        } catch {
            return .unreadable(error.reason)
        }
    }

    /// Sends a request, and notes whether the service answers.
    func send(_ form: Correspondent.Form) async throws(HTTPError) -> Correspondent.Answer {
        do throws(HTTPError) {
            let answer = try await correspondent.send(form)
            memory.note(isAnswered: !(answer.refusal?.isOfTheMoment ?? false))
            return answer
        } catch {
            memory.note(isAnswered: false)
            throw error
        }
    }

    /// Notes that a family answered.
    func saw(_ family: Family) { memory.saw(family, at: clock.now()) }

    /// What a 404 means: an absence only where this credential sees something of the family, and does so after it, for a
    /// surface may be retired in the middle of an execution.
    func absence(in family: Family) async -> Sighting {
        if memory.isAlive(family) { return .absent }
        var probe = ServiceProbe(self)
        switch await probe.surface(of: family) {
        case .alive: return .absent
        case .retired: return .retired
        case .refused(let reason): return .refused(reason)
        case .unreadable(let reason):
            // Where no list can be asked, what was looked at last says most.
            let wasAlive = memory.wasAlive(family, at: clock.now())
            return wasAlive && probe.hasNoProof(of: family) ? .absent : .unreadable(reason)
        }
    }
}

extension Asked {
    init(_ answer: Correspondent.Answer) {
        guard let refusal = answer.refusal else {
            self = .body(answer.response.body)
            return
        }
        switch refusal.status {
        case 404, 410: self = .missing
        case 405: self = .notAllowed
        case 401, 403: self = .refused("\(refusal.description); \(refusal.hint)")
        default: self = .unreadable(refusal.description)
        }
    }
}
