import CEL
import YAML

/// What expressions cost, as far as that is known before any record is.
extension Builder {
    func checkCost(of program: CELProgram, _ scalar: Scalar, _ scope: Scope, _ file: inout DocumentFile) {
        guard let excess = scope.costs.excess(of: program) else { return }
        let estimate = excess.estimate
        let part = program.syntax[estimate.costliest]
        let place = scalar.position(of: program.syntax, part.name.lowerBound)
        let limits = program.costLimits
        if estimate.isHopeless(within: limits) {
            let isOwn = estimate.leastCostOfValue > limits.cost
            file.error(
                "expression-over-budget", at: place,
                "the expression costs at least \(grouped(isOwn ? estimate.leastCostOfValue : estimate.leastTotalOfValue))"
                    + " units, and its budget is \(budget(isOwn: isOwn, limits)): it can never be evaluated",
                hint: "go through fewer elements; what stands inside a macro is evaluated once for each")
            return
        }
        let isOwn = estimate.cost.most > limits.cost
        let most = isOwn ? estimate.cost.most : estimate.total.most
        let condition = excess.related == 0 ? "" : "of a record with \(grouped(excess.related)) related records "
        let amount =
            most == CELBounds.unlimited
            ? "has no bound" : "may be \(grouped(most)) units where texts have \(ExpressionCosts.textBytes) bytes"
        file.warn(
            "expression-cost", at: place,
            "the cost \(condition)\(amount), and its budget is \(budget(isOwn: isOwn, limits))",
            hint: hint(program, part, most: most, isOwn: isOwn))
    }

    private func budget(isOwn: Bool, _ limits: CELLimits) -> String {
        isOwn ? grouped(limits.cost) : "\(grouped(limits.total)) with the variables that it reads"
    }

    private func hint(_ program: CELProgram, _ part: CELSyntax.Node, most: Int, isOwn: Bool) -> String {
        let consequence = "beyond its budget an expression is an error, never a pass"
        if most == CELBounds.unlimited, case .call("matches", _, _) = part.kind {
            return "\(consequence); write the pattern out, so that it is compiled once"
        }
        if !isOwn {
            return
                "\(consequence); whoever reads a variable pays for it each time, so read it once, with cel.bind(name, "
                + "variables.…, …) around the macro"
        }
        return
            "\(consequence); compare with one element instead of with each, or let a cheaper question stand before it"
    }

    /// Digits in threes, as people read large numbers.
    private func grouped(_ number: Int) -> String {
        let digits = String(number)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }
}
