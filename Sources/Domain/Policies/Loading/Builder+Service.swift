import HTTP
import ProviderFacts
import Records

/// What a Source document says of a service, against the facts of its provider.
extension Builder {
    func checkService(_ type: String, _ spec: CheckedObject, _ file: inout DocumentFile) {
        guard let facts = checkVersion(type, spec, &file) else { return }
        if facts.keyHeader == nil, facts.tokenResource != nil, spec.text("authentication") == "key" {
            file.error(
                "unknown-value", at: spec.mark(of: "authentication"), "sources of type \(type) take no key",
                hint: tokenHint(facts))
        }
        guard let address = spec.text("address") else {
            if facts.address == nil {
                file.error(
                    "missing-key", at: spec.mark, "a source of type \(type) needs an address",
                    hint: "write address: \(facts.form.example)")
            }
            return
        }
        checkAddress(address, facts, spec, &file)
    }

    private func tokenHint(_ facts: ProviderFacts) -> String {
        "write authentication: token, and credentials: {command: az account get-access-token --resource "
            + "\(facts.tokenResource ?? "")}"
    }

    /// The facts at the version that the document names; nil where there are none.
    private func checkVersion(_ type: String, _ spec: CheckedObject, _ file: inout DocumentFile) -> ProviderFacts? {
        let version = spec.text("apiVersion")
        let versions = ProviderFacts.versions(ofType: type)
        if version != nil, versions.isEmpty {
            file.error(
                "source-without-service", at: spec.mark(of: "apiVersion"), "sources of type \(type) have no apiVersion",
                hint: "remove it")
            return nil
        }
        if let version, !ProviderFacts.canBeVersion(version, ofType: type) {
            file.error(
                "source-version", at: spec.mark(of: "apiVersion"), "this is no version of the API",
                hint: "write one of \(versions.filter { $0.ended == nil }.map(\.name).joined(separator: ", "))")
            return nil
        }
        guard let facts = (try? ProviderFacts.facts(ofType: type, version: version)) ?? nil else { return nil }
        if let version = facts.version { judge(version, facts, versions, spec, &file) }
        return facts
    }

    private func judge(
        _ version: APIVersion, _ facts: ProviderFacts, _ versions: [APIVersion], _ spec: CheckedObject,
        _ file: inout DocumentFile
    ) {
        let newest = versions.filter { $0.ended == nil && $0.name.first?.isNumber == true }.map(\.name).max() ?? "v1"
        if let ended = version.ended {
            file.warn(
                "source-version-unknown", at: spec.mark(of: "apiVersion"),
                "the provider ended \(version.name) on \(ended)", hint: "write apiVersion: \(newest)")
        } else if !version.isKnown {
            file.warn(
                "source-version-unknown", at: spec.mark(of: "apiVersion"),
                "nothing is known of \(version.name), as of \(facts.collected)",
                hint: "if the service answers 404, write apiVersion: \(newest)")
        }
        guard !facts.missing.isEmpty else { return }
        file.warn(
            "source-version-lacks", at: spec.mark(of: "apiVersion"),
            "\(version.name) has no \(facts.missing.map(\.kind.name).joined(separator: ", "))",
            hint: "write apiVersion: \(newest), which has them")
    }

    /// What is no address at all is said elsewhere.
    private func checkAddress(
        _ text: String, _ facts: ProviderFacts, _ spec: CheckedObject, _ file: inout DocumentFile
    ) {
        guard let address = try? HTTPAddress(text) else { return }
        do throws(AddressForm.Defect) {
            let beginning = try facts.form.read(
                host: address.host, path: address.path, query: address.query, isLoopback: address.isLoopback)
            guard beginning.isElsewhere else { return }
            file.warn(
                "source-elsewhere", at: spec.mark(of: "address"), "this is no host of \(facts.provider)",
                hint: "write \(facts.form.example), unless it is a gateway in front of that")
        } catch {
            file.error(
                "source-address", at: spec.mark(of: "address"), "the address \(error.reason)",
                hint: "write \(facts.form.example)")
        }
    }
}
