import CEL
import Chronology
import Records

@testable import Policies

/// One record, and what a match says of it by the letter of the design: slow, and without any reasoning.
final class PlainRecord: CELObjectSource, CELMapSource {
    let texts: [TextField: String]
    let quantities: [Quantity: Int128]

    init(texts: [TextField: String], quantities: [Quantity: Int128]) {
        self.texts = texts
        self.quantities = quantities
    }

    var objectType: CELObjectType { RecordField.objectType }

    func field(at index: Int, of row: Int) -> CELLookup {
        guard let field = RecordField(rawValue: index) else { return .absent }
        if field == .metadata { return .value(.map(CELMap(self, row: row))) }
        if let text = TextField(field) { return texts[text].map { .value(.string($0)) } ?? .absent }
        guard let quantity = Quantity(field), let value = quantities[quantity] else {
            return field == .lastActivity ? .unknown("no point") : .absent
        }
        if quantity == .bytes || quantity == .tokens { return .value(.int(Int64(value))) }
        guard let instant = Moment(microseconds: Int64(value)).instant else { return .unknown("open") }
        return .value(.timestamp(instant))
    }

    func count(of row: Int) -> Int { keys(of: row).count }

    func keys(of row: Int) -> [String] {
        texts.keys.compactMap { field in
            guard case .metadata(let key) = field else { return nil }
            return key
        }.sorted()
    }

    func value(forKey key: String, of row: Int) -> CELLookup {
        texts[.metadata(key)].map { .value(.string($0)) } ?? .absent
    }

    /// Whether the match speaks of the record at this instant; nil where that cannot be decided.
    func answer(_ match: Match, asOf: Moment) -> Bool? {
        var answers: [Bool?] = []
        if let kinds = match.kinds { answers.append(kinds.kinds.contains { $0.name == texts[.kind] }) }
        if !match.sources.isEmpty {
            answers.append(match.sources.contains { $0.matches(texts[.source] ?? "") })
        }
        if !match.ids.isEmpty { answers.append(match.ids.contains(texts[.id] ?? "")) }
        for condition in match.metadata {
            answers.append(texts[.metadata(condition.key)].map(condition.values.contains) ?? false)
        }
        if !match.subjects.isEmpty { answers.append(texts[.subject].map(match.subjects.contains) ?? false) }
        if let span = match.createdBetween { answers.append(isCreated(in: span, asOf)) }
        if let condition = match.condition {
            let variables: [CELLookup] = [
                .value(.object(CELObject(self, row: 0))), asOf.instant.map { .value(.timestamp($0)) } ?? .absent,
                .absent,
            ]
            answers.append(condition.program.evaluate(CELBindings(variables)).condition)
        }
        if answers.contains(false) { return false }
        return answers.contains(nil) ? nil : true
    }

    private func isCreated(in span: Match.CreatedBetween, _ asOf: Moment) -> Bool? {
        let created = quantities[.created].map { Moment(microseconds: Int64($0)) }
        let (earliest, latest) = (created ?? .beginning, created ?? asOf)
        if latest < span.from || earliest >= span.until { return false }
        return earliest >= span.from && latest < span.until ? true : nil
    }
}
