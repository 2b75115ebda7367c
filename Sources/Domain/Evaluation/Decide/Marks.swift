/// What is known of each row beside its pairs.
struct Marks: Sendable {
    /// A pair with `whenDue: delete` is due or overdue.
    var asksToGo: [Bool]
    /// Something stops the deletion of the record, or of what is in it.
    var isBlocked: [Bool]
    /// A pair is in use if something that stays uses the record.
    var asksForUsers: [Bool]
    /// Something that stays uses the record.
    var isUsed: [Bool]
    /// The record may go.
    var mayGo: [Bool]

    init(count: Int) {
        let none = [Bool](repeating: false, count: count)
        asksToGo = none
        isBlocked = none
        asksForUsers = none
        isUsed = none
        mayGo = none
    }
}
