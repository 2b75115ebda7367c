internal import Records

/// What one window did to the coverage of its source.
struct Tally: Sendable {
    /// The kinds that were met.
    var kinds: KindSet = []
    /// Lines or pages that were lost, in a file whose name promises a kind, or of a kind that is known.
    var lost: [Kind: Int] = [:]
    /// Lines that may have been of any kind.
    var lostOfUnknownKind = 0
    /// Whether a list in this window ended, and whether one said that it goes on.
    var hasLastPage = false
    var hasFurtherPage = false
    /// Whether a list in this window says that its source does not show the rest.
    var hasWithheldPage = false
    /// Whether there was a conversation of ChatGPT's own export.
    var hasChatGPT = false
}
