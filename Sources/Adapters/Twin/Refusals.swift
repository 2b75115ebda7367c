internal import HTTPServer

/// The service's errors, word for word.
///
/// - Source: OpenAI's documents and recorded answers.
enum Refusals {
    static let noKey = error(
        401,
        """
        You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth \
        (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the \
        API from your browser and are prompted for a username and password. You can obtain an API key from \
        https://platform.openai.com/account/api-keys.
        """)

    static func wrongKey(_ key: String) -> ServedResponse {
        let shown = key.count > 12 ? "\(key.prefix(8))***\(key.suffix(4))" : "***"
        return error(
            401,
            """
            Incorrect API key provided: \(shown). You can find your API key at \
            https://platform.openai.com/account/api-keys.
            """, code: "invalid_api_key")
    }

    static func unknownPath(_ request: ServedRequest) -> ServedResponse {
        error(404, "Invalid URL (\(request.method) \(request.path))")
    }

    static func notAllowed(_ request: ServedRequest) -> ServedResponse {
        error(405, "Not allowed to \(request.method) on \(request.path).")
    }

    static let forbidden = error(
        403, "You are not allowed to access this resource.", code: "unsupported_country_region_territory")

    static let throttled = error(
        429, "Rate limit reached for requests. Please try again later.", code: "rate_limit_exceeded")

    static func failing(_ status: Int) -> ServedResponse {
        error(status, "The server had an error while processing your request. Sorry about that!")
    }

    static func noBeta(_ beta: String) -> ServedResponse {
        error(
            400,
            """
            You must provide the 'OpenAI-Beta' header to access the Assistants API. Please try again by setting the \
            header 'OpenAI-Beta: \(beta)'.
            """, code: "invalid_beta")
    }

    static func needsSession(_ request: ServedRequest) -> ServedResponse {
        error(
            401,
            """
            Your request to \(request.method) \(request.path) must be made with a session key (that is, it can only be \
            made from the browser). You made it with the following key type: secret.
            """, code: "missing_scope")
    }

    static func missing(_ id: String, on shelf: Shelf) -> ServedResponse {
        error(
            404,
            shelf.missing.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false).joined(separator: id),
            parameter: shelf.missingParameter)
    }

    static func wrongInteger(_ name: String) -> ServedResponse {
        error(
            400, "Invalid type for '\(name)': expected an integer, but got a string instead.", parameter: name,
            code: "invalid_type")
    }

    static func tooLarge(_ name: String, _ value: Int, most: Int) -> ServedResponse {
        error(
            400,
            "Invalid '\(name)': integer above maximum value. Expected a value <= \(most), but got \(value) instead.",
            parameter: name, code: "integer_above_max_value")
    }

    static func tooSmall(_ name: String, _ value: Int, least: Int) -> ServedResponse {
        error(
            400,
            "Invalid '\(name)': integer below minimum value. Expected a value >= \(least), but got \(value) instead.",
            parameter: name, code: "integer_below_min_value")
    }

    static func wrongWord(_ name: String, _ value: String, among words: [String]) -> ServedResponse {
        let quoted = words.map { "'\($0)'" }
        let list = quoted.dropLast().joined(separator: ", ") + " and " + (quoted.last ?? "")
        return error(
            400, "Invalid value: '\(value)'. Supported values are: \(list).", parameter: name, code: "invalid_value")
    }

    static func unknownCursor(_ name: String, _ value: String) -> ServedResponse {
        error(400, "Invalid '\(name)': no object '\(value)' in this list.", parameter: name, code: "invalid_value")
    }

    static func error(
        _ status: Int, _ message: String, parameter: String? = nil, code: String? = nil
    ) -> ServedResponse {
        var body: [UInt8] = []
        body += #"{"error":{"message":"#.utf8
        JSONWriting.append(message, to: &body)
        body += #","type":"invalid_request_error","param":"#.utf8
        JSONWriting.append(parameter, to: &body)
        body += #","code":"#.utf8
        JSONWriting.append(code, to: &body)
        body += "}}".utf8
        return ServedResponse(status: status, body: body)
    }
}
