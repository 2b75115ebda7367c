public import Chronology

/// A request about which the person was told, in time, that its answer takes longer, and why.
public struct ExtendedRequest: Sendable, Hashable {
    /// The request, with the day on which the person was told.
    public let request: PrivacyRequest

    /// Why the answer may not take longer.
    public enum Refusal: Error, Sendable, Hashable {
        /// Who asked was told another day already.
        case alreadyExtended(CivilDate)
        /// That day is before the request was received.
        case beforeReceipt(CivilDate)
        /// The answer was due before that day: an extension cannot heal that.
        case late(DueDates.Due)
        /// No calendar has the day by which it is to be answered.
        case noDates
    }

    /// - Parameter day: on which the person was told.
    public init(
        _ request: PrivacyRequest, told day: CivilDate, _ workingDays: WorkingDays
    ) throws(Refusal) {
        if let earlier = request.extendedOn, earlier != day { throw .alreadyExtended(earlier) }
        guard day >= request.received else { throw .beforeReceipt(request.received) }
        guard let dates = request.dueDates(workingDays) else { throw .noDates }
        guard day <= dates.answer.day else { throw .late(dates.answer) }
        var extended = request
        extended.extendedOn = day
        self.request = extended
    }
}

extension ExtendedRequest.Refusal: CustomStringConvertible {
    /// What is wrong, for people.
    public var description: String {
        switch self {
        case .alreadyExtended(let day): "the person was told on \(day) already, and a request is extended once"
        case .beforeReceipt(let day): "it was received on \(day), and nobody is told of a delay before that"
        case .late(let due): "it was to be answered by \(due.day), and the person is told by then; \(due.rule)"
        case .noDates: "no calendar has the day by which it is to be answered"
        }
    }
}
