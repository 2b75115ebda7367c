internal import Connectors
internal import Disposition
internal import Evaluation
internal import Policies
internal import ProviderFacts
internal import Records

/// The places of a scan: those that a plan is made for, and where it is executed.
struct Places {
    /// As the documents have them.
    let list: [PlanBinding.Place]
    private let result: ScanResult

    private let verb: String

    /// - Parameters:
    ///   - verb: who says so where something is wrong.
    ///   - accounts: whose accounts the credentials open, by the names of the sources, where that was asked.
    init(_ result: ScanResult, for verb: String, accounts: [String: String] = [:]) throws(Failure) {
        self.result = result
        self.verb = verb
        list = try Self.list(
            of: result.inventory.sourceNames, result.policies.sources, for: verb, accounts: accounts)
    }

    /// The places of these names, as the documents have them.
    static func list(
        of names: [String], _ sources: [Source], for verb: String, accounts: [String: String] = [:]
    ) throws(Failure) -> [PlanBinding.Place] {
        do throws(FactsError) {
            return try names.map { (name) throws(FactsError) in
                let source = sources.first { $0.name == name }
                let type = source?.type ?? "export"
                let usual = try ProviderFacts.facts(ofType: type, version: source?.apiVersion)?.address
                return PlanBinding.Place(
                    name: name, type: type, address: type == "export" ? nil : source?.address ?? usual,
                    account: accounts[name])
            }
        } catch {
            throw .usage("\(verb): \(error)")
        }
    }

    /// What executes a plan, by the names of its places. Copies have nothing that does.
    ///
    /// - Parameter time: the time of a rehearsal, in which nobody waits; nil for the machine's own.
    func services(of plan: Plan, time: RehearsedTime? = nil) throws(Failure) -> [String: LiveDisposition] {
        var services: [String: LiveDisposition] = [:]
        for place in plan.binding.places {
            guard let source = result.policies.sources.first(where: { $0.name == place.name }),
                LiveConnector.types.contains(source.type)
            else { continue }
            do throws(ConnectorError) {
                services[place.name] = try LiveDisposition(source, known: known(in: place.name), time: time)
            } catch {
                throw .usage("\(verb): \(error)")
            }
        }
        return services
    }

    /// Some records of each kind that the scan has just seen and that stay, by which a family without a list shows that it
    /// is there.
    private func known(in source: String) -> [Kind: [String]] {
        let inventory = result.inventory
        guard let number = inventory.sourceNames.firstIndex(of: source) else { return [:] }
        var known: [Kind: [String]] = [:]
        for row in 0..<inventory.count
        where Int(inventory.sources[row]) == number && !result.isLost(row) && !result.goes(row)
            && known[inventory.kinds[row], default: []].count < Self.knownOfEach
        {
            known[inventory.kinds[row], default: []].append(inventory.id(row))
        }
        return known
    }

    private static let knownOfEach = 5
}
