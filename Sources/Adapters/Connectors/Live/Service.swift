internal import HTTP
internal import Policies
internal import ProviderFacts

/// What a document says of a service: whose it is, and where.
struct Service {
    let facts: ProviderFacts
    let address: HTTPAddress

    /// Reads it off a document.
    ///
    /// - Throws: `Defect` where it does not say enough, or what cannot be.
    init(_ source: Source) throws(Defect) {
        guard let facts = try Self.facts(source) else {
            throw Defect(reason: "sources of type \(source.type) are no services", hint: "name another type")
        }
        self.facts = facts
        guard let text = source.address ?? facts.address else {
            throw Defect(reason: "there is no address", hint: "write address: \(facts.form.example)")
        }
        address = try Self.address(text, facts)
    }

    /// Why nothing can be asked.
    struct Defect: Error {
        let reason: String
        let hint: String
    }

    private static func facts(_ source: Source) throws(Defect) -> ProviderFacts? {
        do throws(FactsError) {
            return try ProviderFacts.facts(ofType: source.type, version: source.apiVersion)
        } catch {
            throw Defect(reason: "\(error)", hint: "report it")
        }
    }

    private static func address(_ text: String, _ facts: ProviderFacts) throws(Defect) -> HTTPAddress {
        let address: HTTPAddress
        do throws(HTTPError) {
            address = try HTTPAddress(text)
        } catch {
            throw Defect(reason: "\(error)", hint: "correct the address")
        }
        do throws(AddressForm.Defect) {
            let beginning = try facts.form.read(
                host: address.host, path: address.path, query: address.query, isLoopback: address.isLoopback)
            return address.beginning(with: beginning.path)
        } catch {
            throw Defect(reason: "the address \(error.reason)", hint: "write \(facts.form.example)")
        }
    }
}
