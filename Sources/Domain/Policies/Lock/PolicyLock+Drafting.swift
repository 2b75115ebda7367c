public import Chronology
public import Crypto
import Files
import YAML

extension PolicyLock {
    /// A lock without signatures over the terms that policies have now.
    ///
    /// - Parameters:
    ///   - directory: the policies'.
    ///   - names: the policies to lock; every one of the current lock that is not named stays locked.
    ///   - released: policies of the current lock to lock no more.
    ///   - signers: who may sign; empty for those of the current lock.
    ///   - threshold: how many must; nil for what the current lock asks, or the least.
    ///   - current: the lock that is to be followed, or nil.
    public static func draft(
        _ directory: String, locking names: [String], releasing released: [String],
        signers: [(name: String, key: Ed25519.PublicKey)], threshold: Int?, after current: PolicyLock?, asOf: Instant
    ) throws(LockError) -> PolicyLock {
        if let above = LockPlaces(above: directory).paths.first {
            throw LockError(
                "the lock at \(above) covers \(directory) already",
                hint: "draft the new one there, with --policies \(Files.parent(of: above))")
        }
        let (collection, problems) = PolicyLoader.collect(directory, asOf: asOf)
        if let problem = problems.sorted().first(where: { $0.level == .error }) {
            let place = problem.location.line > 0 ? "\(problem.location)" : problem.location.file
            throw LockError("the policies cannot be used: \(place): \(problem.message)", hint: "mend what lint finds")
        }
        let wanted = Set((current?.policies ?? []) + names).subtracting(released)
        let documents = collection.documents
        var terms: [LockedTerms] = []
        for name in wanted.sorted() {
            guard let policy = collection.retention.first(where: { $0.name == name }),
                let document = documents.first(where: { $0.kind == .retentionPolicy && $0.name?.text == name })
            else {
                throw LockError(
                    "there is no RetentionPolicy named \(quoted(name))",
                    hint: suggestion(for: name, among: collection.retention.map(\.name)) ?? "name one that exists")
            }
            terms.append(
                try LockedTerms(policy, document, exceptions: documents.filter { $0.kind == .policyException }))
        }
        guard !terms.isEmpty else { throw LockError("nothing is to be locked", hint: "name policies with --lock NAME") }
        let lock = PolicyLock(
            serial: (current?.serial ?? 0) + 1, threshold: threshold ?? current?.threshold ?? leastThreshold,
            signers: signers.isEmpty
                ? current?.signers ?? []
                : signers.map { Signer(name: $0.name, key: $0.key) }.sorted { $0.name < $1.name }, terms: terms,
            signatures: [])
        try lock.checkSigners()
        return lock
    }
}
