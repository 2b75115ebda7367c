import Crypto

/// Terms of policies that several people signed, so that one alone can change none of them for the weaker.
///
/// The lock is a file beside the policies. It holds the locked terms of each policy, the public keys that may sign, how
/// many of them must, and their signatures. No private key is ever near it.
public struct PolicyLock: Equatable, Sendable {
    /// The name of the file, at the top of the directory of policies.
    public static let fileName = "policies.lock"
    /// Whether a path is that of a lock.
    static func isLock(_ path: String) -> Bool { path.split(separator: "/").last.map(String.init) == fileName }

    /// The name of a lock that still lacks signatures.
    public static let draftName = "policies.lock.draft"
    /// The version of the file's form.
    public static let schemaVersion = "1"
    /// The least number of people who must sign.
    ///
    /// - Source: hard case 30: new signatures by two people.
    public static let leastThreshold = 2

    /// One signature, by the name of its signer.
    public struct Signature: Hashable, Sendable {
        let signer: String
        let bytes: [UInt8]
    }

    /// Counts the locks of these policies, so that an old one cannot pass for the newest.
    public internal(set) var serial: Int
    /// How many signers are needed.
    public internal(set) var threshold: Int
    /// Who may sign, by name.
    public internal(set) var signers: [Signer]
    /// What is locked, by policy.
    var terms: [LockedTerms]
    /// The signatures, by the name of their signer.
    public internal(set) var signatures: [Signature]

    /// The names of the policies that are locked.
    public var policies: [String] { terms.map(\.policy) }

    /// Those whose signatures it carries.
    public var signerNames: [String] { signatures.map(\.signer) }

    private var body: [(key: String, value: JSON)] {
        [
            ("schemaVersion", .string(Self.schemaVersion)), ("serial", .int(serial)), ("threshold", .int(threshold)),
            (
                "keys",
                .array(
                    signers.map { .object([("name", .string($0.name)), ("publicKey", .string($0.key.text))]) })
            ),
            ("policies", .array(terms.map(\.json))),
        ]
    }

    /// The SHA-256 of all but the signatures, in lower-case hexadecimal.
    public func digest() throws(LockError) -> String {
        do throws(CryptoError) {
            return try SHA256.digest(JSON.object(body).text).hex
        } catch {
            throw LockError(error.description)
        }
    }

    /// What is signed.
    func message() throws(LockError) -> [UInt8] { Array("tenure policy lock v1\nsha256:\(try digest())\n".utf8) }

    /// The file's text.
    public var text: String {
        let list = signatures.map {
            JSON.object([("key", .string($0.signer)), ("signature", .string(Base64.encode($0.bytes)))])
        }
        return JSON.object(body + [("signatures", .array(list))]).text + "\n"
    }
}

/// Why a lock cannot be made, read or trusted: where, what, and what to do next.
public struct LockError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, without a full stop.
    public let message: String
    /// What to do next.
    public let hint: String

    init(_ message: String, hint: String = "restore the file from version control, or make and sign a new one") {
        self.message = message
        self.hint = hint
    }

    /// Both in one line.
    public var description: String { "\(message); \(hint)" }
}
