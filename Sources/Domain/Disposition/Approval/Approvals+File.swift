internal import CanonicalJSON
internal import Crypto
internal import Files

extension Approvals {
    /// The version of the file's form.
    static let schemaVersion = "1"
    /// A signature takes some two hundred bytes.
    private static let mostBytes = 1 << 20

    /// Where the approvals of a file lie.
    public static func path(beside path: String) -> String { path + ".approvals" }

    /// The approvals that lie beside a file; none where there are none, or where they are another's: of what the file
    /// held before, say.
    ///
    /// - Throws: where the file is none that tenure wrote.
    public init(beside path: String, of matter: ApprovedMatter, digest: String) throws(ApprovalError) {
        let found = try Self.read(Self.path(beside: path))
        if let found, found.matter == matter, found.digest == digest {
            self = found
        } else {
            self.init(of: matter, digest: digest)
        }
    }

    /// The approvals in a file, whatever they are of; nil where there is no such file.
    static func read(_ path: String) throws(ApprovalError) -> Approvals? {
        var bytes: [UInt8]
        do throws(FileError) {
            bytes = try Files.read(path, limit: mostBytes)
        } catch {
            guard error.isAbsent else { throw .file(error) }
            return nil
        }
        if bytes.last == 0x0A { bytes.removeLast() }
        func invalid(_ reason: String) -> ApprovalError { .invalid(path: path, reason: reason) }
        guard let root = CanonicalValue(object: bytes) else {
            throw invalid("these are no approvals in the form that tenure writes, or they were cut off or changed")
        }
        guard root["schemaVersion"]?.text == schemaVersion else {
            throw invalid("the approvals are of another form than \(schemaVersion)")
        }
        guard let matter = root["of"]?.text.flatMap(ApprovedMatter.init), let digest = root["sha256"]?.text,
            case .array(let entries)? = root["signatures"]
        else { throw invalid("the approvals do not say what they are of") }
        var signatures: [Signature] = []
        for entry in entries {
            guard let signature = Signature(entry["name"]?.text, entry["signature"]?.text),
                !signatures.contains(where: { $0.name == signature.name })
            else { throw invalid("a signature is none, or somebody's second") }
            signatures.append(signature)
        }
        return Approvals(of: matter, digest: digest, signatures)
    }

    /// Writes them beside the file that they are of, whole or not at all.
    public func write(beside path: String) throws(ApprovalError) {
        let value = CanonicalValue.object([
            "of": .string(matter.rawValue), "schemaVersion": .string(Self.schemaVersion), "sha256": .string(digest),
            "signatures": .array(signatures.map(\.value)),
        ])
        let path = Self.path(beside: path)
        let bytes: [UInt8]
        do throws(CanonicalError) {
            bytes = try value.canonical()
        } catch {
            throw .invalid(path: path, reason: error.description)
        }
        do throws(FileError) {
            var file = try AtomicFile(path: path)
            try file.write(bytes + [0x0A])
            try file.commit()
        } catch {
            throw .file(error)
        }
    }
}

extension Approvals.Signature {
    /// A signature as files have it; nil where it is none.
    init?(_ name: String?, _ text: String?) {
        guard let name, let bytes = text.flatMap(Base64.decode), bytes.count == 64 else { return nil }
        (self.name, self.bytes) = (name, bytes)
    }

    /// The form of files.
    var value: CanonicalValue {
        .object(["name": .string(name), "signature": .string(Base64.encode(bytes))])
    }
}
