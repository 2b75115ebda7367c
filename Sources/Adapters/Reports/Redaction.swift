internal import CanonicalJSON
internal import Crypto
internal import Evaluation
internal import Policies
public import Records

/// The stable tokens that stand for ids where a report is redacted.
public enum Redaction {
    /// What stands for the record's id: `r-` and sixteen hexadecimal digits of a digest over source, kind and id.
    ///
    /// It is the same in every run, so that reports can be compared and `explain` can find the record again. It has no
    /// key: whoever can list the ids can find them in it.
    public static func token(source: String, kind: Kind, id: String) throws(ReportError) -> String {
        try token(source: source, kind: kind, id: id.utf8Span.span)
    }

    /// What stands for a tenant: `t-` and sixteen hexadecimal digits of a digest over its name.
    ///
    /// A tenant's name is a metadata value, and no report shows those. The token is the same in every run; it has no
    /// key, so whoever can guess the name can find it in it.
    public static func token(tenant: String) throws(ReportError) -> String {
        var token = Array("t-".utf8)
        token.append(hexadecimal: try digest(Array("tenure/tenant/v1\0\(tenant)".utf8)))
        return String(decoding: token, as: UTF8.self)
    }

    /// What stands for an owner: `o-` and sixteen hexadecimal digits of a digest over its name, as with tenants.
    public static func token(owner: String) throws(ReportError) -> String {
        var token = Array("o-".utf8)
        token.append(hexadecimal: try digest(Array("tenure/owner/v1\0\(owner)".utf8)))
        return String(decoding: token, as: UTF8.self)
    }

    static func token(source: String, kind: Kind, id: Span<UInt8>) throws(ReportError) -> String {
        var input = Array("tenure/redact/v1\0\(source)\0\(kind.name)\0".utf8)
        input.append(id)
        var token = Array("r-".utf8)
        token.append(hexadecimal: try digest(input))
        return String(decoding: token, as: UTF8.self)
    }
}

extension ScanReport {
    /// Why the scan is incomplete, and in which source.
    var shownReasons: [(source: String?, message: String)] {
        result.incomplete.map { ($0.source, shownMessage($0)) }
    }

    /// The reason in words. The ids in it are those of canaries, which redaction takes out.
    func shownMessage(_ reason: Incompleteness) -> String {
        guard redacts else { return reason.message }
        let canaries = result.policies.sources.flatMap(\.canaries).filter { !$0.isEmpty }
        return canaries.reduce(reason.message) { $0.replacing($1, with: "(redacted)") }
    }
}

/// The first eight bytes of the SHA-256 of the input.
func digest(_ input: [UInt8]) throws(ReportError) -> ArraySlice<UInt8> {
    do throws(CryptoError) { return try SHA256.digest(input).bytes.prefix(8) } catch { throw .digest(error) }
}

extension [UInt8] {
    /// Adds bytes as lower-case hexadecimal digits.
    mutating func append(hexadecimal bytes: some Sequence<UInt8>) {
        for byte in bytes {
            append(hexadecimalDigit: byte >> 4)
            append(hexadecimalDigit: byte & 15)
        }
    }

    private mutating func append(hexadecimalDigit digit: UInt8) {
        append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
}
