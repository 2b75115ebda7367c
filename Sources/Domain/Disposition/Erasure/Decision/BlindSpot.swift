internal import Evaluation
internal import Records

/// What no run of this program looks into, whatever it could read: said with every answer to a request, so that nobody
/// takes silence for an all-clear.
///
/// - Source: hard cases 36, 39, 40, 42, 43, 71 and 81.
public enum BlindSpot: String, Sendable, Hashable, CaseIterable {
    case content, sameBytes = "same-bytes", copies, derived, models, backups

    /// What was not looked into, for people.
    ///
    /// - Parameter comparison: how far copies were looked for; nil where they were not.
    public func sentence(_ comparison: ContentComparison?) -> String {
        switch self {
        case .content:
            "what messages, items and files say: a name, a quotation or an attachment in somebody else's is not found, and "
                + "neither is what a provider keeps encrypted"
        case .sameBytes: "whether a file stands a second time \(comparison?.limit ?? "under another id")"
        case .copies: "shared links, exports that were handed on, and what was sent by e-mail"
        case .derived: "what other systems made from it: traces, analytics, caches, checkpoints, search indices"
        case .models: "models that were trained on a file, and keep what they learned when it is gone"
        case .backups: "backups and replicas; after one is restored, the request must be run again"
        }
    }
}

extension ErasureDecision {
    /// A kind of record that was not read to its end, and of which something of theirs may be unknown.
    public struct Unread: Sendable, Hashable {
        /// The source.
        public let source: String
        /// The kind's name.
        public let kind: String
        /// How much of it was looked at, in a word.
        public let extent: String
    }

    /// What of the sources could not be looked at to its end, by source and kind.
    public var unread: [Unread] {
        result.inventory.coverage.flatMap { source in
            Kind.allCases.filter { !source.decidedKinds.has($0) }.map { kind in
                Unread(source: source.name, kind: kind.name, extent: source.extent(of: kind).rawValue)
            }
        }.sorted { ($0.source, $0.kind) < ($1.source, $1.kind) }
    }
}
