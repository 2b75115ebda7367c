internal import CanonicalJSON
internal import Crypto
internal import Files

/// Writes a plan in the one spelling of RFC 8785, with the SHA-256 of its body behind it: `{"plan":…,"sha256":"…"}`.
///
/// It goes action by action, so that a plan of a million takes no more memory than its draft. The file is whole or not
/// there, and only its owner can read it.
public struct PlanWriter {
    /// The version of the form.
    public static let schemaVersion = "4"
    static let opening = #"{"plan":"#
    static let middle = #","sha256":""#
    static let closing = "\"}\n"

    private static let pieceBytes = 1 << 16

    private let draft: DraftPlan
    private let binding: PlanBinding

    /// A writer of this draft.
    public init(_ draft: DraftPlan, _ binding: PlanBinding) {
        self.draft = draft
        self.binding = binding
    }

    /// Writes the file.
    ///
    /// - Returns: the digest of the body, in hexadecimal: what is approved and executed.
    public func write(to path: String) throws(PlanError) -> String {
        try write(to: path) { _ in true } ?? ""
    }

    /// Writes the file, if its digest is confirmed before it gets its name.
    ///
    /// - Returns: the digest of the body; nil where it was not confirmed, and nothing was written.
    public func write(to path: String, confirming isConfirmed: (String) -> Bool) throws(PlanError) -> String? {
        var output = Output(try Output.opened(path), try Output.begun())
        try output.unhashed(Self.opening)
        let form = PlanForm(draft, binding)
        var writer = CanonicalWriter()
        output.bytes += PlanForm.head.utf8
        for index in draft.actions.indices {
            try form.action(index, &writer, &output.bytes)
            if output.bytes.count >= Self.pieceBytes { try output.flush() }
        }
        try form.middle(&writer, &output.bytes)
        for index in draft.staying.indices {
            try form.staying(index, &writer, &output.bytes)
            if output.bytes.count >= Self.pieceBytes { try output.flush() }
        }
        form.end(&writer, &output.bytes)
        return try output.commit(confirming: isConfirmed)
    }

    /// The file, and the digest of what goes into it.
    private struct Output: ~Copyable {
        var bytes: [UInt8] = []
        private var file: AtomicFile
        private var digest: SHA256

        init(_ file: consuming AtomicFile, _ digest: consuming SHA256) {
            self.file = file
            self.digest = digest
        }

        static func opened(_ path: String) throws(PlanError) -> AtomicFile {
            do throws(FileError) { return try AtomicFile(path: path, mode: 0o600) } catch { throw .file(error) }
        }

        static func begun() throws(PlanError) -> SHA256 {
            do throws(CryptoError) { return try SHA256() } catch { throw .crypto(error) }
        }

        mutating func unhashed(_ text: String) throws(PlanError) {
            do throws(FileError) { try file.write(text) } catch { throw .file(error) }
        }

        mutating func flush() throws(PlanError) {
            do throws(CryptoError) { try digest.update(bytes) } catch { throw .crypto(error) }
            do throws(FileError) { try file.write(bytes) } catch { throw .file(error) }
            bytes.removeAll(keepingCapacity: true)
        }

        consuming func commit(confirming isConfirmed: (String) -> Bool) throws(PlanError) -> String? {
            try flush()
            let hex: String
            do throws(CryptoError) { hex = try digest.finish().hex } catch { throw .crypto(error) }
            guard isConfirmed(hex) else { return nil }
            do throws(FileError) {
                try file.write(PlanWriter.middle + hex + PlanWriter.closing)
                try file.commit()
            } catch {
                throw .file(error)
            }
            return hex
        }
    }
}
