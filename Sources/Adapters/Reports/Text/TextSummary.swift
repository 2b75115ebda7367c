internal import Chronology
internal import Evaluation
internal import Policies
internal import Records
internal import Terminal

extension ScanReport {
    /// The summary for people: the verdict, the counts, what was looked at, what is wrong, and why the exit code is
    /// what it is. `written` are the reports that now stand on the disk.
    public func text(style: TextStyle = .plain, written: [ReportTarget] = []) -> String {
        var lines = [headline(style), ""]
        lines += facts()
        lines += policyTable(style)
        lines += coverage(style)
        lines += problems(style)
        lines += section(
            "Not complete", result.incomplete.map { "\($0.source.map { "\($0): " } ?? "")\(shownMessage($0))" }, style)
        lines += section("Worth a look", result.warnings, style)
        lines += exceptions(style)
        lines += baselineNotes(style)
        lines += section("Reports", written.map { "\($0.format.rawValue): \($0.path)" }, style)
        lines += ["", verdict()]
        return lines.joined(separator: "\n") + "\n"
    }

    private func headline(_ style: TextStyle) -> String {
        let violations = result.summary.violations
        if violations > 0 {
            let rest = result.incomplete.isEmpty ? "" : ", and the scan is incomplete"
            return style.bad("VIOLATIONS") + ": \(grouped(violations)) at or above \(result.options.failOn.name)\(rest)"
        }
        guard result.incomplete.isEmpty else {
            return style.doubtful("INCOMPLETE")
                + ": no violation was found, but not everything could be seen or decided"
        }
        return style.good("CLEAN") + ": no violation"
    }

    private func facts() -> [String] {
        let sources = result.inventory.sourceNames.count
        var table = TextTable(alignment: .left)
        table.add(["as of", "\(result.asOf) (time zone data \(ZoneData.version))"])
        table.add(["policies", "\(result.policies.reported.count), digest \(result.policies.digest.prefix(12))"])
        table.add([
            "records", "\(grouped(result.summary.records)) in \(counted(sources, "source"))",
        ])
        table.add(["may go now", grouped(result.summary.mayGo)])
        if baseline != nil {
            table.add(["baselined", "\(grouped(result.summary.baselined)), seen and not counted as violations"])
        }
        return table.lines()
    }

    private func policyTable(_ style: TextStyle) -> [String] {
        let policies = Array(zip(result.policies.reported, result.summary.reported))
        let states = State.allCases.filter { result.summary[$0] > 0 }
        var table = TextTable(alignment: .right)
        table.add(["policy", "severity", "matched"] + states.map(\.name))
        for (policy, counts) in policies {
            let mode = policy.mode == .observe ? " (observed)" : ""
            table.add(
                [policy.name + mode, policy.severity.name, grouped(counts.matched)]
                    + states.map { counts[$0] == 0 ? "-" : grouped(counts[$0]) })
        }
        table.add(["all", "", ""] + states.map { grouped(result.summary[$0]) })
        return ["", style.strong("By policy")] + table.lines()
    }

    private func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(grouped(count)) \(count == 1 ? noun : plural ?? "\(noun)s")"
    }

    private func coverage(_ style: TextStyle) -> [String] {
        result.inventory.coverage.sorted { $0.name < $1.name }.flatMap { source in
            var table = TextTable(alignment: .left)
            let read = Kind.allCases.filter { source[$0].wasRead || source[$0].records > 0 }
            let full = read.filter { source[$0].records > 0 || source[$0].lost > 0 }
            let parts = full.map { kind in
                let lost = source[kind].lost > 0 ? " (\(grouped(source[kind].lost)) lost)" : ""
                let missing = source[kind].missing > 0 ? " (\(grouped(source[kind].missing)) missing)" : ""
                let unreadUses = source[kind].unreadUses
                let unread = unreadUses > 0 ? " (uses of \(grouped(unreadUses)) not read)" : ""
                return "\(kind.name) \(grouped(source[kind].records))\(lost)\(missing)\(unread)"
            }
            let document = result.policies.sources.first { $0.name == source.name }
            let isExport = document == nil || document?.type == "export"
            // Hard case 80: an export ages, and a verdict on it with it.
            let exported = "when the export was made; nothing that happened since is in it"
            table.add(["as it was", isExport ? exported : "while this run read it"])
            table.add(["read", parts.isEmpty ? "nothing" : parts.joined(separator: ", ")])
            add("read, and empty", read.filter { !full.contains($0) }, to: &table)
            addKnown(source, to: &table)
            addRereading(source.rereading, to: &table)
            add("retired", Kind.allCases.filter { source[$0].isRetired }, to: &table)
            let unseen = Kind.allCases.filter { source.extent(of: $0) == .none && !read.contains($0) }
            add(isExport ? "not there" : "not looked at", unseen, to: &table)
            if source.lostOfUnknownKind > 0 {
                table.add(["lost", "\(counted(source.lostOfUnknownKind, "line")) of a kind that nobody knows"])
            }
            for gap in document?.acceptedGaps ?? [] {
                let verb = result.asOf < gap.until ? "accepted until" : "no longer accepted since"
                let kinds = gap.kinds.kinds.map(\.name).joined(separator: ", ")
                table.add(["gap", "\(kinds), \(verb) \(gap.untilText): \(gap.reason)"])
            }
            return ["", style.strong("Source \(source.name)")] + table.lines()
        }
    }

    private func add(_ title: String, _ kinds: [Kind], to table: inout TextTable) {
        guard !kinds.isEmpty else { return }
        table.add([title, kinds.map(\.name).joined(separator: ", ")])
    }

    /// What no list has: where the ids came from, and what is complete no further than they reach.
    private func addKnown(_ source: SourceCoverage, to table: inout TextTable) {
        let ids = Kind.allCases.filter {
            source[$0].registryIds + source[$0].harvestedIds + source[$0].rememberedIds > 0
        }
        if !ids.isEmpty {
            let parts = ids.map { kind in
                let counts = [
                    (source[kind].registryIds, "from the registry"), (source[kind].harvestedIds, "from other records"),
                    (source[kind].rememberedIds, "seen before"), (source[kind].goneIds, "of them gone"),
                ]
                let words = counts.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
                return "\(kind.name) \(words.joined(separator: ", "))"
            }
            table.add(["ids", parts.joined(separator: "; ")])
        }
        let known = Kind.allCases.filter { source[$0].isKnownInPart }
        guard !known.isEmpty else { return }
        let names = known.map(\.name).joined(separator: ", ")
        table.add(["known in part", "\(names): complete within the ids that are known, and no further"])
    }

    /// How much was read again, and how much need not be.
    private func addRereading(_ rereading: Rereading?, to table: inout TextTable) {
        guard let rereading else { return }
        if rereading.settledCount == 0 {
            let reason = rereading.reason ?? "nothing could be left out"
            table.add(["read again", "everything: \(reason)"])
        } else {
            let records = rereading.settled.sorted { $0.key < $1.key }.map { counted($1, $0.name) }
            table.add([
                "not read again",
                "\(records.joined(separator: ", ")) of which no deadline has come, which saved \(counted(rereading.saved, "read")) and counts as it was; all was read last as of \(rereading.full)",
            ])
        }
    }

    private func problems(_ style: TextStyle) -> [String] {
        let log = result.inventory.problems
        // Where no token can be made no place is shown.
        let shown = (try? shownProblems()) ?? []
        let places = Dictionary(grouping: shown, by: \.code).mapValues { problems in
            problems.prefix(Self.shownPlaces).compactMap { $0.place.map { "\($0.file):\($0.line)" } }
        }
        let lines = log.counts.sorted { $0.key < $1.key }.map { code, count in
            let shown = places[code] ?? []
            let more = count > shown.count ? ", …" : ""
            let at = shown.isEmpty ? "" : " (\(shown.joined(separator: ", "))\(more))"
            return "\(grouped(count)) \(code.rawValue): \(code.summary)\(at)"
        }
        return section("Problems in the data", lines, style)
    }

    /// The exceptions that cover something, each with its ticket and its last day.
    private func exceptions(_ style: TextStyle) -> [String] {
        var counts: [String: Int] = [:]
        for finding in result.findings where finding.state == .excepted {
            if let exception = result.exception(of: finding) { counts["\(exception.citation)", default: 0] += 1 }
        }
        let lines = counts.sorted { $0.key < $1.key }.map { "\($0.key): \(counted($0.value, "finding"))" }
        return section("Excepted", lines, style)
    }

    private func baselineNotes(_ style: TextStyle) -> [String] {
        guard let baseline else { return [] }
        var lines: [String] = []
        if baseline.isExpired, let end = baseline.baseline.expiresAt {
            lines.append(
                "the baseline ended at \(end.rfc3339) and covers nothing; pay the debt, or review and renew it")
        }
        if !baseline.stale.isEmpty {
            let hint =
                result.incomplete.isEmpty ? "take them out with --update-baseline" : "they may not have been seen"
            lines.append("\(counted(baseline.stale.count, "entry", "entries")) met by no finding: \(hint)")
            let shown = (try? baseline.shownStale(redacts: redacts)) ?? []
            lines += shown.prefix(Self.shownPlaces).map { "  \($0.key.text)" }
        }
        return section("Baseline", lines, style)
    }

    private func section(_ title: String, _ lines: [String], _ style: TextStyle) -> [String] {
        guard !lines.isEmpty else { return [] }
        let shown = lines.prefix(Self.shownLines).map { "  \($0.visible)" }
        let more = lines.count - shown.count
        return ["", style.strong(title)] + shown + (more > 0 ? ["  and \(grouped(more)) more"] : [])
    }

    private static var shownLines: Int { 15 }
    private static var shownPlaces: Int { 3 }

    private func verdict() -> String {
        switch result.exitCode {
        case 0: "exit 0: clean"
        case 1:
            "exit 1: violations at or above \(result.options.failOn.name)"
                + (result.incomplete.isEmpty ? "" : ", which outrank that the scan is incomplete")
        default: "exit \(result.exitCode): incomplete"
        }
    }
}

/// The number with a comma at every third digit.
func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
        text.append(digit)
    }
    return number < 0 ? "-\(text)" : text
}
