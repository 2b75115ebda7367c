internal import Chronology
internal import Evaluation
internal import Policies
internal import Records
internal import Terminal

extension DifferenceReport {
    private static var shownRecords: Int { 20 }
    private static var shownGroups: Int { 20 }

    /// The difference for people: documents, counts, the largest groups, the first records, and why the exit code is
    /// what it is.
    public func text(style: TextStyle = .plain) throws(ReportError) -> String {
        var lines = ["\(new.name.visible) against \(describe(old)), as of \(asOf)", ""]
        lines += documentLines(style)
        if let records {
            lines += totals(records, style)
            lines += try groups(records, style)
            lines += try list(records, style)
            lines += reasons(records, style)
        }
        lines += ["", verdict()]
        return lines.joined(separator: "\n") + "\n"
    }

    private func describe(_ side: Side) -> String {
        side.name.visible + (side.revision.map { " (commit \($0.prefix(12)))" } ?? "")
    }

    private func documentLines(_ style: TextStyle) -> [String] {
        guard !documents.isEmpty else { return ["The documents say the same."] }
        var lines = [style.strong("Documents")]
        for document in documents {
            let effects = document.effects.map(\.words).joined(separator: "; ")
            let comment = effects.isEmpty ? "" : ": \(effects)"
            lines.append("  \(document.change.rawValue) \(document.kind)/\(document.name)\(comment)".visible)
            for field in document.fields {
                lines.append("    \(field.path): \(field.from ?? "nothing") -> \(field.to ?? "nothing")".visible)
            }
        }
        return lines
    }

    private func totals(_ records: Records, _ style: TextStyle) -> [String] {
        var table = TextTable(alignment: .right)
        table.add(["", "newly", "bytes", "oldest", "no longer"])
        for total in records.difference.totals
        where total.newly.records + total.noLonger.records > 0 || total.change == .due {
            table.add(
                [total.change.name] + cells(total.newly) + [grouped(total.noLonger.records)])
        }
        let count = grouped(records.result.inventory.count)
        return ["", style.strong("Of \(count) records")] + table.lines()
    }

    private func cells(_ amount: Amount) -> [String] {
        let bytes =
            amount.records == amount.unsized ? "-" : grouped(Int(amount.bytes)) + (amount.unsized > 0 ? "+" : "")
        return [grouped(amount.records), bytes, amount.oldest.map { String($0.description.prefix(10)) } ?? "-"]
    }

    private func groups(_ records: Records, _ style: TextStyle) throws(ReportError) -> [String] {
        let groups = records.difference.groups
        guard !groups.isEmpty else { return [] }
        var tenants = Tenants(records.result.inventory)
        var table = TextTable(alignment: .left)
        table.add(["newly", "document", "tenant", "records", "bytes", "oldest"])
        for group in groups.prefix(Self.shownGroups) {
            let policies = records.result.policies
            let document = group.cause.document(in: policies).map { kind, name in
                "\(kind)/\(group.cause.exception(in: policies)?.description ?? name)"
            }
            let tenant = try tenants.token(group.tenant) ?? "-"
            table.add(
                [group.change.name, document ?? "-", tenant] + cells(group.newly))
        }
        return ["", style.strong("By document and tenant")] + table.lines() + rest(groups.count - Self.shownGroups)
    }

    private func list(_ records: Records, _ style: TextStyle) throws(ReportError) -> [String] {
        let changed = records.difference.records
        guard !changed.isEmpty else { return [] }
        let ids = ReportedIds(records.result.inventory, redacts: redacts)
        let inventory = records.result.inventory
        let lines = changed.prefix(Self.shownRecords).map { record in
            let words =
                record.newly.changes.map { "newly \($0.name)" } + record.noLonger.changes.map { "no longer \($0.name)" }
            let source = inventory.sourceNames[Int(inventory.sources[record.row])]
            return "  \(source)/\(ids.name(record.row)): \(words.joined(separator: ", "))".visible
        }
        return ["", style.strong("Records that change")] + lines + rest(changed.count - Self.shownRecords)
    }

    private func rest(_ count: Int) -> [String] {
        count > 0 ? ["  and \(grouped(count)) more (--format json lists all)"] : []
    }

    private func reasons(_ records: Records, _ style: TextStyle) -> [String] {
        let incomplete = records.result.incomplete
        guard !incomplete.isEmpty else { return [] }
        let report = ScanReport(records.result, toolVersion: toolVersion, redacts: redacts)
        let lines = incomplete.prefix(Self.shownGroups).map { reason in
            "  \(reason.source.map { "\($0): " } ?? "")\(report.shownMessage(reason))".visible
        }
        return ["", style.strong("Not complete, so that more may change than is counted")] + lines
            + rest(incomplete.count - Self.shownGroups)
    }

    private func verdict() -> String {
        switch exitCode {
        case 4:
            let words = (records?.gates ?? []).flatMap { gate in
                gate.excesses.prefix(3).map { excess in
                    let of = excess.matched.map { " of \(grouped($0)) that \(excess.policy ?? "it") matches" } ?? ""
                    return "\(gate.option) \(gate.limit.text) is exceeded by \(grouped(excess.records)) records\(of)"
                }
            }
            return "exit 4: \(words.joined(separator: "; "))".visible
        case 3: return "exit 3: incomplete"
        default: return "exit 0: \(records == nil ? "documents were compared, and no records" : "compared")"
        }
    }
}
