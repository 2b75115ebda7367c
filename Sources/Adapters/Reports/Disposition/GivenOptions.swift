public import Chronology
internal import Disposition

/// The options that a command was given and that the next one needs, as they are typed.
public struct GivenOptions: Sendable {
    private let policies: String?
    private let export: String?
    private let ledger: String?
    private let auditKey: String?
    private let pseudonymKey: String?
    private let maxDuration: Period?
    private let confirmed: [String]
    private let searchesStores: Bool

    /// What was given; nil, and the usual directory of policies, for what was not.
    public init(
        policies: String? = nil, export: String? = nil, ledger: String? = nil, auditKey: String? = nil,
        pseudonymKey: String? = nil, maxDuration: Period? = nil, confirmed: [String] = [],
        searchesStores: Bool = false
    ) {
        self.policies = policies == "policies" ? nil : policies
        (self.export, self.ledger) = (export, ledger)
        (self.auditKey, self.pseudonymKey, self.maxDuration) = (auditKey, pseudonymKey, maxDuration)
        (self.confirmed, self.searchesStores) = (confirmed, searchesStores)
    }

    /// For what reads documents alone, each option behind a space.
    public var ofDocuments: String { Self.typed([("policies", policies)]) }

    /// For what scans.
    public var ofScan: String { ofDocuments + Self.typed([("export", export), ("ledger", ledger)]) }

    /// For what is written to the audit log of a directory.
    func ofLog(_ directory: String?) -> String {
        Self.typed([("audit-log", directory ?? "DIR"), ("audit-key", auditKey ?? "FILE")])
    }

    /// For what calls a service.
    func ofExecution(_ directory: String?) -> String {
        let others = [("pseudonym-key", pseudonymKey ?? "FILE"), ("max-duration", maxDuration?.description)]
        return " --execute" + (searchesStores ? " --probe-search" : "") + ofLog(directory)
            + Self.typed(others + confirmed.map { ("confirm", $0) })
    }

    private static func typed(_ options: [(name: String, value: String?)]) -> String {
        options.compactMap { option in option.value.map { " --\(option.name) \(quoted($0))" } }.joined()
    }

    /// As a shell takes it for one word.
    private static func quoted(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "+"):
                true
            default: byte >= 0x80
            }
        }
        return isPlain && !value.isEmpty ? value : "'\(value.replacing("'", with: "'\\''"))'"
    }
}

extension Plan {
    /// What makes a plan like it anew.
    var making: String {
        request.map { "tenure erase plan \($0.name) --as NAME --pseudonym-key FILE" } ?? "tenure plan make --as NAME"
    }
}
