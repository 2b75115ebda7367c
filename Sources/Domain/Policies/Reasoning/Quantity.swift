import Chronology
import Records

/// A number of a record: a time in microseconds since 1970, a size, or one of the two fixed points of comparison.
enum Quantity: Int, CaseIterable {
    /// Zero: what constants are compared with.
    case origin
    /// The as-of instant of an evaluation, which may be any.
    case now
    case created, lastActivity, lastModified, expires
    case bytes, tokens

    /// Whether a record may be without it. A last activity that is not a point is not there either.
    var isOptional: Bool { self != .origin && self != .now }

    /// The number of that name in expressions.
    init?(_ field: RecordField) {
        switch field {
        case .created: self = .created
        case .lastActivity: self = .lastActivity
        case .lastModified: self = .lastModified
        case .expires: self = .expires
        case .bytes: self = .bytes
        case .tokens: self = .tokens
        case .id, .kind, .source, .status, .role, .owner, .subject, .tenant, .metadata, .container, .contains, .uses,
            .usedBy:
            return nil
        }
    }

    /// What holds of every such number that is there.
    ///
    /// - Source: the design, section 3: implausible times are none, nor are times more than five minutes ahead.
    var bounds: [Bound] {
        switch self {
        case .origin: []
        case .bytes, .tokens: [Bound(.origin, self, atMost: 0), Bound(self, .origin, atMost: Int128(Int64.max))]
        case .now, .expires: Self.plausible(self)
        case .created, .lastActivity, .lastModified:
            Self.plausible(self) + [Bound(self, .now, atMost: Int128(TimeRules.allowedSkewMicroseconds))]
        }
    }

    private static func plausible(_ time: Quantity) -> [Bound] {
        [
            Bound(.origin, time, atMost: -86_400_000_000),
            Bound(time, .origin, atMost: Int128(Moment.lastOfYear9999.microseconds)),
        ]
    }
}

/// That one quantity exceeds another by no more than so much.
struct Bound: Hashable {
    let left: Quantity
    let right: Quantity
    let limit: Int128

    /// `left - right <= limit`.
    init(_ left: Quantity, _ right: Quantity, atMost limit: Int128) {
        self.left = left
        self.right = right
        self.limit = limit
    }

    /// What holds where this does not: quantities are whole.
    var opposite: Bound { Bound(right, left, atMost: -limit - 1) }
}
