public import Chronology
public import Records

/// Which records a document speaks of. What is absent matches all; what is present must hold together.
public struct Match: Sendable {
    /// The kinds, or nil for all.
    public var kinds: KindSet?
    /// Globs on the names of sources; empty for all.
    public var sources: [Glob] = []
    /// Metadata keys with the values of which the record must have one. Sorted by key.
    public var metadata: [MetadataCondition] = []
    /// The subjects of which the record must have one; empty for all.
    public var subjects: [String] = []
    /// The ids of which the record must have one; empty for all.
    public var ids: [String] = []
    /// The interval, half-open, in which the record must have been created.
    public var createdBetween: CreatedBetween?
    /// A condition for what the others cannot say.
    public var condition: Expression?
    /// Where its entries stand in the document, for diagnostics.
    public var places: [Selector: SourceLocation] = [:]

    /// Matches every record.
    public init() {}

    /// Whether nothing in it tells one record from another, so that it asks for whatever there is.
    public var isEverything: Bool {
        kinds == nil && (sources.isEmpty || sources.contains { Set($0.pattern) == ["*"] }) && metadata.isEmpty
            && subjects.isEmpty && ids.isEmpty && createdBetween == nil && condition == nil
    }

    /// One entry of a match, which may fit nothing by itself.
    public enum Selector: Sendable, Hashable {
        /// The glob at this place of `sources`.
        case source(Int)
        case metadataKey(String)
        case metadataValue(key: String, value: String)
        case subject(String)
        case id(String)
    }

    /// One metadata key, and the values that count as a match.
    public struct MetadataCondition: Sendable, Hashable {
        /// The key.
        public let key: String
        /// The values, of which any will do.
        public let values: [String]

        /// The condition that the key has one of these values.
        public init(key: String, values: [String]) {
            self.key = key
            self.values = values
        }
    }

    /// A span of creation: from the beginning of its first day to the end of its last.
    public struct CreatedBetween: Sendable, Hashable {
        /// The first instant inside.
        public let from: Moment
        /// The first instant after.
        public let until: Moment

        /// A half-open span; `.beginning` and `.unbounded` leave an end open.
        public init(from: Moment, until: Moment) {
            self.from = from
            self.until = until
        }
    }
}
