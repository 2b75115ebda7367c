internal import HTTP
internal import JSONLines

/// An answer that is an error: what of it can be shown to anybody.
///
/// Messages of services quote ids, keys and whatever was sent, so nothing of them is kept but words that are none of
/// these: codes, and the names of scopes.
struct Refusal: Sendable, Equatable {
    let status: Int
    /// The service's own word for it, such as `invalid_api_key`.
    let code: String?
    /// The scopes that the credential lacks.
    let missingScopes: [String]
    /// Why there is no newer credential, where one was asked for.
    var withoutRenewal: String?
    /// How long the message asks to wait, in seconds.
    private let secondsToWait: Int?

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
        self.code = code
        missingScopes = Self.scopes(in: message)
        secondsToWait = Self.seconds(in: message)
    }

    /// What it says about another attempt.
    ///
    /// - Source: the provider's error codes; Azure names the wait in the message alone.
    var advice: RetryPolicy.Advice {
        if code == "insufficient_quota" || code == "credit_balance_exhausted" { return .stop }
        return secondsToWait.map { .wait(.seconds($0)) } ?? .none
    }

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
        switch status {
        case 401 where !missingScopes.isEmpty: "give the credential these scopes"
        case 401: "check the credential, its organization, and the addresses that it may be used from"
        case 403: "check the credential's project, and whether this network may reach the service"
        case 404, 405, 410: "check the address; the service does not have this list"
        case 429: "scan when the quota or the rate limit allows it"
        case 500...: "scan again later"
        default: "check the address"
        }
    }

    /// Whether a credential that was fetched anew may be taken: not where this one was understood, and does not reach so far.
    ///
    /// - Source: missing scopes are 401 with OpenAI, and missing roles are with Foundry.
    var mayBeExpiry: Bool {
        status == 401 && missingScopes.isEmpty && code != "missing_scope" && code != "PermissionDenied"
    }

    /// A code is a short word of letters, digits and `_`, `-` or `.`; anything else may be content.
    private static func word(_ value: JSONValue?) -> String? {
        guard let text = value?.text, (1...64).contains(text.count) else { return nil }
        let word = text.string
        return word.utf8.allSatisfy(isWordByte) && !word.contains("sk-") ? word : nil
    }

    /// The words behind "Missing scopes:", such as `api.files.read`.
    private static func scopes(in message: String) -> [String] {
        let parts = message.split(separator: "Missing scopes:", maxSplits: 1, omittingEmptySubsequences: false)
        guard let list = parts.dropFirst().first else { return [] }
        return list.split { $0 == " " || $0 == "," }.map { $0.hasSuffix(".") ? $0.dropLast() : $0 }
            .prefix { $0.hasPrefix("api.") && $0.utf8.count <= 64 && $0.utf8.allSatisfy(isWordByte) }.map(String.init)
    }

    private static func seconds(in message: String) -> Int? {
        let parts = message.split(separator: "retry after ", maxSplits: 1, omittingEmptySubsequences: false)
        guard let rest = parts.dropFirst().first else { return nil }
        return Int(rest.prefix { $0.isNumber })
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
