public import Chronology
public import Policies
public import Records

/// What was found out about a source, beside what its document accepts and what the policies ask of it.
public struct SourceOutlook: Sendable {
    /// What was found out.
    public let examination: Examination
    /// What a scan does not see: gaps alike in one.
    public let gaps: [Gap]

    /// A gap, for all kinds that have it.
    public struct Gap: Sendable, Hashable {
        /// The kinds, in the vocabulary's order.
        public fileprivate(set) var kinds: [Kind]
        /// Why.
        public let reason: String
        /// What would close it.
        public let remedy: String
        /// The last day on which the source's document accepts it; nil where it does not, or no more.
        public let acceptedUntil: String?
        /// Whether a scan is incomplete for it, were it not accepted: because the kind should answer, or because a policy
        /// names it.
        public let counts: Bool
    }

    /// Whether a scan would be incomplete.
    public var isIncomplete: Bool {
        examination.obstacle != nil || gaps.contains { $0.counts && $0.acceptedUntil == nil }
    }

    /// Looks at an examination beside the documents.
    public init(_ examination: Examination, policies: PolicySet, asOf: Moment) {
        self.examination = examination
        let accepted = policies.sources.first { $0.name == examination.source }?.acceptedGaps ?? []
        let matches = policies.retention.map(\.match) + policies.access.map(\.match) + policies.holds.map(\.match)
        let asked = matches.reduce(into: KindSet()) { asked, match in
            let concerns = match.sources.isEmpty || match.sources.contains { $0.matches(examination.source) }
            if concerns, let kinds = match.kinds { asked.formUnion(kinds) }
        }
        gaps = examination.kinds.reduce(into: []) { gaps, kind in
            guard let gap = kind.gap else { return }
            let until = accepted.first { $0.kinds.has(kind.kind) && asOf < $0.until }?.untilText
            let isInVain = until != nil && !gap.canBeAccepted
            let new = Gap(
                kinds: [kind.kind], reason: gap.reason,
                remedy: gap.remedy + (isInVain ? "; the accepted gap does not excuse it" : ""),
                acceptedUntil: isInVain ? nil : until,
                counts: gap.alwaysCounts || asked.has(kind.kind))
            let place = gaps.firstIndex { other in
                var other = other
                other.kinds = new.kinds
                return other == new
            }
            if let place { gaps[place].kinds.append(kind.kind) } else { gaps.append(new) }
        }
    }

    /// What `lint` says of it, at the place of the source's document.
    public func diagnostics(of policies: PolicySet) -> [Diagnostic] {
        guard let source = policies.sources.first(where: { $0.name == examination.source }) else { return [] }
        let name = "source \(source.name)"
        if let obstacle = examination.obstacle {
            return [
                Diagnostic(
                    .error, "source-unusable", at: source.location, "\(name): \(obstacle.reason)",
                    hint: obstacle.remedy)
            ]
        }
        return gaps.filter { $0.counts && $0.acceptedUntil == nil }.map { gap in
            let kinds = gap.kinds.map(\.name).joined(separator: ", ")
            return Diagnostic(
                .warning, "source-blind", at: source.location, "\(name) does not show \(kinds): \(gap.reason)",
                hint: gap.remedy)
        }
    }
}
