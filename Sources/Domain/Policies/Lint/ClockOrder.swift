import Records

extension RetentionPolicy.Clock {
    /// Whether it is, for every record that has both, no earlier than another. Of expressions that is not known.
    ///
    /// - Source: the design, section 5: last activity is never before created; more roles only move it later.
    func isNeverBefore(_ other: RetentionPolicy.Clock) -> Bool {
        switch (self, other) {
        case (.created, .created), (.lastModified, .lastModified), (.expires, .expires), (.lastActivity, .created): true
        case (.lastActivity(let own), .lastActivity(let others)): own.isSuperset(of: others)
        default: false
        }
    }

    /// Whether both are the same instant of every record.
    func isSame(as other: RetentionPolicy.Clock) -> Bool { isNeverBefore(other) && other.isNeverBefore(self) }

    /// The number that it counts from, where it is one of the record's own.
    var quantity: Quantity? {
        switch self {
        case .created: .created
        case .lastActivity: .lastActivity
        case .lastModified: .lastModified
        case .expires: .expires
        case .custom: nil
        }
    }
}
