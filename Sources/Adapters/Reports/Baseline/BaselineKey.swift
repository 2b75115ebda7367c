internal import Evaluation
internal import Policies
public import Records
internal import Spelling

/// What makes two findings the same debt: nothing that changes by itself, such as an age, a line or a severity.
public struct BaselineKey: Hashable, Comparable, Sendable {
    /// The policy's name, or the hold's; nil for what no document says.
    public let policy: String?
    /// The rule, `early-expiry` or `lost`.
    public let rule: String
    /// The record's source.
    public let source: String
    /// The record's kind.
    public let kind: Kind
    /// The record's id, or the token that stands for it.
    public var id: String { exactId.text }
    /// Ids are bytes: in another spelling of a letter one is another record.
    private let exactId: ByteString

    /// The key of a debt.
    public init(policy: String?, rule: String, source: String, kind: Kind, id: String) {
        self.policy = policy
        self.rule = rule
        self.source = source
        self.kind = kind
        exactId = ByteString(id)
    }

    /// By policy, rule, source, kind and id.
    public static func < (left: BaselineKey, right: BaselineKey) -> Bool {
        let l = (left.policy ?? "", left.rule, left.source, left.kind.name)
        let r = (right.policy ?? "", right.rule, right.source, right.kind.name)
        return l == r ? left.id.precedesByBytes(right.id) : l < r
    }

    /// The debt in a sentence: `support-threads atMost: export/thread/t1`.
    public var text: String { "\(policy.map { "\($0) " } ?? "")\(rule): \(source)/\(kind.name)/\(id)" }
}

extension BaselineKey {
    /// The key of a finding, with the record's own id.
    init(_ finding: Finding, _ result: ScanResult) {
        let inventory = result.inventory
        policy =
            result.policyName(finding)
            ?? finding.hold.map { result.policies.holds[$0].name }
        rule =
            switch finding.state {
            case .earlyExpiry, .lost: finding.state.name
            default: result.ruleName(finding)
            }
        source = inventory.sourceNames[Int(inventory.sources[finding.row])]
        kind = inventory.kinds[finding.row]
        exactId = ByteString(inventory.id(finding.row))
    }

    /// The same with a token for the id.
    func redacted() throws(ReportError) -> BaselineKey {
        BaselineKey(
            policy: policy, rule: rule, source: source, kind: kind,
            id: try Redaction.token(source: source, kind: kind, id: id))
    }
}
