internal import Chronology
internal import Evaluation
internal import Policies
internal import Records

extension TestReport {
    /// The complete form: every test, every expectation, every failure, and the coverage with what is missing.
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        ReportHeader(
            schemaVersion: Self.schemaVersion, toolVersion: toolVersion, asOf: nil, policyDigest: run.policyDigest
        ).write(to: &writer)
        writer.member("passed", isPassed)
        writer.member("tests", run.outcomes.count)
        writer.member("failed", run.outcomes.count - run.passed)
        writer.objects("outcomes", run.outcomes) { writer, outcome in Self.write(outcome, to: &writer) }
        writer.object("coverage") { writer in
            writer.member("states", run.coverage.items.count)
            writer.member("covered", run.coverage.met.count)
            writer.member("percent", run.coverage.percent)
            writer.member("failUnder", failUnder)
            writer.objects("items", run.coverage.items) { writer, item in
                writer.member("policy", item.policy)
                writer.member("rule", item.rule)
                writer.member("state", item.state.rawValue)
                writer.member("covered", run.coverage.met.contains(item))
                let witness = run.coverage.witnesses[item]
                writer.member("asOf", witness?.asOf.rfc3339)
                writer.member("witness", witness?.records.map(\.yaml) ?? [])
            }
        }
        writer.reasons([])
        writer.member("exitCode", isPassed ? 0 : 1)
        writer.endObject()
        writer.finish()
        return writer.bytes
    }

    private static func write(_ outcome: TestOutcome, to writer: inout JSONWriter) {
        writer.member("name", outcome.test.name)
        write(outcome.test.location, to: &writer)
        writer.member("asOf", outcome.test.asOf.rfc3339)
        writer.member("passed", outcome.isPassed)
        writer.objects("expectations", Array(outcome.test.expectations.enumerated())) { writer, entry in
            let (index, expectation) = entry
            write(expectation.location, to: &writer)
            writer.member("policy", expectation.policy)
            writer.member("hold", expectation.hold)
            writer.member("rule", outcome.rules[index])
            writer.member("id", expectation.id)
            writer.member("state", expectation.state.rawValue)
            writer.member("met", outcome.isMet[index])
            writer.exception(outcome.exceptions[index])
        }
        writer.objects("failures", outcome.failures) { writer, failure in
            write(failure.location, to: &writer)
            writer.member("policy", failure.rulebook)
            writer.member("rule", failure.rule)
            writer.member("source", failure.source)
            writer.member("kind", failure.kind.name)
            writer.member("id", failure.id)
            writer.member("expected", failure.expected)
            writer.member("found", failure.found)
            writer.exception(failure.exception)
            writer.member("because", failure.because)
            writer.member("advice", failure.advice)
        }
    }

    private static func write(_ location: SourceLocation, to writer: inout JSONWriter) {
        writer.member("file", location.file)
        writer.member("line", location.line)
        writer.member("column", location.column)
    }
}
