internal import HTTPServer

/// Azure's errors, word for word.
///
/// - Source: answers that people recorded: azure-docs#114602 and openai-python#362 (a version that is missing or wrong),
///   azure-sdk-for-net#50120 and azure-dev#8499 (the same in a Foundry project), pydantic-ai#5066 (a version where there
///   is none), azure-sdk-for-python#44412 (a token), microsoft-foundry-for-vscode#100 (no such project).
enum AzureRefusals {
    static let nothing = error(404, code: "404", "Resource not found")

    static let noProject = error(404, code: "NotFound", "The project does not exist.")

    static let wrongKey = error(
        401, code: "401",
        """
        Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an \
        active subscription and use a correct regional API endpoint for your resource.
        """)

    /// Its shape is another one.
    static func wrongToken(_ audience: String) -> ServedResponse {
        var body = Array(#"{"statusCode":401,"message":"#.utf8)
        JSONWriting.append(
            "Unauthorized. Access token is missing, invalid, audience is incorrect (\(audience)), or have expired.",
            to: &body)
        body.append(UInt8(ascii: "}"))
        return ServedResponse(status: 401, body: body)
    }

    static let wrongVersion = error(400, code: "BadRequest", "API version not supported")

    static let noVersionHere = error(
        400, code: "BadRequest", "api-version query parameter is not allowed when using /v1 path")

    static let noVersion = error(400, code: "BadRequest", "Missing required query parameter: api-version")

    static func unknownVersion(_ version: String, _ known: [String]) -> ServedResponse {
        error(
            400, code: "UnsupportedApiVersionValue",
            "Unsupported api version '\(version)'. The supported versions are "
                + known.map { "'\($0)'" }.joined(separator: ", "))
    }

    /// - Parameter seconds: the wait that the message names.
    static func throttled(seconds: Int) -> ServedResponse {
        error(
            429, code: "429",
            """
            Requests to the Files_List Operation under Azure OpenAI API have exceeded call rate limit of your current \
            OpenAI S0 pricing tier. Please retry after \(seconds) seconds. Please go here: \
            https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.
            """)
    }

    static let forbidden = error(403, code: "403", "Access denied due to Virtual Network/Firewall rules.")

    static func error(_ status: Int, code: String, _ message: String, parameter: String? = nil) -> ServedResponse {
        var body = Array(#"{"error":{"code":"#.utf8)
        JSONWriting.append(code, to: &body)
        body += #","message":"#.utf8
        JSONWriting.append(message, to: &body)
        if let parameter {
            body += #","param":"#.utf8
            JSONWriting.append(parameter, to: &body)
        }
        body += "}}".utf8
        return ServedResponse(status: status, body: body)
    }
}
