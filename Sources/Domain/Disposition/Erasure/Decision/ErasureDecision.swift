internal import Chronology
public import Crypto
public import Evaluation
internal import Policies
internal import Records

/// What a request comes to: what goes, what the law keeps, what a person has to look at, what nobody could look at.
public struct ErasureDecision: Sendable {
    /// A record that the law keeps for now.
    public struct Kept: Sendable, Hashable {
        /// Its row.
        public let row: Int
        /// What keeps it, by name.
        public let grounds: [KeepingGround]
    }

    /// A record that a person has to look at.
    public struct Looked: Sendable, Hashable {
        /// Its row.
        public let row: Int
        /// Why.
        public let reason: Reason
    }

    /// Why a person has to look at a record.
    public enum Reason: Sendable, Hashable {
        /// Whose it is, or how far, is in doubt.
        case doubt(FoundRecord.Doubt)
        /// It is theirs, and something other than a law stands against its deletion.
        case obstacle(Obstacle)

        /// The name in outputs.
        public var name: String {
            switch self {
            case .doubt(let doubt): doubt.rawValue
            case .obstacle(let obstacle): obstacle.rawValue
            }
        }
    }

    /// What stands against the deletion of a record that is theirs, beside the law.
    public enum Obstacle: String, Sendable, Hashable, CaseIterable {
        /// An expression failed on it, or on something in it.
        case error
        /// Something that stays uses it, or something in it.
        case inUse = "in-use"
        /// What may protect it, or use it, was not read to its end.
        case unread
        /// A hold asks whose it is, and nobody can say.
        case unknownOwner = "unknown-owner"
        /// Nothing is known of a call that deletes it: its provider has to be asked.
        case noCall = "no-call"
    }

    /// Who was looked for, and what was found.
    public let discovery: Discovery
    /// The run, decided for the request.
    public let result: ScanResult
    /// The rows of what goes because it is theirs, or because it is in what goes, ascending.
    public private(set) var going: [Int]
    /// What the law keeps, by source, kind and id.
    public let kept: [Kept]
    /// What a person has to look at, by source, kind and id.
    public private(set) var review: [Looked]

    /// The rows of the files of theirs whose purpose is one for which models are trained, or unknown, by source and id: what
    /// was made from them does not go with them.
    ///
    /// - Source: hard case 36.
    public var irreversible: [Int] {
        discovery.theirs.map(\.row).filter(result.inventory.isUsedUnseen)
    }

    /// Looks for a person in what a run read, and decides about what is theirs.
    public init(_ request: PrivacyRequest, in scan: ScanResult) throws(CryptoError) {
        let discovery = try Discovery(request, in: scan)
        let result = scan.deciding(request: discovery.asked)
        self.discovery = discovery
        self.result = result
        going = result.departures()
        let goes = Set(going)
        var kept: [Kept] = []
        var review = discovery.review.filter { !goes.contains($0.row) }.compactMap { record in
            record.doubt.map { Looked(row: record.row, reason: .doubt($0)) }
        }
        for row in discovery.theirs.map(\.row) where !goes.contains(row) {
            let grounds = Self.grounds(row, result)
            if grounds.isEmpty {
                review.append(Looked(row: row, reason: .obstacle(Self.obstacle(row, result))))
            } else {
                kept.append(Kept(row: row, grounds: grounds))
            }
        }
        self.kept = kept.sorted { result.inventory.precedes($0.row, $1.row) }
        self.review = review.sorted { result.inventory.precedes($0.row, $1.row) }
    }

    /// Has a person look at what would go and what no call deletes that the plan knows.
    public mutating func leave(whatNoCallDeletes draft: DraftPlan) {
        let stuck = draft.staying.filter { $0.reasons.contains(.noCall) || $0.reasons.contains(.noProvider) }.map(\.row)
        let left = Set(going).intersection(stuck)
        going.removeAll(where: left.contains)
        review += left.map { Looked(row: $0, reason: .obstacle(.noCall)) }
        review.sort { result.inventory.precedes($0.row, $1.row) }
    }

    /// What keeps a record now; empty where nothing does.
    private static func grounds(_ row: Int, _ result: ScanResult) -> [KeepingGround] {
        result.keepers(of: row).filter { $0.until.map { $0 > result.asOf } ?? true }.map { keeper in
            KeepingGround(
                ground: ground(keeper, result), document: keeper.name, until: keeper.until?.description)
        }.sorted { ($0.document, $0.ground) < ($1.document, $1.ground) }
    }

    private static func ground(_ keeper: Explanation.Keeper, _ result: ScanResult) -> Ground {
        switch keeper.document {
        case .hold: .claims
        case .policy:
            result.policies.retention.contains { $0.name == keeper.name && $0.basis == .claims } ? .claims : .statute
        }
    }

    private static func obstacle(_ row: Int, _ result: ScanResult) -> Obstacle {
        let obstacles = result.obstacles(row)
        if obstacles.contains(where: { $0.state == .error }) { return .error }
        if obstacles.contains(where: { $0.reason == .unread }) { return .unread }
        if obstacles.contains(where: { $0.reason == .review }) { return .unknownOwner }
        return .inUse
    }
}
