internal import COpenSSL

/// SHA-256 over bytes that arrive piece by piece.
///
/// An OpenSSL context belongs to one owner and one thread at a time.
@safe
public struct SHA256: ~Copyable {
    private let context: OpaquePointer

    /// Begins a digest.
    public init() throws(CryptoError) {
        let context = unsafe EVP_MD_CTX_new()
        guard let context = unsafe context, unsafe EVP_DigestInit_ex2(context, EVP_sha256(), nil) == 1 else {
            unsafe EVP_MD_CTX_free(context)
            throw CryptoError(operation: "SHA-256")
        }
        unsafe self.context = context
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Adds bytes.
    public mutating func update(_ bytes: borrowing Span<UInt8>) throws(CryptoError) {
        let status = unsafe bytes.withUnsafeBytes { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        guard status == 1 else { throw CryptoError(operation: "SHA-256") }
    }

    /// Adds bytes.
    public mutating func update(_ bytes: [UInt8]) throws(CryptoError) {
        try update(bytes.span)
    }

    /// Adds the text's UTF-8.
    public mutating func update(_ text: String) throws(CryptoError) {
        try update(text.utf8.span)
    }

    /// The digest of all that was added.
    public consuming func finish() throws(CryptoError) -> Digest {
        try unsafe Digest { (start) throws(CryptoError) in
            guard unsafe EVP_DigestFinal_ex(context, start, nil) == 1 else { throw CryptoError(operation: "SHA-256") }
        }
    }

    /// The digest of the bytes.
    public static func digest(_ bytes: [UInt8]) throws(CryptoError) -> Digest {
        var hash = try SHA256()
        try hash.update(bytes)
        return try hash.finish()
    }

    /// The digest of the text's UTF-8.
    public static func digest(_ text: String) throws(CryptoError) -> Digest {
        try digest(Array(text.utf8))
    }
}
