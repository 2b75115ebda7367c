internal import Chronology
internal import Evaluation
internal import Policies
internal import XML

extension ScanReport {
    /// Writes the JUnit report, piece by piece: a suite for each policy, one for what stands beside the policies where
    /// there is any, and one for what could and could not be read.
    public func writeJUnit(_ sink: ([UInt8]) throws(ReportError) -> Void) throws(ReportError) {
        var writer = try composing { () throws(XMLError) in try XMLWriter() }
        try composing { () throws(XMLError) in try writer.start("testsuites") }
        let groups = FindingGroups(result)
        var cases = FindingCases(result, ids: ReportedIds(result.inventory, redacts: redacts))
        var id = 0
        let policies = result.policies.reported
        for (index, policy) in policies.enumerated() {
            var counts = groups.counts[index]
            counts.add(.passed)
            try suite(policy.name, id: id, counts).write(to: &writer) { writer throws(ReportError) in
                cases.addPolicy(policy)
                try cases.add(result.findings[groups.ranges[index]], to: &writer, sink)
            }
            id += 1
        }
        if let range = groups.ranges.last, !range.isEmpty {
            try suite(FindingCases.besidePolicies, id: id, groups.counts[policies.count])
                .write(to: &writer) { writer throws(ReportError) in
                    try cases.add(result.findings[range], to: &writer, sink)
                }
            id += 1
        }
        let reading = try ReadingCases(result, problems: try shownProblems(), message: shownMessage)
        try suite(ReadingCases.suite, id: id, reading.counts).write(to: &writer) { writer throws(ReportError) in
            try reading.write(to: &writer, sink)
        }
        try composing { () throws(XMLError) in
            try writer.end()
            try writer.finish()
        }
        try writer.drain(sink)
    }

    private func suite(_ name: String, id: Int, _ counts: JUnitSuite.Counts) -> JUnitSuite {
        JUnitSuite(
            id: id, name: ObjectToken.plain(name), timestamp: Self.timestamp(result.asOf), counts: counts,
            properties: [
                ("tenure.version", toolVersion), ("tenure.asOf", result.asOf.description),
                ("tenure.policyDigest", result.policies.digest), ("tenure.zoneDataVersion", ZoneData.version),
                ("tenure.exitCode", String(result.exitCode)),
            ])
    }

    /// `2026-11-20T00:00:00`: the schema takes neither a zone nor a fraction.
    static func timestamp(_ moment: Moment) -> String {
        String(moment.description.prefix(19))
    }
}

/// The findings of each policy, as ranges of the result's findings, which are in the policies' order.
struct FindingGroups {
    /// By policy; the last is what no policy says.
    private(set) var ranges: [Range<Int>]
    private(set) var counts: [JUnitSuite.Counts]

    init(_ result: ScanResult) {
        let last = result.policies.reported.count
        ranges = Array(repeating: 0..<0, count: last + 1)
        counts = Array(repeating: .init(), count: last + 1)
        let outcomes = Outcomes(result.policies)
        for (index, finding) in result.findings.enumerated() {
            let group = result.policies.place(of: finding)
            counts[group].add(outcomes.outcome(finding))
            if ranges[group].isEmpty { ranges[group] = index..<index }
            precondition(ranges[group].upperBound == index, "the findings of one policy stand together")
            ranges[group] = ranges[group].lowerBound..<index + 1
        }
    }
}
