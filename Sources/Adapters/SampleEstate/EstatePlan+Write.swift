internal import Files
internal import Records

extension EstatePlan {
    /// Writes the export and `truth.json` into a directory, which is made if need be.
    ///
    /// An estate that is already there is replaced. A directory that holds anything else is refused, for a scan would
    /// read it too.
    public func write(to directory: String) throws(EstateError) -> EstateSummary {
        do throws(FileError) {
            try clear(directory)
            return try writeFiles(to: directory)
        } catch {
            throw EstateError(error)
        }
    }

    private func clear(_ directory: String) throws(FileError) {
        guard Files.kind(of: directory) != nil else { return }
        let ours = Set(Kind.allCases.map { "\($0.fileStem).ndjson" } + [HardCases.shardName, "truth.json"])
        let names = try Files.list(directory)
        if let other = names.first(where: { !ours.contains($0) }) {
            throw FileError(
                path: directory, operation: "write an estate", reason: "it holds \(other), which no estate has",
                hint: "choose a directory that is new or empty")
        }
        for name in names { try Files.remove(Files.path(directory, name)) }
    }

    private func writeFiles(to directory: String) throws(FileError) -> EstateSummary {
        let export = try Export(directory: directory)
        let truth = try TruthFile(directory: directory, plan: self)
        let corpus = Corpus()
        let destiny = Destiny(self)
        var tally = Tally()
        for number in 0..<Population(threads: threads).blocks {
            let block = Block(number, of: self, destiny: destiny)
            BlockWriter(block: block, export: export, corpus: corpus).write()
            BlockTruth(block: block, truth: truth).tell(&tally)
            try export.check()
        }
        var records: [Kind: Int] = [:]
        for kind in Kind.allCases { records[kind] = export[kind].lines }
        if hardCases {
            for (kind, count) in try HardCases(now: now, export: export, truth: truth).write() {
                records[kind, default: 0] += count
            }
        }
        try export.close()
        let summary = EstateSummary(records: records, overdue: tally.overdue, bytes: export.size)
        try truth.close(self, tally, summary)
        return summary
    }
}
