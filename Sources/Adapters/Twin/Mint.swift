/// Makes ids and times: the same after the same calls, whatever the wall clock says.
struct Mint: Sendable {
    private var state: UInt64
    /// Seconds since 1970. It passes by a second with every object that is made.
    private(set) var now: Int64

    /// - Parameters:
    ///   - seed: what ids come from.
    ///   - now: when the service begins, in seconds since 1970.
    init(seed: UInt64, now: Int64) {
        state = seed
        self.now = now
    }

    /// An id of 24 letters and digits behind a prefix, as the provider's.
    mutating func id(_ prefix: String) -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        let letters = (0..<24).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] }
        return prefix + String(decoding: letters, as: UTF8.self)
    }

    /// When the next object is made.
    mutating func tick() -> Int64 {
        defer { now += 1 }
        return now
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
