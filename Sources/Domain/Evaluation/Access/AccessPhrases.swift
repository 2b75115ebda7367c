internal import CEL
internal import Policies

/// Words for what validations say. What is not the document's own text holds no value of a record.
struct AccessPhrases {
    let assessment: Assessment
    /// Whether a message may name records by their ids.
    let showsIds: Bool

    private static let longestMessage = 300

    func because(_ verdict: AccessVerdict, _ row: Int) -> String {
        switch verdict.state {
        case .error: return failure(verdict, row)
        case .allowed: return "\(validation(verdict).name) holds"
        case .excepted: return "\(message(verdict, row)); excepted by \(exception(verdict))"
        default: return message(verdict, row)
        }
    }

    private func validation(_ verdict: AccessVerdict) -> AccessPolicy.Validation {
        assessment.rules.policies.access[verdict.policy].validations[verdict.validation]
    }

    private func exception(_ verdict: AccessVerdict) -> String {
        guard let index = verdict.exception else { return "an exception" }
        return "\(assessment.rules.policies.exceptions[index].citation)"
    }

    private func message(_ verdict: AccessVerdict, _ row: Int) -> String {
        let validation = validation(verdict)
        let mayBeMade = showsIds || !validation.messageReadsIds
        let made = mayBeMade ? assessment.access.message(verdict.validation, of: verdict.policy, row) : nil
        return Self.oneLine(made ?? validation.message ?? "\(validation.name) is false")
    }

    /// A text that may hold what a record's metadata says, so it is made harmless to terminals and short.
    private static func oneLine(_ text: String) -> String {
        let scalars = text.unicodeScalars
        var shown = String.UnicodeScalarView()
        for scalar in scalars.prefix(longestMessage) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: shown.append(" ")
            default: shown.append(scalar)
            }
        }
        return String(shown) + (scalars.count > longestMessage ? "…" : "")
    }

    /// Why it could not be decided. The errors of expressions may quote values, so they are put into other words.
    private func failure(_ verdict: AccessVerdict, _ row: Int) -> String {
        guard verdict.isCertain else {
            let excess = assessment.budgetExcess(ofMatchOf: verdict.policy, row).map { ": \($0)" } ?? ""
            return Failure.undecidedMatch.reason + excess
        }
        let validation = validation(verdict)
        let start = "\(validation.name) could not be decided: "
        let outcome = assessment.access.outcome(verdict.validation, of: verdict.policy, row)
        guard let error = outcome.error else { return start + "it gives no truth value" }
        let source = validation.expression.program.syntax.source
        return start + error.reason + (error.range.map { ", at: \(Self.oneLine(source.excerpt($0)))" } ?? "")
    }
}

extension CELError {
    /// The error without any value.
    fileprivate var reason: String {
        switch code {
        case .unknown, .budget: message
        case .noSuchField, .noSuchKey: "a field or a key is absent"
        case .outOfRange, .overflow: "a number or a time is out of range"
        case .divisionByZero: "it divides by zero"
        default: "an operation does not take these values"
        }
    }
}
