/// A stretch of an evaluation, told when it is over, so that a benchmark can time each apart.
package enum EvaluationPhase: String, CaseIterable, Sendable {
    /// Every document's match was answered for every record.
    case matched
    /// What documents oblige to keep was carried up and down references.
    case obliged
    /// Every pair was judged or counted.
    case swept
    /// Who uses whom, and what may go, was carried along references.
    case settled
    /// Early expiries were looked for, and access policies asked.
    case validated
    /// Findings were completed and sorted.
    case finished
}
