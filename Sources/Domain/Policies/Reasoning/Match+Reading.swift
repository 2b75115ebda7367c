import Chronology
import Records

extension Match {
    /// When the match speaks of a record, and when not. Where neither is certain, the answer is undecided.
    ///
    /// - Parameters:
    ///   - parameters: the constants of the match's document.
    ///   - zone: the zone of the document's periods.
    func reading(parameters: Parameters?, asOf: Instant, zone: Zone) -> Reading {
        .all([readingWithoutCondition, readingOfCondition(parameters: parameters, asOf: asOf, zone: zone)])
    }

    /// The same, of `where` alone.
    func readingOfCondition(parameters: Parameters?, asOf: Instant, zone: Zone) -> Reading {
        guard let condition else { return .always }
        return ExpressionReader(program: condition.program, parameters: parameters, asOf: asOf, zone: zone).reading
    }

    /// The same, of what stands beside `where`.
    var readingWithoutCondition: Reading {
        var parts: [Reading] = []
        if let kinds { parts.append(Self.reading(.kind, kinds.kinds.map(\.name))) }
        if !sources.isEmpty {
            parts.append(.any(sources.map { Self.reading(.source, .fits(TextPattern($0))) }))
        }
        if !ids.isEmpty { parts.append(Self.reading(.id, ids)) }
        parts += metadata.map { Self.reading(.metadata($0.key), $0.values) }
        if !subjects.isEmpty { parts.append(Self.reading(.subject, subjects)) }
        if let createdBetween { parts.append(Self.reading(createdBetween)) }
        return .all(parts)
    }

    private static func reading(_ field: TextField, _ values: [String]) -> Reading {
        reading(field, .oneOf(Set(values.map { Letters($0) })))
    }

    /// What is absent is no match, and never a failure.
    private static func reading(_ field: TextField, _ predicate: TextPredicate) -> Reading {
        let atom = Atom.text(field, predicate)
        return Reading(holds: .holds(atom), fails: .fails(atom))
    }

    /// A time of creation that is missing lies between the beginning and the as-of instant.
    private static func reading(_ span: CreatedBetween) -> Reading {
        let isUndated = Formula.fails(.isPresent(.created))
        let from = Int128(span.from.microseconds)
        let last = Int128(span.until.microseconds) - 1
        let isOpen = span.from == .beginning
        let isBefore = Bound(.created, .origin, atMost: from - 1)
        let isAfter = Bound(.origin, .created, atMost: -last - 1)
        return Reading(
            holds: .disjunction([
                .conjunction([.holds(.bound(isBefore.opposite)), .holds(.bound(isAfter.opposite))]),
                isOpen ? .conjunction([isUndated, .holds(.bound(Bound(.now, .origin, atMost: last)))]) : .falsehood,
            ]),
            fails: .disjunction([
                .holds(.bound(isBefore)), .holds(.bound(isAfter)),
                .conjunction([isUndated, .holds(.bound(Bound(.now, .origin, atMost: from - 1)))]),
            ]))
    }
}
