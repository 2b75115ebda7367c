internal import CanonicalJSON
internal import Crypto
internal import Files
internal import Threads

/// Writes a plan in the one spelling of RFC 8785, with the SHA-256 of its body behind it: `{"plan":…,"sha256":"…"}`.
///
/// Several threads spell it, piece by piece, so that a plan of a million takes no more memory than its draft. The file is
/// whole or not there, and only its owner can read it.
public struct PlanWriter {
    /// The version of the form.
    public static let schemaVersion = "4"
    static let opening = #"{"plan":"#
    static let middle = #","sha256":""#
    static let closing = "\"}\n"

    /// How many records a thread spells at a time, and how many such pieces wait for those before them at most.
    private static let pieceRecords = 512
    private static let mostPieces = 8

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
        try spell(draft.actions.count, to: &output) { (index, writer, bytes) throws(PlanError) in
            try form.action(index, &writer, &bytes)
        }
        try form.middle(&writer, &output.bytes)
        try spell(draft.staying.count, to: &output) { (index, writer, bytes) throws(PlanError) in
            try form.staying(index, &writer, &bytes)
        }
        form.end(&writer, &output.bytes)
        return try output.commit(confirming: isConfirmed)
    }

    /// Has so many records spelled, and writes them in their order.
    private func spell(
        _ count: Int, to output: inout Output,
        _ record: @escaping @Sendable (_ index: Int, inout CanonicalWriter, inout [UInt8]) throws(PlanError) -> Void
    ) throws(PlanError) {
        let pieces = Pipeline<CanonicalWriter, Range<Int>, Result<[UInt8], PlanError>>(
            threads: count > Self.pieceRecords ? Processors.count : 0, inFlight: Self.mostPieces,
            input: { number in
                let start = number * Self.pieceRecords
                return start < count ? start..<min(start + Self.pieceRecords, count) : nil
            }, worker: { CanonicalWriter() }
        ) { writer, range in
            var bytes: [UInt8] = []
            do throws(PlanError) {
                for index in range { try record(index, &writer, &bytes) }
            } catch {
                return .failure(error)
            }
            return .success(bytes)
        }
        try pieces.run { (piece) throws(PlanError) in try output.write(try piece.get()) }
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

        /// Writes what waits, and these behind it.
        mutating func write(_ more: [UInt8]) throws(PlanError) {
            for piece in [bytes, more] {
                do throws(CryptoError) { try digest.update(piece) } catch { throw .crypto(error) }
                do throws(FileError) { try file.write(piece) } catch { throw .file(error) }
            }
            bytes = []
        }

        consuming func commit(confirming isConfirmed: (String) -> Bool) throws(PlanError) -> String? {
            try write([])
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
