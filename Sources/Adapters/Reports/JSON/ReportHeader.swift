internal import Chronology

/// What every JSON output begins with: what made it, for which instant and under which rules.
struct ReportHeader {
    /// The version of the form.
    let schemaVersion: String
    let toolVersion: String
    /// Nil where there is not one instant for all of it.
    let asOf: Moment?
    /// Nil where the documents cannot be used.
    let policyDigest: String?

    /// Writes the members.
    func write(to writer: inout JSONWriter) {
        writer.origin(schemaVersion, toolVersion: toolVersion)
        writer.member("asOf", asOf?.description)
        writer.member("policyDigest", policyDigest)
        writer.member("zoneDataVersion", ZoneData.version)
    }

    /// The form of an output: these members, and its own behind them.
    static func form(_ schemaVersion: String, _ members: KeyValuePairs<String, Form>) -> Form {
        Form.document(schemaVersion, common).adding(members)
    }

    /// What an output has of its own.
    static func members(behindHeaderOf form: Form) -> ArraySlice<(name: String, form: Form)> {
        form.members.dropFirst(2 + common.count)
    }

    private static let common: KeyValuePairs<String, Form> = [
        "asOf": .instant.orNull.about(
            "The one instant for which everything was decided; null where each part has its own."),
        "policyDigest": .text.orNull.about(
            "SHA-256 of all policy documents in canonical form, in hexadecimal; null where they cannot be used."),
        "zoneDataVersion": .text.about("The version of the time zone data."),
    ]
}
