internal import HTTP
internal import JSONLines

/// An answer that is an error: what of it can be shown to anybody.
///
/// Messages of services quote ids, keys, people and whatever was sent, so nothing of them is kept but words that are none
/// of these: codes, and the names of scopes and actions.
struct Refusal: Sendable, Equatable {
    let status: Int
    /// The service's own word for it, such as `invalid_api_key`.
    let code: String?
    /// The scopes or actions that the credential lacks.
    let missingScopes: [String]
    /// Why there is no newer credential, where one was asked for.
    var withoutRenewal: String?
    /// What a token must be issued for, where this one is not.
    private let audience: String?
    /// Whether it is the version of the API that is wrong.
    let isAboutVersion: Bool
    /// How long the message asks to wait.
    private let millisecondsToWait: Int?

    init(_ response: HTTPResponse) {
        status = response.status
        var (code, message): (String?, String) = (nil, "")
        JSONDocument.read(response.body) { record in
            guard case .value(let value) = record else { return }
            // Some services leave the envelope away.
            let error = value["error"] ?? value
            code = [error["code"], error["type"]].lazy.compactMap { Self.word($0) }.first
            message = error["message"]?.text?.string ?? ""
        }
        // Azure's codes are often the status again.
        self.code = code == String(response.status) ? nil : code
        missingScopes = Self.lacks(in: message)
        audience = Self.audience(in: message)
        isAboutVersion =
            (status == 400 || status == 404)
            && (code?.contains("ApiVersion") == true || Self.isAboutVersion(message))
        millisecondsToWait = Self.milliseconds(in: message)
    }

    /// What it says about another attempt.
    ///
    /// - Source: the provider's error codes; Azure names the wait in the message alone.
    var advice: RetryPolicy.Advice {
        if code == "insufficient_quota" || code == "credit_balance_exhausted" { return .stop }
        return millisecondsToWait.map { .wait(.milliseconds($0)) } ?? .none
    }

    /// Whether it says nothing of what was asked for, but that it cannot be had now.
    var isOfTheMoment: Bool { status == 408 || status == 429 || status >= 500 }

    /// For people.
    var description: String {
        let word = code.map { " \($0)" } ?? ""
        let scopes = missingScopes.isEmpty ? "" : ", missing scopes: \(missingScopes.joined(separator: ", "))"
        let renewal = withoutRenewal.map { ", and there is no newer credential: \($0)" } ?? ""
        return "answered \(status)\(word)\(scopes)\(renewal)"
    }

    /// What to do about it.
    ///
    /// - Source: the provider's error guide: missing scopes and addresses that are not allowed are 401, too.
    var hint: String {
        if isAboutVersion { return "correct apiVersion: the service does not take this one" }
        switch status {
        case 401 where missingScopes.contains { $0.hasPrefix("Microsoft.") }:
            return "give the credential a role that has this action"
        case 401 where !missingScopes.isEmpty: return "give the credential these scopes"
        case 401:
            if let audience {
                return "get a token for this service: az account get-access-token --resource \(audience)"
            }
            return "check the credential, its organization, and the addresses that it may be used from"
        case 403 where code == "AuthenticationTypeDisabled":
            return "this resource takes no keys: give a token, {command: az account get-access-token …}"
        case 403: return "check the credential's project, and whether this network may reach the service"
        case 404, 405, 410: return "check the address; the service does not have this list"
        case 429:
            let wait = millisecondsToWait.map { " in \($0 / 1000) seconds" } ?? ""
            return "scan when the quota or the rate limit allows it\(wait)"
        case 500...: return "scan again later"
        default: return "check the address"
        }
    }
    /// Whether a credential that was fetched anew may be taken: not where this one was understood, and does not reach so far.
    ///
    /// - Source: missing scopes are 401 with OpenAI, and missing roles are with Foundry.
    var mayBeExpiry: Bool {
        status == 401 && missingScopes.isEmpty && code != "missing_scope" && code != "PermissionDenied"
    }
}
