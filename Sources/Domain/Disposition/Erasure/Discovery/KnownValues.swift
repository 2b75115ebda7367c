internal import Crypto
internal import Records

/// Which values of an inventory's records name a person, and how surely.
struct KnownValues {
    /// How surely a value names the person.
    enum Likeness { case exact, loose }

    /// By the code of a value that subjects and owners may say; whatever is missing names somebody else.
    private(set) var likenesses: [StringTable.Code: (form: Identity.Form, likeness: Likeness)] = [:]
    /// By the index of a metadata key: the codes of the values that the request names.
    private(set) var metadata: [Int: Set<StringTable.Code>] = [:]

    /// Every distinct value is looked at once, and only where it could be an address or a digest.
    init(_ request: PrivacyRequest, _ inventory: Inventory) throws(CryptoError) {
        var search = Search()
        for identity in request.identities { try search.add(identity) }
        for identity in request.identities {
            switch identity {
            case .user(let text), .identifier(let text):
                guard let code = inventory.strings.knownCode(text) else { continue }
                likenesses[code] = (identity.form, .exact)
            case .metadata(let key, let value):
                guard let index = inventory.metadataKey(named: key) else { continue }
                if let code = inventory.strings.knownCode(value) { metadata[index, default: []].insert(code) }
            case .email, .digest: continue
            }
        }
        let keyed = Search.addresses(request, inventory)
        guard search.looksAtValues || !keyed.isEmpty else { return }
        for code in 1..<StringTable.Code(max(inventory.strings.count, 1)) {
            guard !search.digests.isEmpty || Search.couldMatch(inventory.strings, code),
                let text = inventory.strings.string(code)
            else { continue }
            if likenesses[code] == nil, let likeness = try search.likeness(of: text) { likenesses[code] = likeness }
            for (index, addresses) in keyed where EmailAddress(text).map({ addresses.contains($0.exact) }) ?? false {
                metadata[index, default: []].insert(code)
            }
        }
    }

    /// What is searched for among values.
    private struct Search {
        var exact: Set<String> = []
        var loose: Set<String> = []
        /// Of the request's addresses: records may hold them in their place.
        var hashed: Set<String> = []
        /// The request's own digests: records may spell out what they are of.
        var digests: Set<String> = []

        var looksAtValues: Bool { !exact.isEmpty || !digests.isEmpty }

        mutating func add(_ identity: Identity) throws(CryptoError) {
            switch identity {
            case .email(let address):
                exact.insert(address.exact)
                loose.insert(address.loose)
                hashed.formUnion(try address.digests())
            case .digest(let digits): digests.insert(digits)
            case .user, .identifier, .metadata: break
            }
        }

        /// The addresses among the values that the request names for a metadata key, by the key's index.
        static func addresses(
            _ request: PrivacyRequest, _ inventory: Inventory
        ) -> [Int: Set<String>] {
            var keyed: [Int: Set<String>] = [:]
            for case .metadata(let key, let value) in request.identities {
                guard let index = inventory.metadataKey(named: key), let address = EmailAddress(value) else { continue }
                keyed[index, default: []].insert(address.exact)
            }
            return keyed
        }

        /// Whether a value could be an address or a digest, by its bytes alone.
        static func couldMatch(_ strings: StringTable, _ code: StringTable.Code) -> Bool {
            strings.withBytes(code) { bytes in
                if bytes.count == 64 { return true }
                for index in bytes.indices where bytes[index] == UInt8(ascii: "@") { return true }
                return false
            }
        }

        func likeness(of text: String) throws(CryptoError) -> (form: Identity.Form, likeness: Likeness)? {
            if let address = EmailAddress(text) {
                if exact.contains(address.exact) { return (.email, .exact) }
                if !digests.isEmpty, !digests.isDisjoint(with: try address.digests()) { return (.digest, .exact) }
                if loose.contains(address.loose) { return (.email, .loose) }
            }
            let digits = text.lowercased()
            if hashed.contains(digits) { return (.email, .exact) }
            if digests.contains(digits) { return (.digest, .exact) }
            if !digests.isEmpty, digests.contains(try SHA256.digest(text).hex) { return (.digest, .exact) }
            return nil
        }
    }
}
