/// Whether a match can speak of any record, and whether its `where` makes a difference.
enum Emptiness {
    /// The document whose match it is.
    enum Subject: String {
        case policy, hold, exception
    }

    static func diagnostic(
        _ selection: Selection, of subject: Subject, at location: SourceLocation, _ questions: inout Questions
    ) -> (diagnostics: [Diagnostic], isEmpty: Bool) {
        if questions.isImpossible([selection.plain.holds]) {
            return ([nothing(subject, location)], true)
        }
        guard let condition = selection.match.condition else { return ([], false) }
        if questions.isImpossible([selection.reading.holds]) {
            return (condition.isQuestioned ? [] : [never(subject, condition, selection, &questions)], true)
        }
        guard !condition.isQuestioned,
            questions.isImpossible([selection.plain.holds, selection.reading.holds.negation])
        else {
            return ([], false)
        }
        return ([always(condition, selection, &questions)], false)
    }

    private static func nothing(_ subject: Subject, _ location: SourceLocation) -> Diagnostic {
        let message = "no record can fit the match: the \(subject.rawValue) is on nothing"
        let hint = "the lines of a match must all hold of one record; change or remove one of them"
        return switch subject {
        case .policy: Diagnostic(.warning, "policy-on-nothing", at: location, message, hint: hint)
        case .hold: Diagnostic(.warning, "hold-on-nothing", at: location, message, hint: hint)
        case .exception: Diagnostic(.warning, "exception-on-nothing", at: location, message, hint: hint)
        }
    }

    private static func never(
        _ subject: Subject, _ condition: Expression, _ selection: Selection, _ questions: inout Questions
    ) -> Diagnostic {
        let isAlone = selection.plain.holds.isTruth || questions.isImpossible([selection.condition.holds])
        return Diagnostic(
            .warning, "never-holds", at: condition.location,
            isAlone
                ? "the condition never holds, whatever the record: the \(subject.rawValue) is on nothing"
                : "the condition never holds of a record that the match's other lines fit: the \(subject.rawValue) is "
                    + "on nothing",
            hint: "look for a value or a comparison that is not meant, or for && that should be ||")
    }

    private static func always(
        _ condition: Expression, _ selection: Selection, _ questions: inout Questions
    ) -> Diagnostic {
        let isAlone = selection.plain.holds.isTruth || questions.isImpossible([selection.condition.holds.negation])
        return Diagnostic(
            .warning, "always-holds", at: condition.location,
            isAlone
                ? "the condition always holds, whatever the record"
                : "the condition always holds of a record that the match's other lines fit",
            hint: "remove it, or look for || that should be &&")
    }
}

extension Formula {
    fileprivate var isTruth: Bool {
        guard case .truth = self else { return false }
        return true
    }
}
