internal import HTTPServer

/// Paths of a service with one beginning: what they ask for, and what is there.
struct Tree: Sendable {
    /// The words that every path begins with.
    let root: [String]
    /// What it wants to hear of its version.
    let version: Version
    /// Whether the Assistants API asks for a header.
    var asksForBeta = false
    /// The paths of calls that are not there, though what they belong to is; an asterisk stands for an id.
    var lacks: Set<String> = []
    /// What is there, by what its objects call themselves.
    let offers: [String: Offer]

    /// What a service wants in `api-version`.
    enum Version: Sendable {
        /// Nothing: it reads no such thing.
        case ignored
        /// Nothing at all: it refuses any.
        case refused
        /// One of these, or nothing.
        case optional([String])
        /// One of these. Without, or with another, there is nothing there.
        case hidden([String])
        /// One of these. Without, or with another, it says what there is.
        case required([String])
    }

    /// The shelf as this tree has it; nil where it has none, or had none in that version.
    func shelf(_ shelf: Shelf, version: String?) -> Shelf? {
        guard let offer = offers[shelf.object] else {
            // What an estate has no file for comes with what it is below.
            return shelf.file == nil && shelf.above.flatMap { self.shelf($0, version: version) } != nil ? shelf : nil
        }
        guard offer.isThere(in: version) else { return nil }
        var shelf = shelf
        if let listing = offer.listing { shelf.listing = listing }
        if let order = offer.usualOrder { shelf.usualOrder = order }
        if !offer.deletes { shelf.deletedObject = nil }
        shelf.envelope = offer.envelope
        return shelf
    }

    /// Refuses a request that asks for another version than there is.
    func check(_ request: ServedRequest) throws(Refused) {
        let asked = request.item("api-version")
        switch version {
        case .ignored: return
        case .refused:
            guard asked == nil else { throw Refused(AzureRefusals.noVersionHere) }
        case .optional(let known):
            if let asked, !known.contains(asked) { throw Refused(AzureRefusals.wrongVersion) }
        case .hidden(let known):
            guard let asked, known.contains(asked) else { throw Refused(AzureRefusals.nothing) }
        case .required(let known):
            guard let asked else { throw Refused(AzureRefusals.noVersion) }
            guard known.contains(asked) else { throw Refused(AzureRefusals.unknownVersion(asked, known)) }
        }
    }
}

/// How a tree has a shelf.
struct Offer: Sendable {
    /// What a GET of the whole list does, where it differs.
    var listing: Shelf.Listed?
    /// The order of a list that is asked for none, where it differs.
    var usualOrder: String?
    /// Whether there is a DELETE.
    var deletes = true
    /// What a list says beside its elements.
    var envelope = Envelope.whole
    /// The first version that has it; nil for all.
    var since: String?
    /// Whether versions without `-preview` have it.
    var isStable = false

    func isThere(in version: String?) -> Bool {
        guard let since, let version else { return true }
        return version >= since && (isStable || version.hasSuffix("-preview"))
    }
}

/// What a list says beside its elements.
struct Envelope: OptionSet, Sendable {
    let rawValue: Int
    /// `"object":"list"`.
    static let object = Envelope(rawValue: 1)
    /// `first_id`.
    static let firstId = Envelope(rawValue: 2)
    /// `last_id`.
    static let lastId = Envelope(rawValue: 4)
    /// `has_more`.
    static let hasMore = Envelope(rawValue: 8)
    /// `total`.
    static let total = Envelope(rawValue: 16)
    /// As OpenAI writes it.
    static let whole: Envelope = [.object, .firstId, .lastId, .hasMore]
}
