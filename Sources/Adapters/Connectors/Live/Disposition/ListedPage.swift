internal import JSONLines

/// What a page of a list says of its elements, as far as it takes to find one of them.
struct ListedPage {
    struct Element {
        let id: String?
        /// Seconds since 1970, as they are written; nil where there are none.
        let created: Int64?
        let status: String?
    }

    private(set) var elements: [Element] = []
    /// Whether the server says that there are more; nil where it says nothing.
    private(set) var hasMore: Bool?

    /// Reads a page; nil where the answer is no list.
    init?(_ body: [UInt8]) {
        var isList = false
        JSONDocument.read(body) { record in
            guard case .value(let value) = record, let data = value["data"], data.kind == .array else { return }
            isList = true
            hasMore = value["has_more"]?.bool
            for element in data.elements {
                elements.append(
                    Element(
                        id: element["id"]?.text?.string,
                        created: (element["created_at"] ?? element["created"])?.integer,
                        status: element["status"]?.text?.string))
            }
        }
        guard isList else { return nil }
    }
}

/// In which order a list comes, by the times of its elements so far.
struct ListOrder {
    private var last: Int64?
    private var rises = false
    private var falls = false
    private var isUnknown = false

    /// Takes in the next element.
    mutating func take(_ created: Int64?) {
        guard let created else { return isUnknown = true }
        if let last {
            if created > last { rises = true }
            if created < last { falls = true }
        }
        last = created
    }

    /// Whether each element is older than those before it, and none says otherwise.
    var isNewestFirst: Bool { falls && !rises && !isUnknown }

    /// Whether an element of that time would have been there by now.
    func isPast(_ created: Int64) -> Bool {
        guard let last, !isUnknown, rises != falls else { return false }
        return rises ? last > created : last < created
    }
}
