internal import XML

/// One suite of a strict JUnit file: valid against the Jenkins schema and the windyroad schema at once.
///
/// The windyroad schema wants every attribute, in a suite just properties, cases and both outputs in that order, and in
/// a case nothing but one failure, error or skip. The counts stand before the cases, so they must be known.
struct JUnitSuite {
    /// How many cases there are of each outcome.
    struct Counts: Equatable {
        var tests = 0
        var failures = 0
        var errors = 0
        var skipped = 0

        mutating func add(_ outcome: Outcome) {
            tests += 1
            switch outcome {
            case .passed: break
            case .failed: failures += 1
            case .errored: errors += 1
            case .skipped: skipped += 1
            }
        }
    }

    var id: Int
    var name: String
    /// The suite's instant in UTC, without zone and fraction.
    var timestamp: String
    var counts: Counts
    var properties: [(name: String, value: String)]

    /// Writes the suite; `cases` adds its cases.
    func write(
        to writer: inout XMLWriter, cases: (inout XMLWriter) throws(ReportError) -> Void
    ) throws(ReportError) {
        try composing { () throws(XMLError) in
            try writer.text("\n")
            try writer.start("testsuite")
            try writer.attribute("name", name)
            try writer.attribute("timestamp", timestamp)
            try writer.attribute("hostname", "localhost")
            try writer.attribute("tests", String(counts.tests))
            try writer.attribute("failures", String(counts.failures))
            try writer.attribute("errors", String(counts.errors))
            try writer.attribute("skipped", String(counts.skipped))
            try writer.attribute("time", "0")
            try writer.attribute("id", String(id))
            try writer.attribute("package", "tenure")
            try writer.text("\n")
            try writer.start("properties")
            for property in properties {
                try writer.start("property")
                try writer.attribute("name", property.name)
                try writer.attribute("value", property.value)
                try writer.end()
            }
            try writer.end()
        }
        try cases(&writer)
        try composing { () throws(XMLError) in
            try writer.text("\n")
            for output: StaticString in ["system-out", "system-err"] {
                try writer.start(output)
                try writer.end()
            }
            try writer.end()
        }
    }
}

/// Calls libxml2's wrapper, and says in this module's words what it throws.
func composing<Result: ~Copyable>(_ body: () throws(XMLError) -> Result) throws(ReportError) -> Result {
    do throws(XMLError) { return try body() } catch { throw .xml(error) }
}
