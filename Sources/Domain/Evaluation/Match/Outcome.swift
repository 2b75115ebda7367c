internal import CEL

/// Whether a document speaks of a record, as far as that can be decided.
enum Outcome: UInt8, Sendable, Hashable {
    case no
    case yes
    /// Something that the answer hangs on failed or is unknown. What cannot be decided protects.
    case undecided

    /// What a condition comes to.
    init(_ outcome: CELOutcome) {
        switch outcome.condition {
        case true?: self = .yes
        case false?: self = .no
        case nil: self = .undecided
        }
    }

    /// What a condition comes to.
    init(mark: UInt8) {
        self = mark == Mark.isFalse ? .no : mark == Mark.isTrue ? .yes : .undecided
    }

    /// Both must hold. What is false for certain decides, whatever else is unknown.
    static func both(_ left: Outcome, _ right: Outcome) -> Outcome {
        if left == .no || right == .no { return .no }
        return left == .undecided || right == .undecided ? .undecided : .yes
    }
}
