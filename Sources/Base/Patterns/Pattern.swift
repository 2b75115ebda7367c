internal import CRE2

/// A regular expression that matches in time linear in the text, whatever the pattern.
///
/// Patterns and texts are UTF-8. One pattern may be used from any number of threads at once.
@safe
public final class Pattern: Sendable {
    /// The expression as it was given.
    public let text: String

    /// RE2 expressions are immutable to their users and lock their caches themselves.
    private nonisolated(unsafe) let raw: OpaquePointer

    /// What one pattern may use, its lazily built automaton included: RE2's default, in which some 130,000 instructions
    /// fit. Compiling so many takes 0.2 s.
    private static let maximumMemory: Int64 = 8 << 20

    /// Compiles RE2 syntax.
    public init(_ text: String) throws(PatternError) {
        var copy = text
        var compiled: OpaquePointer?
        let status = copy.withUTF8 { utf8 in
            unsafe utf8.withMemoryRebound(to: CChar.self) { characters in
                unsafe cre2_compile(characters.baseAddress, characters.count, Pattern.maximumMemory, &compiled)
            }
        }
        guard let compiled = unsafe compiled, status == cre2_ok else {
            let reason = unsafe compiled.map { unsafe Pattern.reason($0) } ?? "there is none left"
            unsafe compiled.map { unsafe cre2_free($0) }
            throw PatternError(code: Pattern.code(status), pattern: text, reason: reason)
        }
        self.text = text
        unsafe raw = compiled
    }

    deinit { unsafe cre2_free(raw) }

    /// How many instructions the compiled expression has. Matching takes at most a step for each and each byte of text.
    public var size: Int { Int(unsafe cre2_size(raw)) }

    /// Whether the expression occurs anywhere in the text.
    public func matches(_ text: String) throws(PatternError) -> Bool {
        try matches(utf8: text.utf8.span)
    }

    /// Whether the expression occurs anywhere in the text, given as UTF-8.
    public func matches(utf8: borrowing Span<UInt8>) throws(PatternError) -> Bool {
        var found = false
        let status = unsafe utf8.withUnsafeBytes { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                unsafe cre2_search(raw, characters.baseAddress, characters.count, &found)
            }
        }
        guard status == cre2_ok else {
            throw PatternError(code: Pattern.code(status), pattern: self.text, reason: "there is none left")
        }
        return found
    }

    private static func reason(_ raw: OpaquePointer) -> String {
        let message = unsafe string(raw, cre2_error)
        let part = unsafe string(raw, cre2_error_part)
        return part.isEmpty || message.contains(part) ? message : "\(message): \(part)"
    }

    private static func string(
        _ raw: OpaquePointer, _ read: (OpaquePointer?, UnsafeMutablePointer<Int>?) -> UnsafePointer<CChar>?
    ) -> String {
        var length = 0
        guard let characters = unsafe read(raw, &length) else { return "" }
        let bytes = unsafe UnsafeRawBufferPointer(start: characters, count: length)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    private static func code(_ status: cre2_status) -> PatternError.Code {
        switch status {
        case cre2_syntax: .syntax
        case cre2_memory: .outOfMemory
        default: .internal
        }
    }
}
