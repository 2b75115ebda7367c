import CEL
import TestSupport
import Testing

/// What an expression can cost, told without evaluating it.
@Suite struct CostEstimateTests {
    /// What the property below met, so that a run shows that it meant something.
    private struct Met: CustomStringConvertible {
        var values = 0
        var failures = 0
        var stopped = 0
        var unbounded = 0
        var exact = 0
        var read = 0

        var description: String {
            "\(values) values, \(failures) failures, \(stopped) stopped by their budget, \(read) with dear fields; "
                + "\(exact) cost just the most or the least, \(unbounded) have no bound"
        }
    }

    @Test func `what an evaluation costs lies within the estimate, whatever the values within their sizes`() throws {
        var met = Met()
        let rounds: UInt64 = Campaign.isSoak ? 200_000 : 2_000
        for seed in 0..<rounds {
            var inputs = CostInputs(seed: seed)
            let text = inputs.expression(seed: seed)
            let environment = CostInputs.environment
            guard let program = try? environment.compile(text, isChecked: seed % 2 == 0) else { continue }
            let estimate = program.estimatedCost(of: inputs.sizes)
            for _ in 0..<3 {
                let (variables, things) = inputs.values()
                let outcome = program.evaluate(CELBindings(variables, in: environment))
                let reading = things.settle()
                let comment: Comment =
                    "seed \(seed): \(text.debugDescription) cost \(outcome.cost), \(reading) read: \(estimate)"
                if outcome.error?.code == .budget {
                    met.stopped += 1
                    #expect(!estimate.isCertain(within: environment.limits), comment)
                    continue
                }
                let isValue = outcome.error == nil
                met.values += isValue ? 1 : 0
                met.failures += isValue ? 0 : 1
                met.read += reading > 0 ? 1 : 0
                met.unbounded += estimate.total.most == CELBounds.unlimited ? 1 : 0
                met.exact += [estimate.total.least, estimate.total.most].contains(outcome.cost) ? 1 : 0
                let total = estimate.total.least...estimate.total.most
                let own = estimate.cost.least...estimate.cost.most
                #expect(total.contains(outcome.cost), comment)
                #expect(own.contains(outcome.cost - reading), comment)
                #expect(!isValue || outcome.cost >= estimate.leastTotalOfValue, comment)
                #expect(!isValue || outcome.cost - reading >= estimate.leastCostOfValue, comment)
                #expect(!isValue || !estimate.isHopeless(within: environment.limits), comment)
            }
        }
        print("cost estimates: \(met)")
        #expect(met.values > 1_000 && met.failures > 1_000 && met.stopped > 0 && met.read > 300)
        #expect(met.exact > 500 && met.unbounded < (met.values + met.failures) / 2)
    }
}
