internal import Chronology
internal import Policies
internal import Records

extension ChangeSearch {
    /// The step as an edit of a document, in words and in fields.
    func edit(_ step: Step) -> Explanation.Edit {
        let policies = result.policies
        switch step {
        case .release(let hold):
            let name = policies.holds[hold].name
            return .init(
                action: .release, document: "LegalHold", name: name, text: "release hold \(name), without grace")
        case .endGrace(let hold):
            let name = policies.holds[hold].name
            return .init(
                action: .endGrace, document: "LegalHold", name: name,
                text: "end the grace of the released hold \(name)")
        case .remove(let exception):
            let name = policies.exceptions[exception].name
            return .init(
                action: .remove, document: "PolicyException", name: name, text: "remove exception \(name)")
        case .shorten(let policy, let period):
            return self.period(policies.retention[policy], "atLeast", policies.retention[policy].atLeast, period)
        case .limit(let policy, let period):
            return self.period(policies.retention[policy], "atMost", policies.retention[policy].atMost, period)
        case .delete(let policy):
            let was = policies.retention[policy].whenDue.rawValue
            return word(policies.retention[policy], "whenDue", was, "delete")
        case .enforce(let policy):
            return word(policies.retention[policy], "mode", policies.retention[policy].mode.rawValue, "enforce")
        case .deleteWhileUsed(let policy):
            let was = policies.retention[policy].whileUsed.rawValue
            return word(policies.retention[policy], "whileUsed", was, "delete")
        case .holdIt: return .init(action: .hold, document: "LegalHold", text: "hold it by its id")
        case .read(let kinds, let source):
            let names = kinds.kinds.map(\.name).joined(separator: ", ")
            let name = result.inventory.sourceNames[source]
            return .init(
                action: .read, name: name, kinds: kinds.kinds,
                text: "read \(names) of \(name) to the end, and find nothing that protects it")
        }
    }

    private func period(
        _ policy: RetentionPolicy, _ field: String, _ was: Period?, _ period: Period
    ) -> Explanation.Edit {
        .init(
            action: .set, document: "RetentionPolicy", name: policy.name, field: "spec.keep.\(field)",
            from: was?.description, to: period.description,
            text: "\(field) \(period) instead of \(was?.description ?? "none") in policy \(policy.name)")
    }

    private func word(_ policy: RetentionPolicy, _ field: String, _ was: String, _ word: String) -> Explanation.Edit {
        .init(
            action: .set, document: "RetentionPolicy", name: policy.name, field: "spec.\(field)", from: was, to: word,
            text: "\(field): \(word) in policy \(policy.name)")
    }
}
