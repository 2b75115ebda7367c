/// A SHA-256 digest: 32 bytes, held in place.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes a digest has.
    public static let size = 32

    // As they lie in memory: a digest is read and written as bytes only.
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0

    /// The digest that `fill` writes to 32 bytes.
    init<Failure: Error>(filledBy fill: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Void) throws(Failure) {
        try unsafe withUnsafeMutableBytes(of: &self) { (raw) throws(Failure) in
            guard let start = raw.baseAddress else { return }
            try unsafe fill(start.assumingMemoryBound(to: UInt8.self))
        }
    }

    /// The digest of these bytes; nil where they are not 32.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.size else { return nil }
        unsafe self.init { start in
            for (place, byte) in bytes.enumerated() { unsafe start[place] = byte }
        }
    }

    /// The bytes, always 32.
    public var bytes: [UInt8] { unsafe withUnsafeBytes { unsafe Array($0) } }

    /// Lends the bytes, always 32.
    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe Swift.withUnsafeBytes(of: self) { unsafe body($0) }
    }

    /// The bytes in lower-case hexadecimal.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        let characters = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: characters, as: UTF8.self)
    }

    /// The bytes in lower-case hexadecimal.
    public var description: String { hex }
}
