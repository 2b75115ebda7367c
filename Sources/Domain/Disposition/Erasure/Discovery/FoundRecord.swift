/// A record that a privacy request reaches, and the way that led to it.
public struct FoundRecord: Sendable, Hashable {
    /// Why a record is looked at.
    public enum Way: Sendable, Hashable {
        /// Its subject, its owner, a metadata key or its id names the person, in this form.
        case named(Field, Identity.Form)
        /// It stands to the record at this row in this way.
        case through(Link, row: Int)
    }

    /// Where a record names a person.
    public enum Field: Sendable, Hashable {
        case subject, owner, id
        /// The metadata key at this index.
        case metadata(Int)
    }

    /// How a record stands to another that was found before it.
    public enum Link: String, Sendable, Hashable, CaseIterable {
        /// It is a part of it.
        case partOf = "part-of"
        /// It has it as a part.
        case contains
        /// It is an index of what is in it.
        case indexOf = "index-of"
        /// It goes on from it, and repeats what was said.
        case continues
        /// It is used by it.
        case usedBy = "used-by"
        /// It holds the same: so a hash says that stands with both.
        case sameContents = "same-contents"
    }

    /// Why a person has to look at it.
    public enum Doubt: String, Sendable, Hashable, CaseIterable, Comparable {
        /// An address is like the person's, and not the same.
        case alike
        /// It names the person where a record may name anybody, or it has a part that is theirs: it is somebody else's, or
        /// nobody's.
        case mentions
        /// One field names the person, and another somebody else.
        case namesOthers = "names-others"
        /// It is theirs, and has parts of others.
        case holdsOthers = "holds-others"
        /// Others use it, too.
        case shared
        /// Two readings of it differ about whose it is.
        case undecided

        /// The order of the vocabulary.
        public static func < (left: Doubt, right: Doubt) -> Bool { left.rawValue < right.rawValue }
    }

    /// The row of the record.
    public let row: Int
    /// How it was found first.
    public let way: Way
    /// What speaks against acting on it; nil where it is theirs.
    public let doubt: Doubt?
}
