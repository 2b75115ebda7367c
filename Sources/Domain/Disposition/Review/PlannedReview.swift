public import Chronology
public import Evaluation
public import Policies
internal import Records

/// The decisions of an approved review list, as far as they are about what is there now: what a plan is made with.
public struct PlannedReview: Sendable, Hashable {
    /// A record that stays.
    public struct Kept: Sendable, Hashable {
        /// The record's source.
        public let source: String
        /// The record.
        public let name: Plan.Name
        /// The last day, in UTC, on which it must stay.
        public let until: CivilDate
    }

    /// A record that one policy may have deleted.
    public struct Released: Sendable, Hashable {
        /// The record's source.
        public let source: String
        /// The record.
        public let name: Plan.Name
        /// The policy.
        public let policy: String
    }

    /// The list, as people signed it: what it is not, nobody decided.
    public let list: ReviewList
    /// The digest of the list.
    public let digest: String
    /// The signatures over that digest, by name.
    public let signatures: [Approvals.Signature]
    /// What stays.
    public let kept: [Kept]
    /// What may go.
    public let released: [Released]

    /// Who approved it, by name.
    public var signers: [String] { signatures.map(\.name) }

    private init(
        _ list: ReviewList, digest: String, _ signatures: [Approvals.Signature],
        isReleased: (ReviewList.Entry) -> Bool
    ) {
        var kept: [Kept] = []
        var released: [Released] = []
        for entry in list.entries {
            switch entry.decision {
            case .open: break
            case .keep(let until): kept.append(Kept(source: entry.source, name: entry.name, until: until))
            case .release:
                guard isReleased(entry) else { continue }
                released.append(Released(source: entry.source, name: entry.name, policy: entry.policy))
            }
        }
        (self.list, self.digest, self.signatures) = (list, digest, signatures)
        (self.kept, self.released) = (kept, released)
    }

    /// All that people signed for, whatever has happened to it since.
    ///
    /// Whether the signatures stand is for who knows the signers: `Plan.closedReviews`.
    init(_ list: ReviewList, _ signatures: [Approvals.Signature]) throws(PlanError) {
        self.init(list, digest: try list.digest(), signatures) { _ in true }
    }

    /// What of a list counts for a run.
    ///
    /// What was kept stays. What was released may go where nothing happened to it since it was listed; what changed is
    /// counted, and asked about again.
    ///
    /// - Parameter approvals: the signatures over the list.
    public init(_ list: ReviewList, _ approvals: Approvals, for result: ScanResult) {
        self.init(list, digest: approvals.digest, approvals.signatures) { result.shows($0) }
    }

    /// The same list, for another run.
    public func counted(for result: ScanResult) -> PlannedReview {
        PlannedReview(list, digest: digest, signatures) { result.shows($0) }
    }
}

extension ScanResult {
    /// Whether a record is there as it was when it was listed.
    fileprivate func shows(_ entry: ReviewList.Entry) -> Bool {
        inventory.rows(withId: entry.name.id).contains { row in
            inventory.kinds[row] == entry.name.kind
                && inventory.sourceNames[Int(inventory.sources[row])] == entry.source
                && lastActivity(row).latest <= entry.lastActivity
        }
    }
}

extension Plan {
    /// The gates of the reviews that the plan counts on: each must be signed as it stands, by those whom the policies ask,
    /// and its decisions must still count.
    func closedReviews(_ policies: PolicySet, at now: Moment) -> [Gate] {
        binding.reviews.compactMap { review in
            if let expired = review.expiry(at: now) { return expired }
            let approvals = Approvals(of: .review, digest: review.digest, review.signatures)
            return approvals.closedGates(review.list, digest: review.digest, policies).first.map {
                .review(digest: review.digest, words: $0.description)
            }
        }
    }
}

extension PlannedReview {
    /// The gate that is closed once its decisions no longer count.
    func expiry(at now: Moment) -> Gate? {
        guard now >= list.expires else { return nil }
        return .review(digest: digest, words: "its decisions have expired at \(list.expires)")
    }
}

extension PolicySet {
    /// These documents with what people decided: a policy that asks for a review asks for the deletion of what was
    /// released for it, and what was kept is excepted from every policy until its day is over.
    ///
    /// Whoever decides again what a plan was made with must decide with its reviews. The digests stay those of the
    /// documents.
    public func deciding(_ reviews: [PlannedReview]) -> PolicySet {
        guard !reviews.isEmpty else { return self }
        var set = self
        set.retention = (retention + releases(reviews)).sorted { $0.name < $1.name }
        set.exceptions = exceptions + keepings(reviews)
        return set
    }

    private struct Group: Hashable {
        let policy: String
        let source: String
        let kind: Kind
    }

    private func releases(_ reviews: [PlannedReview]) -> [RetentionPolicy] {
        var ids: [Group: Set<String>] = [:]
        for released in reviews.flatMap(\.released) {
            let group = Group(policy: released.policy, source: released.source, kind: released.name.kind)
            ids[group, default: []].insert(released.name.id)
        }
        return ids.compactMap { group, ids in
            guard var policy = retention.first(where: { $0.name == group.policy }), policy.whenDue == .review,
                policy.match.kinds?.contains(KindSet(group.kind)) != false,
                policy.match.sources.isEmpty || policy.match.sources.contains(where: { $0.matches(group.source) })
            else { return nil }
            let chosen = policy.match.ids.isEmpty ? ids : ids.intersection(policy.match.ids)
            guard !chosen.isEmpty else { return nil }
            policy.whenDue = .delete
            policy.match.kinds = KindSet(group.kind)
            policy.match.sources = [Glob(group.source)]
            policy.match.ids = chosen.sorted()
            return policy
        }.sorted { ($0.match.sources[0].pattern, $0.match.ids[0]) < ($1.match.sources[0].pattern, $1.match.ids[0]) }
    }

    private func keepings(_ reviews: [PlannedReview]) -> [PolicyException] {
        let names = Set(retention.map(\.name)).sorted()
        return reviews.flatMap { review in
            let people = review.signers.joined(separator: ", ")
            let place = SourceLocation(file: "review sha256:\(review.digest)", line: 0, column: 0)
            let groups = Dictionary(grouping: review.kept) {
                Span(source: $0.source, kind: $0.name.kind, until: $0.until)
            }
            return groups.sorted { $0.key.order < $1.key.order }.map { span, kept in
                var match = Match()
                match.kinds = KindSet(span.kind)
                match.sources = [Glob(span.source)]
                match.ids = kept.map(\.name.id).sorted()
                return PolicyException(
                    name: "kept in review by \(people)", policies: names, match: match, reason: "kept in review",
                    ticket: nil, owner: people, expiresAt: Zone.utc.endOfDay(span.until),
                    expiresText: span.until.description, location: place)
            }
        }
    }

    private struct Span: Hashable {
        let source: String
        let kind: Kind
        let until: CivilDate

        var order: (String, String, String) { (until.description, source, kind.name) }
    }
}
