/// Whole columns, for kernels that read millions of rows and take the columns into their own hands first.
extension Inventory {
    /// Microseconds since 1970 at which every row was created; they mean something only where its fact is a point.
    public var createdMoments: [Int64] { columns.created }

    /// Microseconds since 1970 of every row's own newest event, as far as it is known.
    public var activityMoments: [Int64] { columns.activity }

    /// What was said about both times of every row.
    public var timeFacts: [TimeFacts] { columns.facts }
}
