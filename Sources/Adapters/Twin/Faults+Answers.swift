internal import HTTPServer

extension ServedRequest {
    /// The method, the path and the query: what is sent again when a request is.
    var identity: String { "\(method) \(path)?" + query.map { "\($0.name)=\($0.value)" }.joined(separator: "&") }
}

extension Faults {
    /// The answer to a request with whatever goes wrong with it.
    ///
    /// - Parameters:
    ///   - attempt: how often it was sent, this time included.
    ///   - answer: the answer without faults but those that the service shall have.
    func answer(
        _ request: ServedRequest, attempt: Int, _ answer: (ServedRequest, Quirks) -> ServedResponse
    ) -> ServedResponse {
        let lasting = lasting(request.path)
        if lasting.contains(.forbidden) { return Refusals.forbidden }
        if lasting.contains(.dead) { return Refusals.failing(500) }
        let quirks = Quirks(lasting)
        let passing = passing(request.identity, attempt: attempt)
        switch passing {
        case .throttled:
            var response = Refusals.throttled
            response.headers.append(("Retry-After", "\(1 + draw("wait \(request.identity)") % 5)"))
            return response
        case .throttledSilently: return Refusals.throttled
        case .failing: return Refusals.failing([500, 502, 503, 529][draw("status \(request.identity)") % 4])
        case .reset where draw("applied \(request.identity)") < 50:
            var response = ServedResponse(status: 200)
            response.delivery = .none
            return response
        default: break
        }
        var response = answer(request, quirks)
        response = written(response, lasting)
        switch passing {
        case .reset: response.delivery = .none
        case .torn: response.delivery = .torn(after: draw("byte \(request.identity)") * response.body.count / 100)
        case .slow: response.delivery = .slow(bytes: max(1, response.body.count / 3), milliseconds: 1)
        default: break
        }
        return response
    }

    /// The answer as such a server writes it.
    private func written(_ response: ServedResponse, _ lasting: Set<Kind>) -> ServedResponse {
        var response = response
        if response.status == 200 {
            if let rewriting = Rewriting(lasting) { response.body = rewriting(response.body) }
            return response
        }
        if lasting.contains(.missingAs400), response.status == 404 { response.status = 400 }
        if lasting.contains(.emptyErrors) {
            response.body = []
        } else if lasting.contains(.detailErrors) {
            response.body = Array(#"{"detail":"Not Found"}"#.utf8)
        }
        return response
    }
}
