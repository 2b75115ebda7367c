public import Crypto

extension PolicyLock {
    /// Refuses a lock that the people whom it names did not sign as it stands.
    ///
    /// Every key and every signer counts once, and a signature that is not valid is never passed over.
    public func verify() throws(LockError) {
        try checkSigners()
        let signed = try validSigners()
        guard signed.count >= threshold else {
            throw LockError(
                "the lock has \(signed.count) of the \(threshold) signatures that it needs",
                hint: "let others sign it with `tenure lock sign`")
        }
    }

    /// Refuses a lock that does not follow from an older one that is trusted: an older lock in its place, other terms
    /// under the same number, or new terms that the people of the older lock did not sign.
    public func verify(since older: PolicyLock) throws(LockError) {
        try verify()
        let hint = "restore the newest lock, or let the signers of the trusted one sign this"
        guard serial >= older.serial else {
            throw LockError("the lock is number \(serial), and number \(older.serial) was seen before", hint: hint)
        }
        if serial == older.serial {
            guard try digest() == older.digest() else {
                throw LockError("the lock is not the one that was seen under its number \(serial)", hint: hint)
            }
            return
        }
        let known = Set(older.signers.map(\.key))
        let signed = try validSigners().filter { known.contains($0.key) }
        guard signed.count >= older.threshold else {
            throw LockError(
                "\(signed.count) signers of lock number \(older.serial) signed number \(serial), and it takes"
                    + " \(older.threshold)", hint: hint)
        }
    }

    /// Refuses a lock that can be neither what came before a trusted one nor what may follow it.
    ///
    /// Between a lock and the next but one the people may all have changed, so that of a lock further back only its own
    /// signatures tell.
    func verify(besides trusted: PolicyLock) throws(LockError) {
        guard serial < trusted.serial else { return try verify(since: trusted) }
        try verify()
        if serial + 1 == trusted.serial { try trusted.verify(since: self) }
    }

    func checkSigners() throws(LockError) {
        guard threshold >= Self.leastThreshold, threshold <= signers.count else {
            throw LockError(
                "the lock asks for \(threshold) of \(signers.count) signers",
                hint: "at least \(Self.leastThreshold) must sign, and there must be as many keys")
        }
        guard Set(signers.map(\.name)).count == signers.count, Set(signers.map(\.key)).count == signers.count else {
            throw LockError(
                "the lock lists a signer or a key twice", hint: "each person has one key, and each key one person")
        }
    }

    /// Those whose signature stands, after a look at every signature.
    func validSigners() throws(LockError) -> [Signer] {
        let message = try message()
        var found: [Signer] = []
        for signature in signatures {
            guard let signer = signers.first(where: { $0.name == signature.signer }) else {
                throw LockError("the lock is signed by \(quoted(signature.signer)), whose key it does not list")
            }
            guard !found.contains(signer) else {
                throw LockError("\(quoted(signer.name)) signed the lock twice", hint: "one signature a person counts")
            }
            guard signer.key.isValid(signature.bytes, for: message) else {
                throw LockError("the signature of \(quoted(signer.name)) does not fit what the lock says")
            }
            found.append(signer)
        }
        return found
    }

    /// Adds a signature, in the place of an older one by the same person.
    public mutating func sign(with key: Ed25519.PrivateKey) throws(LockError) {
        let message = try message()
        let own: Ed25519.PublicKey
        let bytes: [UInt8]
        do throws(CryptoError) {
            own = try key.publicKey()
            bytes = try key.signature(for: message)
        } catch {
            throw LockError(error.description)
        }
        guard let signer = signers.first(where: { $0.key == own }) else {
            throw LockError(
                "the lock does not list this key", hint: "draft it anew with --signer NAME=FILE for this person")
        }
        signatures.removeAll { $0.signer == signer.name }
        signatures.append(Signature(signer: signer.name, bytes: bytes))
        signatures.sort { $0.signer < $1.signer }
    }
}
