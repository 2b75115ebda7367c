extension ScanResult {
    /// Marks findings as debt that was there before: they stay in every report, and fail the run no more.
    ///
    /// - Parameter isKnown: whether a finding is such debt; it is asked only about what can be.
    public mutating func accept<Failure: Error>(
        where isKnown: (Finding) throws(Failure) -> Bool
    ) throws(Failure) {
        for index in findings.indices where findings[index].canBeBaselined {
            findings[index].isBaselined = try isKnown(findings[index])
        }
        summary.baselined = findings.count(where: \.isBaselined)
        summary.violations = findings.count {
            $0.isViolation && !$0.isBaselined && $0.severity >= options.failOn
        }
    }
}

extension Finding {
    /// Whether a baseline can hold it: a violation that was decided. What could not be decided is never fine, and what
    /// is no violation needs no baseline.
    public var canBeBaselined: Bool {
        guard isViolation else { return false }
        return switch state {
        case .overdue, .denied, .lost, .earlyExpiry, .uncovered: true
        // That somebody who was forgotten came back is nothing to get used to.
        case .error, .resurrected, .undetermined, .due, .held, .excepted, .inUse, .kept, .allowed: false
        }
    }
}
