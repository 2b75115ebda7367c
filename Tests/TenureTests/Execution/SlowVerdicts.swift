import Records

/// What may go of a small estate, by brute force from the words of the design, section 5. It shares with the engine the
/// table of which kinds can hold which, and nothing else.
struct SlowVerdicts {
    private let estate: [Holding]
    private let documents: SmallDocuments
    private let now: Int64
    /// The kinds that nobody can have read to their end.
    private let unread: KindSet

    /// The places in the list of what may go, or is a part of what may.
    private(set) var goes: Set<Int> = []
    /// The places of what a matter, an obligation, an exception, a use or a doubt keeps by itself.
    private(set) var kept: Set<Int> = []

    /// A clock, or what is kept until: what is known of it at least and at most. Without end: `.max`.
    private typealias Span = (early: Int64, late: Int64)

    /// - Parameter vanished: what was there once: of conversations and responses there is no list, so that where none is
    ///   left, nobody can tell whether the service still has such things.
    init(_ estate: [Holding], vanished: [Holding] = [], _ documents: SmallDocuments, now: Int64) {
        (self.estate, self.documents, self.now) = (estate, documents, now)
        let silent = [Kind.conversation, .response].filter { kind in
            vanished.contains { $0.kind == kind } && !estate.contains { $0.kind == kind }
        }
        unread = KindSet(silent + (silent.contains(.conversation) ? [.item] : []))
        var stays: Set<Int> = []
        while true {
            let going = Set(estate.indices.filter { above($0).union([$0]).contains { mayGo($0, stays) } })
            let next = Set(estate.indices).subtracting(going)
            guard next != stays else {
                goes = going
                break
            }
            stays = next
        }
        kept = Set(estate.indices.filter { isKept($0) || blocks($0, stays) })
    }

    /// Whether what points to something that goes is taken out of its store before it, though it stays.
    func isDetached(_ entry: Int) -> Bool {
        estate[entry].kind == .vectorStoreFile && !kept.contains(entry)
            && estate[entry].uses.contains(where: goes.contains)
    }

    /// What goes and what no call takes away: work that was done has none, and what stays kept in a store keeps its file.
    func isStuck(_ index: Int) -> Bool {
        switch estate[index].kind {
        case .batch: true
        case .run, .runStep: !above(index).contains { goes.contains($0) && estate[$0].kind == .thread }
        case .file: users(index).contains { estate[$0].kind == .vectorStoreFile && kept.contains($0) }
        default: false
        }
    }

    /// The kinds and ids of what goes and can be taken away.
    var movable: [String] { goes.filter { !isStuck($0) }.map { "\(estate[$0].kind) \(estate[$0].id)" }.sorted() }

    // MARK: Who is with whom

    private func above(_ index: Int) -> Set<Int> {
        guard let container = estate[index].container else { return [] }
        return above(container).union([container])
    }

    private func parts(_ index: Int) -> [Int] { estate.indices.filter { above($0).contains(index) } }

    private func users(_ index: Int) -> [Int] { estate.indices.filter { estate[$0].uses.contains(index) } }

    /// What needs a record, directly or through others, and the record itself.
    private func needers(_ index: Int) -> Set<Int> {
        var reached: Set<Int> = []
        var open = [index]
        while let next = open.popLast() {
            if reached.insert(next).inserted { open += users(next) + [estate[next].container].compactMap(\.self) }
        }
        return reached
    }

    // MARK: Documents

    private func matches(_ scope: SmallDocuments.Scope, _ index: Int) -> Bool {
        let record = estate[index]
        return scope.kinds?.contains(record.kind) ?? true && scope.ids?.contains(record.id) ?? true
            && (scope.product == nil || scope.product == record.metadata["product"])
            && (scope.subject == nil || scope.subject == subject(index))
    }

    private func subject(_ index: Int) -> String? {
        estate[index].metadata["subject"] ?? estate[index].container.flatMap(subject)
    }

    /// Until when a hold obliges, in seconds; `.max` without end, nil where it does not.
    private func end(_ hold: SmallDocuments.Hold) -> Int64? {
        guard hold.from <= 0 else { return nil }
        guard let until = hold.until else { return .max }
        let end = now + (until + hold.grace) * SmallHoldings.day
        return end > now ? end : nil
    }

    // MARK: Clocks

    private func own(_ index: Int) -> Int64 { max(estate[index].created ?? 0, estate[index].activity ?? 0) }

    private func activity(_ index: Int) -> Int64 {
        let record = estate[index]
        var last = own(index)
        for part in estate.indices where estate[part].container == index {
            switch (record.kind, estate[part].kind) {
            case (.thread, .message), (.thread, .run), (.conversation, .response): last = max(last, own(part))
            default: break
            }
        }
        if record.kind == .assistant {
            for run in estate.indices where estate[run].assistant == index { last = max(last, own(run)) }
        }
        if record.kind == .vectorStoreFile, let store = record.container { last = max(last, own(store)) }
        if record.kind == .file { for user in users(index) { last = max(last, activity(user)) } }
        return last
    }

    private func clock(_ policy: SmallDocuments.Policy, _ index: Int) -> Span {
        // An item has no time: it may be as young as can be.
        guard let created = estate[index].created else { return (.min / 2, now) }
        guard policy.clock == .lastActivity else { return (created, created) }
        let mayBeLater =
            switch estate[index].kind {
            // An item says nothing of when it was.
            case .file: !unread.isDisjoint(with: Kind.file.users) || users(index).contains { estate[$0].created == nil }
            case .conversation: unread.has(.response)
            default: false
            }
        return (activity(index), mayBeLater ? now : activity(index))
    }

    // MARK: What keeps

    /// What the policies that match a record, and the holds, oblige to.
    private func obligation(_ index: Int) -> Span {
        var span: Span = (.min, .min)
        for policy in documents.policies where matches(policy.scope, index) {
            guard let least = policy.atLeast else { continue }
            let clock = clock(policy, index)
            span.early = max(span.early, clock.early + least * SmallHoldings.day)
            span.late = max(span.late, clock.late + least * SmallHoldings.day)
        }
        for hold in documents.holds where matches(hold.scope, index) {
            guard let end = end(hold) else { continue }
            (span.early, span.late) = (max(span.early, end), max(span.late, end))
        }
        return span
    }

    /// K of the design: of the record, of what needs it, and of what it contains.
    private func keeping(_ index: Int) -> Span {
        let reaching = ([index] + parts(index)).reduce(into: Set<Int>()) { $0.formUnion(needers($1)) }
        return reaching.map(obligation).reduce((.min, .min)) { (max($0.early, $1.early), max($0.late, $1.late)) }
    }

    private func isKept(_ index: Int) -> Bool { keeping(index).late > now }

    private enum State { case allowed, kept, excepted, inUse, due, undetermined }

    private func state(_ policy: SmallDocuments.Policy, _ index: Int, _ stays: Set<Int>) -> State? {
        guard let most = policy.atMost, matches(policy.scope, index) else { return nil }
        let (clock, keeping) = (clock(policy, index), keeping(index))
        let isExcepted = documents.exceptions.contains {
            $0.expires >= 0 && $0.policies.contains(policy.name) && matches($0.scope, index)
        }
        let isUsed =
            !policy.isDeletedWhileUsed && [.file, .vectorStore, .container].contains(estate[index].kind)
            && users(index).contains(where: stays.contains)
        func reading(_ clock: Int64, _ keep: Int64) -> State {
            if now < keep { return .kept }
            if now < clock + most * SmallHoldings.day { return .allowed }
            return isUsed ? .inUse : .due
        }
        let early = reading(clock.early, keeping.early)
        let late = reading(clock.late, keeping.late)
        if (early == .due) != (late == .due) { return .undetermined }
        if early == .inUse || late == .inUse { return .inUse }
        return late == .due && isExcepted ? .excepted : late
    }

    /// Whether a pair of the record is in doubt, excepted or in use; or whether what nobody listed may keep it.
    private func blocks(_ index: Int, _ stays: Set<Int>) -> Bool {
        let states = documents.policies.map { state($0, index, stays) }
        if states.contains(where: { $0 == .undetermined || $0 == .excepted || $0 == .inUse }) { return true }
        return isShadowed(index) || isForReview(index)
    }

    /// Whether what nobody read may hold a record, and be kept itself.
    private func isShadowed(_ index: Int) -> Bool {
        let kind = estate[index].kind
        let shadows = kind.allParts.union(kind.allHolders).intersection(unread).kinds
        let keeping =
            documents.holds.filter { end($0) != nil }.map(\.scope)
            + documents.exceptions.filter { $0.expires >= 0 }.map(\.scope)
            + documents.policies.filter { $0.atLeast != nil }.map(\.scope)
        let isKeptWhileUsed =
            [.file, .vectorStore, .container].contains(kind)
            && documents.policies.contains {
                $0.atMost != nil && !$0.isDeletedWhileUsed && matches($0.scope, index)
            }
        return shadows.contains { shadow in
            keeping.contains { $0.kinds?.contains(shadow) ?? true } || isKeptWhileUsed && shadow.targets.has(kind)
        }
    }

    /// While a hold names people, what says of nobody whose it is goes to review.
    private func isForReview(_ index: Int) -> Bool {
        documents.holds.contains { hold in
            hold.scope.subject != nil && end(hold) != nil && subject(index) == nil
                && hold.scope.kinds?.contains(estate[index].kind) ?? true
        }
    }

    private func mayGo(_ index: Int, _ stays: Set<Int>) -> Bool {
        let asks = documents.policies.contains {
            $0.isEnforced && $0.whenDue == "delete" && state($0, index, stays) == .due
        }
        return asks && !isKept(index) && !([index] + parts(index)).contains { blocks($0, stays) }
    }
}
