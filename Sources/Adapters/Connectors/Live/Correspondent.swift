internal import HTTP

/// Sends the requests of one service, under the newest credential that there is.
struct Correspondent: Sendable {
    let session: HTTPSession
    /// What all paths stand below.
    let base: HTTPAddress
    /// What is said in `api-version` where somebody wants to hear it.
    let version: String?
    let passport: Passport

    /// What a service answered in the end.
    struct Answer {
        let response: HTTPResponse
        /// What it says where it is no success.
        let refusal: Refusal?
    }

    /// The request below this address, in this version, under this credential.
    typealias Form = (_ base: HTTPAddress, _ version: String?, _ credential: HTTPHeader) -> HTTPRequest

    /// Sends a request; where the credential may have expired, the same request with a newer one, which is safe whatever
    /// it changes: a service that does not know who asks does nothing.
    func send(_ form: Form) async throws(HTTPError) -> Answer {
        let issue = passport.current
        var answer = try await send(form, issue)
        guard var refusal = answer.refusal, refusal.mayBeExpiry else { return answer }
        switch await passport.renewed(after: issue) {
        case .none: return answer
        case .failed(let reason):
            refusal.withoutRenewal = reason
            return Answer(response: answer.response, refusal: refusal)
        case .issued(let next):
            answer = try await send(form, next)
            return answer
        }
    }

    private func send(_ form: Form, _ issue: Passport.Issue) async throws(HTTPError) -> Answer {
        let response = try await session.send(
            form(base, version, issue.header), advice: { Refusal($0).advice })
        guard (200..<300).contains(response.status) else {
            return Answer(response: response, refusal: Refusal(response))
        }
        passport.opened(issue)
        return Answer(response: response, refusal: nil)
    }
}
