internal import HTTPServer
internal import JSONLines

extension TwinProfile {
    /// An answer in the profile's own words: errors of OpenAI's become Azure's.
    func dress(_ response: ServedResponse, for request: ServedRequest) -> ServedResponse {
        guard self != .openai, response.status >= 400, let error = WrittenError(response.body) else { return response }
        var dressed: ServedResponse
        switch response.status {
        case 403: dressed = AzureRefusals.forbidden
        case 404 where error.message.hasPrefix("Invalid URL"), 405: dressed = nowhere(request)
        case 429:
            return throttled(response, request)
        default:
            dressed = AzureRefusals.error(
                response.status, code: error.code ?? String(response.status), error.message,
                parameter: error.parameter)
        }
        dressed.headers = response.headers
        dressed.delivery = response.delivery
        return dressed
    }

    /// The message names the wait, also where no header does: the answers of responses never have one.
    private func throttled(_ response: ServedResponse, _ request: ServedRequest) -> ServedResponse {
        let seconds = response.headers.first { $0.name == "Retry-After" }.flatMap { Int($0.value) }
        var dressed = AzureRefusals.throttled(seconds: seconds ?? 1)
        if let seconds, !isAboutResponses(request) {
            dressed.headers = [("Retry-After", "\(seconds)"), ("retry-after-ms", "\(seconds * 1000)")]
        }
        return dressed
    }

    private func isAboutResponses(_ request: ServedRequest) -> Bool { request.path.contains("/responses") }

    private func nowhere(_ request: ServedRequest) -> ServedResponse {
        let isElsewhere = request.path.hasPrefix("/api/projects/") && !request.path.hasPrefix("\(base)/")
        return self == .foundry && isElsewhere ? AzureRefusals.noProject : AzureRefusals.nothing
    }

    /// What every answer brings.
    ///
    /// - Source: OpenAI's overview of its API; Azure's specification for `apim-request-id`, recorded answers for the rest,
    ///   and openai-dotnet#838 for the limits of responses, which say nothing.
    func headers(
        _ request: ServedRequest, number: Int, _ organization: String, _ use: RateLimit.Use? = nil
    ) -> [(name: String, value: String)] {
        switch self {
        case .openai:
            [
                ("x-request-id", "req_twin_\(number)"), ("openai-version", "2020-10-01"), ("openai-processing-ms", "1"),
                ("openai-organization", organization),
            ] + (use?.headers ?? [])
        case .azure, .foundry:
            [("apim-request-id", "apim-twin-\(number)"), ("x-request-id", "twin-\(number)"), ("x-ms-region", "Twin")]
                + (isAboutResponses(request)
                    ? [
                        ("x-ratelimit-limit-tokens", "-1"), ("x-ratelimit-remaining-tokens", "-1"),
                        ("x-ratelimit-reset-tokens", "0"),
                    ] : [])
        }
    }

    /// An error as OpenAI writes it.
    private struct WrittenError {
        let message: String
        let parameter: String?
        let code: String?

        /// Nil where it is none of OpenAI's, which have a `type`.
        init?(_ body: [UInt8]) {
            let members = JSONDocument.read(body) { record -> (String, String?, String?)? in
                guard case .value(let value) = record, let error = value["error"], error["type"] != nil,
                    let message = error["message"]?.text?.string
                else { return nil }
                return (message, error["param"]?.text?.string, error["code"]?.text?.string)
            }
            guard let members else { return nil }
            (message, parameter, code) = members
        }
    }
}
