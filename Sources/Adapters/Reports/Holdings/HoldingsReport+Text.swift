internal import Chronology
internal import Evaluation
internal import ProviderFacts
internal import Records
internal import Terminal

extension HoldingsReport {
    /// How many owners, tenants and reasons the text shows; CSV and JSON have all.
    private static var shown: Int { 10 }

    /// The report for people.
    public func text(style: TextStyle = .plain) throws(ReportError) -> String {
        let inventory = holdings.inventory
        var tokens = HolderTokens(inventory)
        var lines = [
            style.strong("INVENTORY") + ": \(grouped(inventory.count)) records as of \(inventory.rules.asOf)", "",
            style.strong("By source and kind"),
        ]
        var table = TextTable(alignment: .right)
        table.add(["source", "kind", "records", "bytes", "tokens", "oldest"] + AgeBand.allCases.map(Self.heading))
        let groups = holdings.grouped { SourceAndKind(source: $0.source, kind: $0.kind) }
        for (key, figures) in groups {
            table.add(
                [inventory.sourceNames[key.source], key.kind.name] + Self.cells(figures)
                    + figures.bands.map { $0 == 0 ? "-" : grouped($0) })
        }
        lines += table.lines()
        let owners = try holdings.grouped { $0.owner }.map { group throws(ReportError) in
            (try tokens.owner(group.group) ?? "none", group.figures)
        }
        let tenants = try holdings.grouped { $0.tenant }.map { group throws(ReportError) in
            (try tokens.tenant(group.group) ?? "none", group.figures)
        }
        lines += shares("By owner", owners, style) + shares("By tenant", tenants, style)
        lines += migration(style)
        if !incomplete.isEmpty {
            lines += ["", style.doubtful("More may be there")]
            lines += incomplete.prefix(Self.shown).map {
                "  \($0.source.map { "\($0): " } ?? "")\($0.message)".visible
            }
            let more = incomplete.count - Self.shown
            if more > 0 { lines.append("  and \(grouped(more)) more (--format json lists all)") }
        }
        lines += ["", exitCode == 0 ? "exit 0: everything was read" : "exit 3: incomplete"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func heading(_ band: AgeBand) -> String { band.days.map { "to \($0)d" } ?? band.name }

    private static func cells(_ figures: Holdings.Figures) -> [String] {
        let amount = figures.amount
        let bytes =
            amount.records == amount.unsized ? "-" : grouped(Int(amount.bytes)) + (amount.unsized > 0 ? "+" : "")
        let day = amount.oldest.map { String($0.description.prefix(10)) }
        return [grouped(amount.records), bytes, figures.tokens == 0 ? "-" : grouped(Int(figures.tokens)), day ?? "-"]
    }

    /// Whose records are most. Where nobody is named, nothing is said.
    private func shares(
        _ title: String, _ groups: [(name: String, figures: Holdings.Figures)], _ style: TextStyle
    ) -> [String] {
        guard groups.contains(where: { $0.name != "none" }) else { return [] }
        let ordered = groups.enumerated().sorted {
            ($1.element.figures.amount.records, $0.offset) < ($0.element.figures.amount.records, $1.offset)
        }.map(\.element)
        var table = TextTable(alignment: .right)
        table.add([title.dropFirst(3).lowercased(), "records", "bytes", "tokens", "oldest"])
        for (name, figures) in ordered.prefix(Self.shown) { table.add([name] + Self.cells(figures)) }
        let more = ordered.count - Self.shown
        return ["", style.strong(title)] + table.lines()
            + (more > 0 ? ["  and \(grouped(more)) more (--format csv lists all)"] : [])
    }

    private func migration(_ style: TextStyle) -> [String] {
        let outlook = holdings.migration
        guard outlook.ending.contains(where: { $0.records > 0 }) else { return [] }
        let asOf = holdings.inventory.rules.asOf
        var table = TextTable(alignment: .left)
        table.add(["kind", "records", "surface", "becomes"])
        var gaps: [String] = []
        for (succession, amount) in zip(outlook.facts.successions, outlook.ending) where amount.records > 0 {
            let hasEnded = asOf.microseconds >= succession.ends.moment
            table.add([
                succession.kind.name, grouped(amount.records),
                "\(hasEnded ? "ended" : "ends") \(succession.ends)", succession.successor,
            ])
            gaps += succession.gaps.map { "  \(succession.kind.name): \($0)" }
        }
        var lines = ["", style.strong("What hangs on surfaces that end")] + table.lines() + gaps
        for (tool, count) in zip(outlook.facts.tools, outlook.tools) where count > 0 {
            lines.append("  \(tool.tool), in \(grouped(count)) records: \(tool.successor); \(tool.gap)")
        }
        for (kind, amount) in outlook.remaining where amount.records > 0 {
            lines.append("  \(grouped(amount.records)) of kind \(kind.name) stay, and nothing else uses them")
        }
        return lines + ["  clocks: \(outlook.facts.clock)"]
    }
}

private struct SourceAndKind: Hashable {
    let source: Int
    let kind: Kind
}

extension CivilDate {
    /// Its beginning in UTC, in microseconds since 1970.
    fileprivate var moment: Int64 { Int64(daysSinceEpoch) * 86_400_000_000 }
}
