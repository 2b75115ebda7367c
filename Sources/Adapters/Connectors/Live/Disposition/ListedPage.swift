internal import Chronology
internal import JSONLines
internal import Records

/// What a page of a list says of its elements, as far as it takes to find one of them.
struct ListedPage {
    struct Element {
        let id: String?
        /// When it was made; nil where that is not said, or not as a number.
        let created: Moment?
        let status: String?
    }

    private(set) var elements: [Element] = []
    /// Whether the server says that there are more; nil where it says nothing.
    private(set) var hasMore: Bool?

    /// Reads a page; nil where the answer is no list, or says of more what is neither true nor false.
    init?(_ body: [UInt8]) {
        var isList = false
        JSONDocument.read(body) { record in
            guard case .value(let value) = record, let data = value["data"], data.kind == .array else { return }
            let more = value["has_more"]
            hasMore = more?.bool
            isList = more.map { $0.isNull || $0.bool != nil } ?? true
            for element in data.elements {
                elements.append(
                    Element(
                        id: element["id"]?.text?.string,
                        created: RecordBatch.Reading(element["created_at"] ?? element["created"]).moment,
                        status: element["status"]?.text?.string))
            }
        }
        guard isList else { return nil }
    }
}

/// In which order a list comes, by the times of its elements so far.
struct ListOrder {
    private var last: Moment?
    private var rises = false
    private var falls = false
    private var isUnknown = false

    /// Takes in the next element.
    mutating func take(_ created: Moment?) {
        guard let created else { return isUnknown = true }
        if let last {
            if created > last { rises = true }
            if created < last { falls = true }
        }
        last = created
    }

    /// Whether no element says when it was made.
    var isTimeless: Bool { isUnknown && last == nil }

    /// Whether each element is older than those before it, and none says otherwise.
    var isNewestFirst: Bool { falls && !rises && !isUnknown }

    /// Whether an element of that time would have been there by now.
    func isPast(_ created: Moment) -> Bool {
        guard let last, !isUnknown, rises != falls else { return false }
        return rises ? last > created : last < created
    }
}

extension RecordBatch.Reading {
    /// The time, whatever it says; nil for none.
    fileprivate var moment: Moment? {
        if case .microseconds(let count) = self { Moment(microseconds: count) } else { nil }
    }
}
