import Crypto

@testable import AuditLog

/// Keys that everybody knows.
enum Samples {
    static let origin = "audit.example.test/tenant-a/deletions"

    /// - Source: RFC 8032, section 7.1: the seeds of tests 1 and 2.
    static let pem = pem("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    static let otherPEM = pem("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")

    static func signer(_ name: String = origin, pem: String = pem) throws -> LogSigner {
        guard let key = Ed25519.PrivateKey(pem: pem) else { throw CryptoFailure() }
        return try LogSigner(name: name, key: key)
    }

    struct CryptoFailure: Error {}

    private static func pem(_ seed: String) -> String {
        let prefix: [UInt8] = [0x30, 0x2E, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 0x22, 4, 0x20]
        let digits = Array(seed)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        return "-----BEGIN PRIVATE KEY-----\n\(Base64.encode(prefix + bytes))\n-----END PRIVATE KEY-----\n"
    }
}
