/// What is known of each row beside its pairs: five bits a row.
struct Marks: Sendable {
    /// A pair with `whenDue: delete` is due or overdue.
    var asksToGo: RowSet
    /// Something stops the deletion of the record, or of what is in it.
    var isBlocked: RowSet
    /// A pair is in use if something that stays uses the record.
    var asksForUsers: RowSet
    /// Something that stays uses the record.
    var isUsed: RowSet
    /// The record may go.
    var mayGo: RowSet

    init(count: Int) {
        let none = RowSet(capacity: count)
        asksToGo = none
        isBlocked = none
        asksForUsers = none
        isUsed = none
        mayGo = none
    }
}
