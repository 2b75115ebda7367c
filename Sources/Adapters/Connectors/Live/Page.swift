/// What a page says of itself. A record by itself is a page of one.
struct Page: Sendable {
    /// How many elements there are, readable or not.
    var count = 0
    /// Whether the server says that there are more; nil where it says nothing.
    var hasMore: Bool?
    /// The id of the last element, after which the next page begins; nil where there is none.
    var lastId: String?
    /// Whether the answer is what was asked for.
    var isWhole = false
    /// Whether it is a page that was there before, and so was not read.
    var isRepeated = false
}
