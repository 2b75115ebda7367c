/// What searching its store showed of the contents of a file that was taken out of it.
///
/// - Source: hard case 34: chunks of a file can be found after the file is gone from every list.
public enum StoreSearch: String, Sendable, Hashable, CaseIterable {
    /// Its own words found it before, and do not find it any more.
    case notFound = "not-found"
    /// Its words find it still.
    case found
    /// Nothing: nobody could search, or not by words that found it before.
    case unshown
}

/// What one search of a store found of one file.
public enum SearchSighting: Sendable, Hashable {
    /// The file is among what was found.
    case found
    /// It is not.
    case notFound
    /// The credential may not read the contents, or not search. With words for people, without content.
    case refused(String)
    /// Nobody knows: no contents, no words in them, or no answer. With words for people, without content.
    case unreadable(String)
}
