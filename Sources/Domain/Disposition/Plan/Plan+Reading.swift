internal import CanonicalJSON
internal import Chronology
internal import Crypto
internal import Files
internal import JSONLines
internal import Records

extension Plan {
    /// A million actions take some four hundred megabytes.
    private static let mostBytes = 1 << 31

    /// Reads a plan, and refuses whatever `PlanWriter` did not write just so.
    public init(path: String) throws(PlanError) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Files.read(path, limit: Self.mostBytes)
        } catch {
            throw .file(error)
        }
        try self.init(bytes, path)
    }

    init(_ bytes: [UInt8], _ path: String) throws(PlanError) {
        func invalid(_ reason: String) -> PlanError { .invalid(path: path, reason: reason) }
        let (opening, middle) = (Array(PlanWriter.opening.utf8), Array(PlanWriter.middle.utf8))
        let closing = Array(PlanWriter.closing.utf8)
        let end = bytes.count - closing.count - Digest.size * 2 - middle.count
        guard end > opening.count, bytes.starts(with: opening), bytes[end...].starts(with: middle),
            bytes.suffix(closing.count).elementsEqual(closing),
            CanonicalForm.isObject(bytes.span.extracting(0..<bytes.count - 1))
        else { throw invalid("it is no plan in the form that tenure writes, or it was cut off or changed") }
        let stated = String(decoding: bytes[(end + middle.count)...].prefix(Digest.size * 2), as: UTF8.self)
        let actual: String
        do throws(CryptoError) {
            var digest = try SHA256()
            try digest.update(bytes.span.extracting(opening.count..<end))
            actual = try digest.finish().hex
        } catch {
            throw .crypto(error)
        }
        guard stated == actual else { throw invalid("it was changed after it was written: its digest is another") }
        do throws(PlanDefect) {
            self = try PlanReader(digest: actual).read(opening.count..<end, of: bytes)
        } catch {
            throw invalid(error.reason)
        }
    }
}

/// Why bytes that are canonical are no plan.
struct PlanDefect: Error {
    let reason: String
}
