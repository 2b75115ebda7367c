public import AuditLog
internal import CanonicalJSON
public import Chronology
public import Crypto
public import Files

/// The people who were forgotten, as keyed hashes: enough to see that their data came back, and not to say whose it is.
///
/// The hashes are useless without the key of pseudonyms; whoever destroys that has destroyed the list.
///
/// - Source: hard cases 71, 72 and 76. California Civil Code § 1798.105(c)(3) lets a business keep a record of the request so
///   that what was deleted stays deleted.
public struct SuppressionList: Sendable, Equatable {
    private static let schemaVersion = "1"
    /// A hundred thousand people with ten identities each take some two hundred megabytes.
    private static let mostBytes = 1 << 28

    /// One way by which a person was known.
    struct Entry: Sendable, Hashable {
        /// The name of the request.
        let request: String
        /// When it was carried out.
        let since: String
        /// Where records say it.
        let place: SuppressionSpelling.Place
        /// The keyed hash.
        let token: String

        fileprivate var order: (String, String, Int, String) {
            (request, place.metadataKey ?? "", place == .id ? 1 : 0, token)
        }
    }

    private(set) var entries: [Entry] = []

    /// Nobody.
    public init() {}

    /// How many people are on it.
    public var requests: Int { Set(entries.map(\.request)).count }

    /// The metadata keys that must be read to find them, sorted.
    public var metadataKeys: [String] {
        Set(entries.compactMap(\.place.metadataKey)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The tokens, by where records say them.
    var tokens: [SuppressionSpelling.Place: Set<String>] {
        Dictionary(grouping: entries, by: \.place).mapValues { Set($0.map(\.token)) }
    }

    /// Puts a person on the list; one who is there already stays as they are.
    public mutating func add(
        _ request: PrivacyRequest, key: PseudonymKey, at instant: Instant
    ) throws(SuppressionError) {
        var known = Set(entries.map { Known(request: $0.request, place: $0.place, token: $0.token) })
        for identity in request.identities {
            for spelling in try SuppressionSpelling.listed(identity) {
                let token: String
                do throws(AuditError) { token = try key.token(subject: spelling.text) } catch { throw .token(error) }
                guard known.insert(Known(request: request.name, place: spelling.place, token: token)).inserted else {
                    continue
                }
                entries.append(
                    Entry(request: request.name, since: instant.rfc3339, place: spelling.place, token: token))
            }
        }
        entries.sort { $0.order < $1.order }
    }

    private struct Known: Hashable {
        let request: String
        let place: SuppressionSpelling.Place
        let token: String
    }

    /// Reads a list; a file that is absent is an empty one where `mustExist` is false.
    public init(path: String, mustExist: Bool) throws(SuppressionError) {
        if !mustExist, Files.kind(of: path) == nil { return }
        let bytes: [UInt8]
        do throws(FileError) { bytes = try Files.read(path, limit: Self.mostBytes) } catch { throw .file(error) }
        guard bytes.last == 0x0A, let object = CanonicalValue(object: Array(bytes.dropLast())),
            object["schemaVersion"]?.text == Self.schemaVersion, case .array(let items)? = object["entries"]
        else { throw .invalid(path: path) }
        for item in items {
            guard let request = item["request"]?.text, let since = item["since"]?.text, let token = item["token"]?.text,
                let key = item["metadataKey"], case .boolean(let isId)? = item["id"], key.text == nil || !isId
            else { throw .invalid(path: path) }
            let place = key.text.map(SuppressionSpelling.Place.metadata) ?? (isId ? .id : .people)
            entries.append(Entry(request: request, since: since, place: place, token: token))
        }
    }

    /// Writes the list, whole or not at all, for its owner alone.
    public func write(to path: String) throws(SuppressionError) {
        let items = entries.map { entry -> CanonicalValue in
            .object([
                "id": .boolean(entry.place == .id),
                "metadataKey": entry.place.metadataKey.map(CanonicalValue.string) ?? .null,
                "request": .string(entry.request), "since": .string(entry.since), "token": .string(entry.token),
            ])
        }
        let object: CanonicalValue = .object([
            "entries": .array(items), "schemaVersion": .string(Self.schemaVersion),
        ])
        guard let bytes = try? object.canonical() else { throw .invalid(path: path) }
        do throws(FileError) {
            var file = try AtomicFile(path: path, mode: 0o600)
            try file.write(bytes + [0x0A])
            try file.commit()
        } catch {
            throw .file(error)
        }
    }
}

extension SuppressionSpelling.Place {
    /// The metadata key that says it; nil where another part of a record does.
    fileprivate var metadataKey: String? { if case .metadata(let key) = self { key } else { nil } }
}

/// Why a list cannot be used.
public enum SuppressionError: Error, Sendable, CustomStringConvertible {
    /// It cannot be read or written.
    case file(FileError)
    /// It is none that this program wrote.
    case invalid(path: String)
    /// A token cannot be made.
    case token(AuditError)
    /// OpenSSL fails.
    case crypto(CryptoError)

    /// One line.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .invalid(let path): "\(path): this is no list that tenure wrote; restore it from where you keep its copies"
        case .token(let error): error.description
        case .crypto(let error): error.description
        }
    }
}
