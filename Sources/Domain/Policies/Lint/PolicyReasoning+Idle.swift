import Chronology
import Records

/// Documents and dispositions without any effect.
extension PolicyReasoning {
    /// An exception covers pairs of a policy with a limit and a record that both select.
    mutating func checkExceptions() {
        for exception in exceptions {
            let selection = Selection(exception.match, asOf: asOf, zone: exception.zone)
            let found = Emptiness.diagnostic(selection, of: .exception, at: exception.location, &questions)
            diagnostics += found.diagnostics
            guard !found.isEmpty else { continue }
            for governed in policies where governed.isAlive && exception.policies.contains(governed.policy.name) {
                let name = governed.policy.name
                if governed.policy.atMost == nil, access[name] == nil {
                    warn(
                        "exception-on-nothing", at: exception.policyLocations[name] ?? exception.location,
                        "policy '\(name)' has no atMost from which it could except",
                        hint: "an exception permits a record to be kept longer; an atLeast has none")
                } else {
                    checkException(
                        exception, selection, from: name, [governed.selection] + (access[name].map { [$0] } ?? []))
                }
            }
            for (name, other) in access.sorted(by: { $0.key < $1.key }) where exception.policies.contains(name) {
                if policies.contains(where: { $0.policy.name == name }) { continue }
                checkException(exception, selection, from: name, [other])
            }
        }
    }

    /// Whether some record of the exception is one of the policy, or of the policies of that name.
    private mutating func checkException(
        _ exception: PolicyException, _ selection: Selection, from name: String, _ selections: [Selection]
    ) {
        let either = Formula.disjunction(selections.map(\.reading.holds))
        guard questions.isImpossible([selection.reading.holds, either]) else { return }
        warn(
            "exception-on-nothing", at: exception.policyLocations[name] ?? exception.location,
            "no record that the exception's match fits is one of policy '\(name)'",
            hint: "compare the two matches, or take the policy off the list")
    }

    /// A disposition that no record can reach.
    mutating func checkDispositions() {
        for governed in policies where governed.isAlive {
            let policy = governed.policy
            guard let atMost = policy.atMost else { continue }
            if let begin = policy.clock.quantity, governed.selection.reading.speaksOfTime {
                let isDue = Formula.holds(
                    .bound(Bound(begin, .now, atMost: -PeriodBounds(atMost, policy.zone).least)))
                let hasClock = Formula.holds(.isPresent(begin))
                // Of records without the clock the age is undetermined, and that may be what the policy is to show.
                if questions.isImpossible([governed.selection.reading.holds, isDue]),
                    !questions.isImpossible([governed.selection.reading.holds, hasClock])
                {
                    warn(
                        "never-due", at: policy.match.condition?.location ?? policy.location,
                        "no record that '\(policy.name)' matches is \(atMost) past its clock, \(policy.clock.name): "
                            + "nothing is ever due",
                        hint: "the match lets go of a record before its time; leave ages to the clock and keep.atMost")
                }
            }
            let deletable = Set(Kind.allCases.filter(\.canBeDeleted).map { Letters($0.name) })
            if policy.whenDue == .delete, policy.match.kinds == nil,
                questions.isImpossible([
                    governed.selection.reading.holds, .holds(.text(.kind, .oneOf(deletable))),
                ])
            {
                warn(
                    "no-delete-verb", at: policy.match.condition?.location ?? policy.location,
                    "providers have no verb that deletes any kind that '\(policy.name)' matches",
                    hint: "such records go with what contains them; write whenDue: review")
            }
        }
    }

    /// A default of which every record falls under another limit.
    mutating func checkDefaults() {
        for governed in policies where governed.isAlive && governed.policy.isDefault && governed.policy.atMost != nil {
            let rivals = rivals(of: governed)
            guard !rivals.isEmpty,
                questions.isImpossible([governed.selection.reading.holds] + rivals.map(\.selection.reading.fails))
            else { continue }
            let names = rivals.prefix(3).map { "'\($0.policy.name)'" }.joined(separator: ", ")
            warn(
                "default-never-reached", at: governed.policy.location,
                "the default '\(governed.policy.name)' never limits anything: every record that it matches falls under "
                    + names + (rivals.count > 3 ? " or \(rivals.count - 3) more" : ""),
                hint: "remove it, or widen its match")
        }
    }
}

extension Reading {
    /// Whether ages or times are spoken of.
    var speaksOfTime: Bool {
        [Quantity.now, .created, .lastActivity, .lastModified, .expires].contains { holds.mentions($0) }
    }
}
