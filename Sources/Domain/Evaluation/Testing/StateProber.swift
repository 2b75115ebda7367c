internal import Chronology
internal import Policies
internal import Records

/// Finds out by trying which states the retention policies can reach.
struct StateProber {
    private let set: PolicySet
    private let asOf: Instant

    init(_ set: PolicySet, asOf: Instant) {
        self.set = set
        self.asOf = asOf
    }

    /// Every state that a probe reached, with the records of the smallest probe.
    func reached() -> [TestCoverage.Item: [TestRecord]] {
        var found: [TestCoverage.Item: [TestRecord]] = [:]
        var workshop = ProbeWorkshop(set, asOf: Moment(asOf))
        let probes = set.retention.flatMap { workshop.probes(of: $0) }
        for layer in Self.layers(probes) { add(layer, to: &found) }
        return found
    }

    /// Probes side by side: of those whose records have one name, each stands in another layer.
    private static func layers(_ probes: [[TestRecord]]) -> [[[TestRecord]]] {
        var layers: [[[TestRecord]]] = []
        var uses: [String: Int] = [:]
        for probe in probes {
            let names = probe.map { "\($0.source)/\($0.kind.name)/\($0.id)" }
            let layer = names.map { uses[$0, default: 0] }.max() ?? 0
            for name in names { uses[name] = layer + 1 }
            while layers.count <= layer { layers.append([]) }
            layers[layer].append(probe)
        }
        return layers
    }

    private func add(_ probes: [[TestRecord]], to found: inout [TestCoverage.Item: [TestRecord]]) {
        let location = SourceLocation(file: "probe", line: 0, column: 0)
        var test = PolicyTest(name: "probe", asOf: asOf, location: location)
        test.records = probes.flatMap(\.self)
        let result = Evaluator(policies: set, asOf: Moment(asOf), options: ScanOptions())
            .evaluate(TestInventory.make(test, set))
        var states: [Int: [TestCoverage.Item]] = [:]
        for finding in result.findings where finding.state == .earlyExpiry {
            guard let policy = finding.policy else { continue }
            states[finding.row, default: []].append(item(policy, .atLeast, .earlyExpiry))
        }
        let answers = RuleAnswers(result: result)
        for probe in probes {
            for record in probe {
                guard let source = result.inventory.sourceNames.firstIndex(of: record.source),
                    let row = result.inventory.row(source: source, kind: record.kind, id: record.id)
                else { continue }
                for item in (states[row] ?? []) + self.states(row, result, answers)
                where found[item].map({ probe.count < $0.count }) ?? true {
                    found[item] = probe
                }
            }
        }
    }

    private func states(_ row: Int, _ result: ScanResult, _ answers: RuleAnswers) -> [TestCoverage.Item] {
        let verdicts = result.assessment.verdicts(row, isUsed: result.marks.isUsed[row])
        let pairs = verdicts.filter { $0.state != .error }
            .map { item($0.policy, $0.rule, TestExpectation.State($0.state)) }
        let failed = Set(verdicts.filter { $0.state == .error && $0.rule == .atLeast }.map(\.policy))
        let duties = result.assessment.plan(row).obliging.filter { !failed.contains($0) }
            .map { item($0, .atLeast, answers.duty($0, row).state) }
        return pairs + duties
    }

    private func item(
        _ policy: Int, _ rule: Finding.Rule, _ state: TestExpectation.State
    ) -> TestCoverage.Item {
        TestCoverage.Item(policy: set.retention[policy].name, rule: rule.rawValue, state: state)
    }
}
