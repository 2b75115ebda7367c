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
            let answer = try await correspondent.send { base, version, credential in
                request.request(.get, below: base, version: version, query: query, credential: credential)
            }
            return Asked(answer)
        } catch {
            return .unreadable(error.reason)
        }
    }

    /// Notes that a family answered.
    func saw(_ family: Family) { memory.saw(family, at: clock.now()) }

    /// What a 404 means: an absence only where this credential saw something of the family.
    func absence(in family: Family) async -> Sighting {
        if memory.isAlive(family, at: clock.now()) { return .absent }
        var probe = ServiceProbe(self)
        switch await probe.surface(of: family) {
        case .alive: return .absent
        case .retired: return .retired
        case .refused(let reason): return .refused(reason)
        case .unreadable(let reason): return .unreadable(reason)
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
