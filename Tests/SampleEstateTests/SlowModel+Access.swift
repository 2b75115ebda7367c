/// What the committed access policies must deny, read back from the written files.
extension SlowModel {
    /// The policies of which a validation is false.
    func denials(_ key: String) -> [String: String] {
        guard let record = records[key] else { return [:] }
        var denied: [String] = []
        switch record.kind {
        case "thread", "conversation", "assistant":
            if record.metadata["owner"] == nil { denied.append("owner-tag") }
        case "file":
            let tenants = Set(users[key, default: []].compactMap(tenant))
            if tenants.count > 1 { denied.append("tenant-isolation") }
            if record.status == "error" { denied.append("failed-files") }
        case "vectorStore":
            if !record.expires { denied.append("vector-store-expiry") }
        case "run":
            if ["queued", "in_progress", "requires_action"].contains(record.status), now - record.created > 3600 {
                denied.append("stuck-runs")
            }
            if record.status == "completed", !isAnswered(record) { denied.append("unanswered-runs") }
        default: break
        }
        if ["thread", "conversation", "assistant", "vectorStore", "response"].contains(record.kind),
            record.metadata.values.contains(where: { ($0 as? String)?.contains("@") ?? false })
        {
            denied.append("addresses-in-metadata")
        }
        return Dictionary(uniqueKeysWithValues: denied.map { ($0, "denied") })
    }

    private func tenant(_ key: String) -> String? {
        records[key].flatMap { $0.metadata["tenant"] as? String ?? $0.container.flatMap(tenant) }
    }

    private func isAnswered(_ run: Record) -> Bool {
        answers[run.container ?? "", default: []].contains { $0 >= run.created }
    }
}
