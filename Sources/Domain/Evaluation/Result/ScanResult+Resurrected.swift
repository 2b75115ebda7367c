internal import Policies

extension ScanResult {
    /// Reports records that name somebody whose data was erased: violations, critical, that no baseline holds.
    ///
    /// - Parameter rows: of the records that are there, each once.
    public mutating func report(resurrected rows: some Sequence<Int>) {
        let news = rows.filter { $0 < summary.records }.map { row -> Finding in
            var finding = Finding(row: row, policy: nil, rule: .suppression, state: .resurrected, severity: .critical)
            finding.isViolation = true
            finding.mayGo = marks.mayGo[row]
            return finding
        }
        guard !news.isEmpty else { return }
        summary[.resurrected] += news.count
        summary.violations += Severity.critical >= options.failOn ? news.count : 0
        findings = FindingOrder(inventory, Segments(inventory), policies).sorted(findings + news)
    }
}
