/// How a service can differ from the provider's.
struct Quirks: Sendable {
    var ignoresCursor = false
    var endsEmpty = false
    var isBare = false
    /// Lists show what was deleted.
    var listsDeleted = false
    /// Records show by themselves although they were deleted.
    var servesDeleted = false
    /// Either is so for a while only.
    var isLate = false
    /// Searches of a store find what was taken out of it.
    var findsDetached = false
    /// That is so for a while only.
    var isLateToForget = false
    /// DELETE does nothing, and says so.
    var deletesNothing = false
    /// DELETE of what is not there succeeds, and says that nothing was deleted.
    var deletesAbsent = false
    /// What stands below something that was deleted is served.
    var servesOrphans = false
    /// There is no list of anything.
    var hasNoLists = false
}

extension Quirks {
    init(_ faults: Set<Faults.Kind>) {
        self.init(
            ignoresCursor: faults.contains(.ignoredCursor), endsEmpty: faults.contains(.emptyPages),
            isBare: faults.contains(.bareLists), listsDeleted: faults.contains(.staleLists),
            isLate: !faults.isDisjoint(with: [.lateLists, .lateRecords]),
            findsDetached: faults.contains(.staleSearches), isLateToForget: faults.contains(.lateSearches),
            deletesNothing: faults.contains(.undeleted), deletesAbsent: faults.contains(.mildDeletes),
            servesOrphans: faults.contains(.orphans), hasNoLists: faults.contains(.noLists))
    }
}
