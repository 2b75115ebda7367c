internal import CEL

/// What a condition says of a record.
enum Answer: Sendable {
    case yes, no
    /// It fails, whatever more might be read.
    case fails
    /// It asks for what was not read.
    case unknown

    init(_ outcome: CELOutcome) {
        switch outcome.condition {
        case true?: self = .yes
        case false?: self = .no
        case nil: self = outcome.error?.code == .unknown ? .unknown : .fails
        }
    }

    init(mark: UInt8) {
        switch mark {
        case Mark.isTrue: self = .yes
        case Mark.isFalse: self = .no
        case Mark.unknown: self = .unknown
        default: self = .fails
        }
    }
}
