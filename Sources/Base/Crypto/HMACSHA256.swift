internal import COpenSSL

/// A keyed digest: who does not have the key can neither make nor check it.
///
/// - Source: RFC 2104 with SHA-256.
public enum HMACSHA256 {
    /// The authentication code of a message under a key of any length.
    public static func authenticate(_ message: [UInt8], key: [UInt8]) throws(CryptoError) -> Digest {
        // OpenSSL takes a null key for "the key of last time", and an empty array may be null.
        let padded = key.isEmpty ? [0] : key
        return try unsafe Digest { (start) throws(CryptoError) in
            guard
                unsafe HMAC(EVP_sha256(), padded, Int32(clamping: key.count), message, message.count, start, nil) != nil
            else { throw CryptoError(operation: "HMAC-SHA-256") }
        }
    }

    /// The authentication code of a text's UTF-8.
    public static func authenticate(_ message: String, key: [UInt8]) throws(CryptoError) -> Digest {
        try authenticate(Array(message.utf8), key: key)
    }
}
