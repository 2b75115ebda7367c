public import Chronology

/// What stands in the place of the reports of a run that came to no result.
///
/// Without it, an older file would stand there, and whoever looks at it later would take it for this run's.
public struct AbortedReport: Sendable {
    /// What was run.
    public enum Verb: String, Sendable { case scan, test }

    let verb: Verb
    let reason: String
    let asOf: Moment
    let toolVersion: String
    let exitCode: Int

    /// - Parameters:
    ///   - verb: what was run, whose form it takes and after which the JUnit case is named.
    ///   - reason: what ended the run, in one line; more lines may follow.
    ///   - asOf: the instant that the run was to decide for.
    ///   - exitCode: what the run ends with.
    public init(verb: Verb = .scan, reason: String, asOf: Moment, toolVersion: String, exitCode: Int) {
        self.verb = verb
        self.reason = reason
        self.asOf = asOf
        self.toolVersion = toolVersion
        self.exitCode = exitCode
    }

    /// Writes it under the name of each report, each whole or not at all, and to the end of each pipe. The first that
    /// fails ends it.
    public func write(to targets: [ReportTarget]) throws(ReportError) {
        for target in targets {
            switch target.format {
            case .json: try writeFile(target.path) { sink throws(ReportError) in try writeJSON(sink) }
            case .junit: try writeFile(target.path) { sink throws(ReportError) in try writeJUnit(sink) }
            case .sarif: try writeFile(target.path) { sink throws(ReportError) in try writeSARIF(sink) }
            }
        }
    }
}
