/// Some neighbours in a list, as the ledger holds them: all of them were seen when the last of them was.
struct Stretch {
    /// Its number in the file.
    let number: Int64
    /// The id of what the list stands below; nil at the top.
    let container: String?
    /// How many ids it has.
    let count: Int
    /// The first and the last run that saw it, and their instants.
    let firstRun: Int64, run: Int64, firstSeen: Int64, lastSeen: Int64
}
