internal import HTTPServer

/// What the service says of bodies that it does not take.
///
/// - Source: OpenAI's recorded answers.
extension Refusals {
    static let unreadableBody = error(
        400,
        """
        We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library \
        correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)
        """)

    static func lacking(_ name: String) -> ServedResponse {
        error(400, "Missing required parameter: '\(name)'.", parameter: name, code: "missing_required_parameter")
    }

    static func wrongType(_ name: String, _ shape: Shape, _ value: JSON) -> ServedResponse {
        error(
            400, "Invalid type for '\(name)': expected \(shape.name), but got \(value.kindName) instead.",
            parameter: name, code: "invalid_type")
    }

    static func wrongNumber(_ name: String, _ range: ClosedRange<Double>) -> ServedResponse {
        error(
            400,
            """
            Invalid '\(name)': decimal out of range. Expected a value from \(range.lowerBound) to \
            \(range.upperBound).
            """, parameter: name, code: "decimal_out_of_range")
    }

    static func tooLong(_ name: String, most: Int) -> ServedResponse {
        error(
            400, "Invalid '\(name)': string too long. Expected a string with maximum length \(most).", parameter: name,
            code: "string_above_max_length")
    }

    static func wrongAddress(_ name: String) -> ServedResponse {
        error(
            400, "Invalid '\(name)': expected an http or https address, or data.", parameter: name,
            code: "invalid_value")
    }

    static func tooMany(_ name: String, _ count: Int, most: Int) -> ServedResponse {
        error(
            400,
            """
            Invalid '\(name)': too many elements. Expected maximum length \(most), but got length \(count) \
            instead.
            """, parameter: name, code: "array_above_max_length")
    }

    static func noPrevious(_ id: String) -> ServedResponse {
        error(
            400, "Previous response with id '\(id)' not found.", parameter: "previous_response_id",
            code: "previous_response_not_found")
    }

    static let exclusive = error(
        400,
        "Mutually exclusive parameters: ensure you are only providing one of: 'previous_response_id' or 'conversation'.",
        parameter: "conversation", code: "mutually_exclusive_parameters")

    static func undownloadable(_ purpose: String) -> ServedResponse {
        error(400, "Not allowed to download files of purpose: \(purpose)")
    }

    /// What is asked for cannot be done with an object as it is.
    static func unfitting(_ message: String) -> ServedResponse { error(400, message) }

    /// The twin's own: it holds no more in memory than this.
    static func full(_ bytes: Int) -> ServedResponse {
        error(413, "The twin holds at most \(bytes) bytes that were sent to it.", code: "request_too_large")
    }
}
