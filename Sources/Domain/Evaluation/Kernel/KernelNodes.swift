internal import CEL

/// How a kernel finds a record.
indirect enum RecordNode: Hashable {
    /// A variable of the frame.
    case variable(Int)
    case container(RecordNode)
    case element(ListNode, Int)
}

/// How a kernel finds related records.
struct ListNode: Hashable {
    let relation: RelatedRecords.Relation
    let record: RecordNode
}

/// What a kernel does to find a truth.
indirect enum TruthNode {
    case constant(UInt8)
    /// `&&` where false decides, `||` where true does.
    case terms([TruthNode], decisive: UInt8)
    case not(TruthNode)
    case choice(TruthNode, TruthNode, TruthNode)
    case comparison(CELComparison, NumberNode, NumberNode)
    case hasTime(TimeColumn, RecordNode)
    case hasSize(SizeKind, RecordNode)
    case hasContainer(RecordNode)
    /// Whether two columns of strings have the same.
    case sameText(TextNode, TextNode, isNegated: Bool)
    case hasText(TextNode)
    case textTest(TextTest, ReadText)
    case quantifier(Quantifier, ListNode, TruthNode)
    case answers(AnswersByCode)
    case general(GeneralPart)
}

/// What a kernel does to find a number: an integer, a time in microseconds or a length of time in nanoseconds.
indirect enum NumberNode {
    case constant(Int64)
    case failure(UInt8)
    case time(TimeColumn, RecordNode)
    case size(SizeKind, RecordNode)
    /// From a time to another, in nanoseconds.
    case span(NumberNode, NumberNode, overflow: UInt8)
    /// A time moved by a length that is whole microseconds.
    case moved(NumberNode, by: Int64)
    case arithmetic(Arithmetic, NumberNode, NumberNode)
    case count(ListNode)
    case countWhere(ListNode, TruthNode)
    case answers(AnswersByCode)
}

/// A text of a record that has a code.
struct TextNode {
    let codes: CodedColumn.Codes
    let record: RecordNode
    /// What reading an absent one comes to.
    let absent: UInt8
}

/// A text that is read byte by byte.
enum ReadText {
    case id(RecordNode)
    case coded(TextNode)
}

enum TimeColumn: Hashable { case created, lastActivity, lastModified, expires }

enum SizeKind: Hashable { case bytes, tokens }

enum Quantifier { case all, exists, existsOne }

extension CELComparison {
    @inline(__always)
    func holds(_ left: Int64, _ right: Int64) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}

enum Arithmetic: String {
    case add = "_+_"
    case subtract = "_-_"
    case multiply = "_*_"
    case divide = "_/_"
    case modulo = "_%_"
}
