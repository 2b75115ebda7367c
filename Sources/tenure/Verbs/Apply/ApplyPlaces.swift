internal import Connectors
internal import Disposition
internal import Evaluation
internal import Policies
internal import ProviderFacts
internal import Records

/// The places of a scan: where a plan is made for, and where it is executed.
struct ApplyPlaces {
    /// As the documents have them.
    let places: [PlanBinding.Place]
    private let result: ScanResult

    init(_ result: ScanResult) throws(Failure) {
        self.result = result
        let sources = result.policies.sources
        do throws(FactsError) {
            places = try result.inventory.sourceNames.map { (name) throws(FactsError) in
                let source = sources.first { $0.name == name }
                let type = source?.type ?? "export"
                let usual = try ProviderFacts.facts(ofType: type, version: source?.apiVersion)?.address
                return PlanBinding.Place(
                    name: name, type: type, address: type == "export" ? nil : source?.address ?? usual)
            }
        } catch {
            throw .usage("the places cannot be told: \(error)")
        }
    }

    /// What executes a plan, by the names of its places. Copies have nothing that does.
    func services(of plan: Plan) throws(Failure) -> [String: any DispositionService] {
        var services: [String: any DispositionService] = [:]
        for place in plan.binding.places {
            guard let source = result.policies.sources.first(where: { $0.name == place.name }),
                LiveConnector.types.contains(source.type)
            else { continue }
            do throws(ConnectorError) {
                services[place.name] = try LiveDisposition(source, known: known(in: place.name, besides: plan))
            } catch {
                throw .usage("apply: \(error)")
            }
        }
        return services
    }

    /// Some records of each kind that the scan has just seen and that stay, by which a family without a list shows that it
    /// is there.
    private func known(in source: String, besides plan: Plan) -> [Kind: [String]] {
        var leaving: Set<Plan.Name> = []
        for action in plan.actions where action.source == source {
            leaving.insert(action.name)
            leaving.formUnion(action.along)
        }
        let inventory = result.inventory
        guard let number = inventory.sourceNames.firstIndex(of: source) else { return [:] }
        var known: [Kind: [String]] = [:]
        for row in 0..<inventory.count
        where Int(inventory.sources[row]) == number && !result.isLost(row)
            && known[inventory.kinds[row], default: []].count < Self.knownOfEach
            && !leaving.contains(Plan.Name(kind: inventory.kinds[row], id: inventory.id(row)))
        {
            known[inventory.kinds[row], default: []].append(inventory.id(row))
        }
        return known
    }

    private static let knownOfEach = 5
}
