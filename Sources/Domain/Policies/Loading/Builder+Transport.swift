import HTTP
import YAML

extension Builder {
    /// The address of an API; an error where no credential could go there.
    func address(_ spec: CheckedObject, _ file: inout DocumentFile) -> String? {
        guard let text = spec.text("address") else { return nil }
        let mark = spec.mark(of: "address")
        guard let address = webAddress(text, at: mark, example: "https://HOST/v1", &file) else { return text }
        if address.scheme != "https", !address.isLoopback {
            file.error(
                "insecure-address", at: mark, "a credential would travel to \(address.host) without TLS",
                hint: "write https://; only a loopback address does without")
        }
        return text
    }

    /// The way to an API. What would let anybody in between is an error.
    func transport(_ spec: CheckedObject, _ file: inout DocumentFile) -> Source.Transport {
        var transport = Source.Transport()
        guard let object = spec.object("transport") else { return transport }
        transport.authorities = object.text("authorities")
        transport.inFlight = object.integer("inFlight") ?? transport.inFlight
        transport.isVerified = object.boolean("verify") ?? true
        if !transport.isVerified, !leadsToThisMachine(spec.text("address")) {
            file.error(
                "insecure-address", at: object.mark(of: "verify"),
                "only a loopback address goes without verification, and this source has another",
                hint: "remove it, and name the authority that signed the service's certificate: authorities: ca.pem")
        }
        switch object.text("proxy") {
        case nil: break
        case "none": transport.proxy = .none
        case let text?:
            _ = webAddress(text, at: object.mark(of: "proxy"), example: "http://HOST:PORT, or none", &file)
            transport.proxy = .at(text)
        }
        return transport
    }

    private func leadsToThisMachine(_ address: String?) -> Bool {
        guard let address else { return false }
        // What is no address has its own error.
        return (try? HTTPAddress(address))?.isLoopback ?? true
    }

    /// The text is not quoted: it may hold a password.
    private func webAddress(
        _ text: String, at mark: Mark, example: String, _ file: inout DocumentFile
    ) -> HTTPAddress? {
        do throws(HTTPError) {
            return try HTTPAddress(text)
        } catch {
            file.error("invalid-address", at: mark, "the address \(error.reason)", hint: "write \(example)")
            return nil
        }
    }
}
