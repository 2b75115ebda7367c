internal import CEL
internal import Policies

/// Counts the records for which a part of one expression failed and did not matter.
struct AbsorbedTally {
    private struct Part: Hashable {
        let offset: Int
        let code: CELError.Code
    }

    private let document: String
    private let expression: Expression
    private var counts: [Part: Int] = [:]

    init(_ document: String, _ expression: Expression) {
        self.document = document
        self.expression = expression
    }

    /// Notes what one evaluation absorbed, which is that of so many records.
    mutating func add(_ absorbed: [CELError], records: Int = 1) {
        let parts = absorbed.map { Part(offset: $0.range?.lowerBound ?? 0, code: $0.code) }
        for part in Set(parts) { counts[part, default: 0] += records }
    }

    var errors: [AbsorbedError] {
        counts.map { part, count in
            AbsorbedError(
                document: document, location: expression.place(of: part.offset), code: part.code.rawValue,
                records: count)
        }
    }
}
