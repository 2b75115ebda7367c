public import Chronology

/// One reading of the sources, looked at from several instants.
///
/// What is read depends on the as-of instant in two ways: a clock that is not known reaches to it, and a time that lies
/// in its future is not believed. Where no time of the sources changes sides, all instants share one inventory;
/// otherwise what was read stays in memory unsealed beside it, and each instant costs a sealing.
public struct InventoryTimeline: Sendable {
    private let builder: InventoryBuilder?
    private let sealed: Inventory

    /// A timeline from the instant of the reading to the last that anybody will ask for.
    public init(_ builder: consuming InventoryBuilder, until last: Moment) {
        self.builder = builder.readsDifferently(at: last) ? builder : nil
        sealed = builder.seal()
    }

    /// The inventory as it would have been read at this instant, which is not before that of the reading.
    ///
    /// The problems are those of the one reading: times that were in its future stay among them.
    public func inventory(at asOf: Moment) -> Inventory {
        precondition(asOf >= sealed.rules.asOf, "a timeline begins with the instant of its reading")
        if let builder, builder.readsDifferently(at: asOf) { return builder.sealed(asOf: asOf) }
        var inventory = sealed
        inventory.rules = TimeRules(asOf: asOf)
        return inventory
    }
}
