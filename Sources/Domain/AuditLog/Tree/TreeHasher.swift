public import Crypto

/// The two hashes that an RFC 6962 tree is made of: of an entry, and of two subtrees.
///
/// - Source: RFC 6962, section 2.1.
public struct TreeHasher: ~Copyable {
    private var sha256: RepeatedSHA256

    /// A hasher for one thread.
    public init() throws(AuditError) {
        sha256 = try crypto { () throws(CryptoError) in try RepeatedSHA256() }
    }

    /// The hash of an entry.
    public mutating func leaf(_ entry: borrowing Span<UInt8>) throws(AuditError) -> Digest {
        do throws(CryptoError) { return try sha256.digest(0, entry) } catch { throw AuditError(error) }
    }

    /// The hash of a tree of two subtrees.
    public mutating func node(_ left: Digest, _ right: Digest) throws(AuditError) -> Digest {
        do throws(CryptoError) { return try sha256.digest(1, left, right) } catch { throw AuditError(error) }
    }
}
