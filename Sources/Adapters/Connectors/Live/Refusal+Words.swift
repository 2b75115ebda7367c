internal import JSONLines

/// What of a service's words can be shown to anybody: words of the service's own vocabulary, and numbers.
extension Refusal {
    /// A code is a short word of letters, digits and `_`, `-` or `.`; anything else may be content.
    static func word(_ value: JSONValue?) -> String? {
        guard let text = value?.text, (1...64).contains(text.count) else { return nil }
        let word = text.string
        return word.utf8.allSatisfy(isWordByte) && !word.contains("sk-") ? word : nil
    }

    /// What a credential lacks: the words behind "Missing scopes:", such as `api.files.read`, or Azure's action between
    /// backquotes, such as `Microsoft.CognitiveServices/accounts/OpenAI/files/read`.
    static func lacks(in message: String) -> [String] {
        if let rest = tail(of: message, after: "lacks the required data action `") {
            let action = rest.prefix { $0 != "`" }
            let isAction =
                action.hasPrefix("Microsoft.") && action.utf8.count <= 128
                && action.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "/") }
            return isAction ? [String(action)] : []
        }
        guard let list = tail(of: message, after: "Missing scopes:") else { return [] }
        return list.split { $0 == " " || $0 == "," }.map { $0.hasSuffix(".") ? $0.dropLast() : $0 }
            .prefix { $0.hasPrefix("api.") && $0.utf8.count <= 64 && $0.utf8.allSatisfy(isWordByte) }.map(String.init)
    }

    /// The wait that a message names, in milliseconds: "Please retry after 23 seconds", "Try again in 2 seconds",
    /// "Please try again in 1.5s", "in 20ms". A message of any other form names none.
    static func milliseconds(in message: String) -> Int? {
        guard let rest = tail(of: message, after: "retry after ") ?? tail(of: message, after: "ry again in ") else {
            return nil
        }
        let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard number.utf8.count <= 9, let amount = Double(number.hasSuffix(".") ? number.dropLast() : number) else {
            return nil
        }
        let unit = rest.dropFirst(number.count)
        if unit.hasPrefix("ms") { return Int(amount.rounded(.up)) }
        guard unit.hasPrefix("s") || unit.hasPrefix(" second") else { return nil }
        return Int((amount * 1000).rounded(.up))
    }

    /// What a token must be issued for, where a message says that it was not.
    static func audience(in message: String) -> String? {
        guard let rest = tail(of: message, after: "audience is incorrect (") else { return nil }
        return ["https://ai.azure.com", "https://cognitiveservices.azure.com"].first { rest.hasPrefix($0) }
    }

    /// Whether a message speaks of the version of the API.
    static func isAboutVersion(_ message: String) -> Bool {
        let message = message.lowercased()
        return message.contains("api-version") || message.contains("api version")
    }

    private static func tail(of message: String, after words: String) -> Substring? {
        message.split(separator: words, maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first
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
