import Crypto
import YAML

/// What is wrong with who may sign, beside each other and beside the policies that ask for approvals.
struct SignerChecks {
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameters:
    ///   - documents: in the order of their places.
    ///   - isWhole: whether no document is missing; else a name that is not found may stand in what could not be read.
    init(documents: [Document], isWhole: Bool) {
        let people = documents.flatMap { document in
            document.signers.map { (file: document.location.file, person: $0) }
        }
        var names: [String: SourceLocation] = [:]
        var keys: [Ed25519.PublicKey: SourceLocation] = [:]
        for (file, person) in people {
            let namePlace = place(file, person.name.mark)
            let keyPlace = place(file, person.keyMark)
            if let first = names.updateValue(namePlace, forKey: person.name.text.lowercased()) {
                report(
                    "duplicate-signer", namePlace, "signer \(quoted(person.name.text)) has a key already, at \(first)",
                    "keep one key for each person")
            }
            if let first = keys.updateValue(keyPlace, forKey: person.key) {
                report(
                    "duplicate-signer", keyPlace, "this key is somebody's already, at \(first)",
                    "one person counts once: let each have a key of their own")
            }
        }
        guard isWhole else { return }
        let known = people.map(\.person.name.text)
        for document in documents where document.kind == .retentionPolicy {
            guard let demand = document.spec?.object("approvals") else { continue }
            check(demand, in: document.location.file, known)
        }
    }

    private mutating func check(_ demand: CheckedObject, in file: String, _ known: [String]) {
        for name in demand.scalars("from") where !known.contains(name.text) {
            report(
                "unknown-signer", place(file, name.mark), "no Signers document names \(quoted(name.text))",
                suggestion(for: name.text, among: known) ?? "add the person's public key to a document of kind Signers")
        }
        guard !demand.names("from"), let count = demand.integer("count"), count > known.count else { return }
        report(
            "approvals-impossible", place(file, demand.mark(of: "count")),
            "\(count) approvals are asked for, and the Signers documents name \(known.count) people",
            "add the public keys of more people to a document of kind Signers")
    }

    private func place(_ file: String, _ mark: Mark) -> SourceLocation {
        SourceLocation(file: file, line: mark.line, column: mark.column)
    }

    private mutating func report(_ code: String, _ place: SourceLocation, _ message: String, _ hint: String) {
        diagnostics.append(Diagnostic(.error, code, at: place, message, hint: hint))
    }
}
