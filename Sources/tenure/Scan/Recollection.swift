internal import Chronology
internal import Connectors
internal import Ledger
internal import Policies
internal import Records

/// What a ledger knows, for commands that add nothing to it.
struct Recollection {
    private let ledger: Ledger?
    private let asOf: Moment
    /// By source: what is known of what it cannot list.
    let memory: LiveConnector.Memory

    /// What the ledger knows of what services cannot list; the usual ledger, where there is one and none is named. Without
    /// services nothing is asked for.
    static func memory(of path: String?, _ policies: PolicySet, asOf: Instant) throws(Failure) -> LiveConnector.Memory {
        let hasService = policies.sources.contains { LiveConnector.types.contains($0.type) }
        guard path != nil || hasService else { return .none }
        return try Recollection(path: path, mustExist: path != nil, policies, asOf: asOf).memory
    }

    /// Opens the ledger, or the usual one where none is named.
    init(path: String?, mustExist: Bool, _ policies: PolicySet, asOf: Instant) throws(Failure) {
        self.asOf = Moment(asOf)
        do throws(LedgerError) {
            ledger = try Ledger(reading: path ?? Ledger.usualPath)
            guard let ledger else {
                if mustExist { throw LedgerError.absent(path ?? Ledger.usualPath) }
                memory = .none
                return
            }
            var known: [String: [Remembered]] = [:]
            for source in policies.sources where LiveConnector.types.contains(source.type) {
                let gone = try ledger.goneCounts(inSource: source.name)
                for kind in LiveConnector.kindsFoundById(source) {
                    known[source.name, default: []].append(
                        Remembered(
                            kind: kind, ids: try ledger.ids(of: kind, inSource: source.name), gone: gone[kind] ?? 0,
                            kept: try ledger.keptCount(of: kind, inSource: source.name, asOf: self.asOf)))
                }
            }
            memory = .known(known)
        } catch {
            throw .usage("\(error)")
        }
    }

    /// The records of these sources that an earlier scan found to be gone, and that should not be.
    func gone(_ sources: [String]) throws(Failure) -> [GoneRecord] {
        guard let ledger else { return [] }
        do throws(LedgerError) {
            let now = Moment(Instant.now())
            var gone: [GoneRecord] = []
            for source in sources { gone += try ledger.lost(inSource: source, asOf: asOf, now: now) }
            return gone
        } catch {
            throw .incomplete("\(error)")
        }
    }
}
