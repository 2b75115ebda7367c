import Chronology

/// The questions of one lint run, of which there is a limit: pairs of documents grow faster than documents.
struct Questions {
    private let reasoner: Reasoner
    private(set) var count = 0
    private(set) var left: Int

    /// A question takes some ten microseconds: these take half a second.
    static let most = 50_000

    init(asOf: Instant, most: Int = Questions.most) {
        reasoner = Reasoner(asOf: asOf)
        left = most
    }

    /// Whether questions were left out.
    private(set) var isExhausted = false

    mutating func satisfy(
        _ formulas: [Formula], preferring preferred: [(Quantity, Int128)] = []
    ) -> Reasoner.Answer {
        guard left > 0 else {
            isExhausted = true
            return .cannotSay([])
        }
        left -= 1
        count += 1
        return reasoner.satisfy(formulas, preferring: preferred)
    }

    /// Whether it is certain that no record meets all.
    mutating func isImpossible(_ formulas: [Formula]) -> Bool {
        guard case .no = satisfy(formulas) else { return false }
        return true
    }
}
