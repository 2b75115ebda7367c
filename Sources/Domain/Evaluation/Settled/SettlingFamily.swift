internal import Records

/// Kinds whose records a scan can leave unread, and only together: what stands at the top, and all of its parts.
struct SettlingFamily {
    /// What people call what stands at the top.
    let name: String
    /// The kinds that are asked for one by one.
    let tops: KindSet
    /// These and their parts.
    let kinds: KindSet
    /// The kinds of which new ones may be in what is left unread.
    let hidden: KindSet
    /// Whether what a service lists may be left unread too: the list shows that it is there, and what stands below it is
    /// read for each of it.
    let mayBeListed: Bool
    /// What they can cite whose last activity follows from that.
    let cited: KindSet

    /// Threads, and what is in them.
    static let threads = SettlingFamily(
        name: "threads", tops: KindSet(.thread), hidden: Kind.thread.allParts, mayBeListed: true,
        cited: KindSet(.assistant))
    /// Conversations, their items, and responses in them or by themselves. A response that nobody knew of is asked for by
    /// its id, and says which conversation it is in; so none is hidden.
    static let conversations = SettlingFamily(
        name: "conversations", tops: [.init(.conversation), .init(.response)], hidden: KindSet(.item),
        mayBeListed: false, cited: [])
    static let all = [threads, conversations]

    private init(name: String, tops: KindSet, hidden: KindSet, mayBeListed: Bool, cited: KindSet) {
        self.name = name
        self.tops = tops
        kinds = tops.union(hidden)
        self.hidden = hidden
        self.mayBeListed = mayBeListed
        self.cited = cited
    }

    /// Whether a source of this coverage is one of which such records may be left unread.
    func mayBeLeftUnread(_ coverage: SourceCoverage) -> Bool {
        mayBeListed || tops.kinds.allSatisfy { !coverage[$0].isListable }
    }

    /// The kinds that these can use or cite, and the parts of those.
    var shared: KindSet {
        let used = kinds.kinds.reduce(cited) { $0.union($1.targets) }
        return used.kinds.reduce(used) { $0.union($1.allParts) }
    }
}
