public import Ledger

/// How much of a service a scan that remembers earlier ones is to read.
public enum Breadth: Sendable {
    /// Everything, and why not less.
    case everything(because: String)
    /// What can be listed, and of what is known by its id that of which the ledger does not say that it is settled; and why
    /// there is less of that than there could be.
    case due(LedgerRun.Basis, obstacle: String? = nil)
}
