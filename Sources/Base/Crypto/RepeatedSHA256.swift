internal import COpenSSL

/// SHA-256 of one short message after another, with nothing allocated for any of them.
///
/// Each message follows a byte that says what it is, as the trees of RFC 6962 have it. An OpenSSL context belongs to one
/// owner and one thread at a time.
@safe
public struct RepeatedSHA256: ~Copyable {
    private let context: OpaquePointer

    /// Nothing was digested yet.
    public init() throws(CryptoError) {
        let context = unsafe EVP_MD_CTX_new()
        guard let context = unsafe context, unsafe EVP_DigestInit_ex2(context, EVP_sha256(), nil) == 1 else {
            unsafe EVP_MD_CTX_free(context)
            throw CryptoError(operation: "SHA-256")
        }
        unsafe self.context = context
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// The digest of a tag and the message behind it.
    public mutating func digest(_ tag: UInt8, _ message: borrowing Span<UInt8>) throws(CryptoError) -> Digest {
        var tag = tag
        try begin()
        let isAdded = unsafe message.withUnsafeBytes { bytes in
            unsafe EVP_DigestUpdate(context, &tag, 1) == 1
                && EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
        }
        return try finish(isAdded)
    }

    /// The digest of a tag and two digests behind it.
    public mutating func digest(_ tag: UInt8, _ left: Digest, _ right: Digest) throws(CryptoError) -> Digest {
        try begin()
        let isAdded = unsafe withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Digest.size, alignment: 8) { buffer in
            unsafe buffer[0] = tag
            unsafe left.withUnsafeBytes {
                unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[1...]).copyMemory(from: $0)
            }
            unsafe right.withUnsafeBytes {
                unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[(1 + Digest.size)...]).copyMemory(from: $0)
            }
            return unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count) == 1
        }
        return try finish(isAdded)
    }

    private func begin() throws(CryptoError) {
        // Without an algorithm, OpenSSL keeps the one of before, and does not look for it again.
        guard unsafe EVP_DigestInit_ex2(context, nil, nil) == 1 else { throw CryptoError(operation: "SHA-256") }
    }

    private func finish(_ isAdded: Bool) throws(CryptoError) -> Digest {
        guard isAdded else { throw CryptoError(operation: "SHA-256") }
        return try unsafe Digest { (start) throws(CryptoError) in
            guard unsafe EVP_DigestFinal_ex(context, start, nil) == 1 else { throw CryptoError(operation: "SHA-256") }
        }
    }
}
