internal import Chronology
internal import Evaluation
internal import Files
internal import Reports

/// What the options of a scan ask of its baseline.
struct BaselineUse {
    private let path: String?
    private let updates: Bool
    private let acceptsNew: Bool
    private let until: CivilDate?

    init(path: String?, updates: Bool, acceptsNew: Bool, until: CivilDate?) throws(Failure) {
        guard path != nil || !updates else { throw .usage("scan: --update-baseline needs --baseline FILE") }
        guard updates || (!acceptsNew && until == nil) else {
            let option = acceptsNew ? "--accept-new" : "--baseline-until"
            throw .usage("scan: \(option) goes with --update-baseline alone")
        }
        self.path = path
        self.updates = updates
        self.acceptsNew = acceptsNew
        self.until = until
    }

    /// The baseline of the file; an empty one where the run may begin it.
    func read(_ asOf: Instant) throws(Failure) -> Baseline? {
        guard let path else { return nil }
        if updates {
            do throws(ReportError) { try Baseline.checkWritable(path) } catch { throw .usage("scan: \(error)") }
        }
        if updates, acceptsNew, Files.kind(of: path) == nil { return Baseline(asOf: asOf) }
        do throws(ReportError) {
            return try Baseline(path: path)
        } catch {
            let begin = Files.kind(of: path) == nil ? " (begin one with --update-baseline --accept-new)" : ""
            throw .usage("scan: \(error)\(begin)")
        }
    }

    /// What the baseline should be from now on, not yet written.
    struct Next {
        fileprivate let path: String
        fileprivate let baseline: Baseline
        fileprivate let words: [String]
    }

    /// Applies the baseline and, where asked, what it should be from now on.
    func apply(
        _ baseline: Baseline, to result: inout ScanResult, redacts: Bool
    ) throws(Failure) -> (outcome: BaselineOutcome, next: Next?) {
        do throws(ReportError) {
            let outcome = try baseline.apply(to: &result)
            guard updates, let path else { return (outcome, nil) }
            let end = until.flatMap { Zone.utc.endOfDay($0).instant }
            let next = try outcome.updated(
                after: result, acceptingNew: acceptsNew, expiresAt: end, redacts: redacts)
            let count = next.entries.values.reduce(0, +)
            let before = baseline.entries.values.reduce(0, +)
            var words = ["baseline: \(path) covers \(count) findings; it covered \(before)"]
            if !outcome.stale.isEmpty, !result.incomplete.isEmpty {
                words.append("baseline: the scan is incomplete, so entries that no finding met were kept")
            }
            return (try next.apply(to: &result), Next(path: path, baseline: next, words: words))
        } catch {
            throw .incomplete("scan: \(error)")
        }
    }

    /// Writes it, and says so.
    func write(_ next: Next, _ console: Console) throws(Failure) {
        do throws(ReportError) { try next.baseline.write(to: next.path) } catch { throw .incomplete("scan: \(error)") }
        for line in next.words { console.note(line) }
    }
}
