internal import CICU

extension String {
    /// The text in normalization form C, so that what looks the same has the same bytes; nil where ICU has no data.
    ///
    /// - Source: Unicode Standard Annex #15.
    public var composed: String? { unsafe converted(icu_compose) }

    /// A host name as the DNS has it, in lower case: `müller.example` is `xn--mller-kva.example`. Nil for what is none.
    ///
    /// - Source: Unicode Technical Standard #46, nontransitional processing.
    public var asciiHost: String? { isEmpty ? nil : unsafe converted(icu_host_to_ascii) }

    /// What one of ICU's functions makes of the text. They are safe from any thread, and keep no pointer.
    private func converted(
        _ convert: (UnsafePointer<UInt16>?, Int32, UnsafeMutablePointer<UInt16>?, Int32) -> Int32
    ) -> String? {
        let text = Array(utf16)
        guard let length = Int32(exactly: text.count) else { return nil }
        var result = [UInt16](repeating: 0, count: max(text.count * 3, 64))
        // Once more, in as much room as it asks for, where that was too little.
        for _ in 0..<2 {
            let capacity = Int32(clamping: result.count)
            let count = unsafe text.withUnsafeBufferPointer { text in
                unsafe result.withUnsafeMutableBufferPointer {
                    unsafe convert(text.baseAddress, length, $0.baseAddress, capacity)
                }
            }
            guard count >= 0 else { return nil }
            if count <= capacity { return String(decoding: result.prefix(Int(count)), as: UTF16.self) }
            result = [UInt16](repeating: 0, count: Int(count))
        }
        return nil
    }
}
