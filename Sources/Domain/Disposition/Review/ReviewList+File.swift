internal import CanonicalJSON
internal import Chronology
internal import Crypto
internal import Files
internal import JSONLines
internal import Records

extension ReviewList {
    private static let mostBytes = 1 << 30

    /// The SHA-256 of the list in canonical form, in hexadecimal: what is approved.
    public func digest() throws(PlanError) -> String {
        let bytes = try text(separator: "")
        do throws(CryptoError) { return try SHA256.digest(bytes).hex } catch { throw .crypto(error) }
    }

    /// Writes the list for people: a record a line. Only its owner can read the file.
    public func write(to path: String) throws(PlanError) {
        let bytes = try text(separator: "\n")
        do throws(FileError) {
            var file = try AtomicFile(path: path, mode: 0o600)
            try file.write(bytes + [0x0A])
            try file.commit()
        } catch {
            throw .file(error)
        }
    }

    /// The list, as a plan carries it.
    var value: CanonicalValue {
        .object([
            "asOf": .string(asOf.description), "expires": .string(expires.description),
            "records": .array(entries.map(\.value)), "requester": .string(requester),
            "schemaVersion": .string(Self.schemaVersion),
        ])
    }

    /// The members in the order of their names; nothing between them but the separator.
    private func text(separator: String) throws(PlanError) -> [UInt8] {
        var bytes = Array(
            #"{"asOf":"\#(asOf)","expires":"\#(expires)","records":["#.utf8)
        for (place, entry) in entries.enumerated() {
            bytes += (place > 0 ? "," : "").utf8
            bytes += separator.utf8
            bytes += try Self.canonical(entry.value)
        }
        bytes += separator.utf8
        bytes += #"],"requester":"#.utf8
        bytes += try Self.canonical(.string(requester))
        bytes += #","schemaVersion":"\#(Self.schemaVersion)"}"#.utf8
        return bytes
    }

    private static func canonical(_ value: CanonicalValue) throws(PlanError) -> [UInt8] {
        do throws(CanonicalError) {
            return try value.canonical()
        } catch {
            throw .unwritable(record: "the review", reason: error.description)
        }
    }

    /// Reads a list, with whatever white space it was edited.
    public init(path: String) throws(PlanError) {
        let bytes: [UInt8]
        do throws(FileError) { bytes = try Files.read(path, limit: Self.mostBytes) } catch { throw .file(error) }
        let read = JSONDocument.read(bytes) { record -> Result<ReviewList, PlanDefect> in
            guard case .value(let root) = record else { return .failure(PlanDefect(reason: "it is no JSON")) }
            do throws(PlanDefect) { return .success(try ReviewReader().list(root)) } catch { return .failure(error) }
        }
        switch read {
        case .success(let list): self = list
        case .failure(let defect): throw .invalidReview(path: path, reason: defect.reason)
        }
    }
}

extension ReviewList.Entry {
    fileprivate var value: CanonicalValue {
        let (word, until): (CanonicalValue, CanonicalValue) =
            switch decision {
            case .open: (.null, .null)
            case .keep(let until): (.string("keep"), .string(until.description))
            case .release: (.string("release"), .null)
            }
        return .object([
            "decision": word, "id": .string(name.id), "kind": .string(name.kind.name),
            "lastActivity": .string(lastActivity.description), "policy": .string(policy), "source": .string(source),
            "state": .string(state), "until": until,
        ])
    }
}
