internal import AuditLog
internal import Chronology
internal import Crypto
internal import Disposition
internal import Files
internal import Reports

extension Erase {
    /// Makes the receipt of everything that was done about a request, and puts the person on the list of those who were
    /// forgotten once nothing is left to be deleted.
    func makeReceipt(_ console: Console) throws(Failure) -> ExitCode {
        guard let trail = try AuditTrail(log: auditLog, key: auditKey, for: "erase") else {
            throw .usage("erase: receipt needs --audit-log DIR and --audit-key FILE: it proves itself by the log")
        }
        let pseudonyms = try pseudonyms()
        let kept = try chosen()
        let name = kept.request.name
        guard let last = kept.last else {
            throw .usage("erase: nothing was planned for \(name): tenure erase plan \(name) --as NAME")
        }
        let deadline = try dates(of: kept.request, try workingDays()).deadline
        let (plans, lost) = try plans(of: kept)
        let now = Instant.now()
        let receipt: ErasureReceipt
        do throws(ReceiptError) {
            receipt = try ReceiptMaker(kept.request, plans, lost: lost, log: trail.directory, pseudonyms: pseudonyms)
                .make(last, deadline: deadline, signer: trail.signer, at: now)
        } catch {
            throw .incomplete("erase: \(error)")
        }
        console.note(receipt.checkpoint)
        let report = ReceiptReport(receipt, toolVersion: Tenure.version)
        try write(report.json, to: self.receipt)
        if let page { try write(Array(report.page.utf8), to: page) }
        try console.print(
            "\(receipt.gone) records are gone, \(receipt.open.count) are not, \(receipt.kept.count) are kept by law, "
                + "\(receipt.review) to look at: \(self.receipt)\(page.map { ", \($0)" } ?? "")")
        guard receipt.open.isEmpty else { return .unverified }
        try forget(kept.request, pseudonyms, at: now, console)
        try close(kept, last, receipt)
        return .clean
    }

    /// Every plan of a request, the first first, and the digests of those that are not kept.
    private func plans(of kept: KeptRequest) throws(Failure) -> (plans: [Plan], lost: Set<String>) {
        var plans: [Plan] = []
        var lost: Set<String> = []
        for event in kept.events where event.step == .planned && !plans.contains(where: { $0.digest == event.plan }) {
            let plan = try asking { () throws(RequestError) in
                try store.plan(event.plan, of: kept.request.name)
            }
            if let plan { plans.append(plan) } else { lost.insert(event.plan) }
        }
        guard plans.last?.digest == kept.last?.plan else {
            throw .usage(
                "erase: the last plan of \(kept.request.name) is not kept in \(requests) any more: restore it, or make "
                    + "one: tenure erase plan \(kept.request.name) --as NAME")
        }
        return (plans, lost)
    }

    /// Notes that everything in the last plan is gone or kept, and that the person can be told.
    private func close(
        _ kept: KeptRequest, _ last: KeptRequest.Event, _ receipt: ErasureReceipt
    ) throws(Failure) {
        let executed = last.step == .executed ? last : last.executed(at: receipt.made, kept: receipt.kept.count)
        try asking { () throws(RequestError) in
            if last.step != .executed { try store.note(executed, on: kept.request.name) }
            guard kept.isSettled(last), kept.events.last?.step != .answered else { return }
            try store.note(executed.answered(at: receipt.made), on: kept.request.name)
        }
    }

    func loadedPlan() throws(Failure) -> Plan {
        do throws(PlanError) { return try Plan(path: plan) } catch { throw .usage("erase: \(error)") }
    }

    private func forget(
        _ request: PrivacyRequest, _ key: PseudonymKey, at now: Instant, _ console: Console
    ) throws(Failure) {
        guard let suppression else {
            console.note(
                "erase: nobody was put on a list of those who were forgotten, so that no scan tells when their data comes "
                    + "back: make the receipt again with --suppression FILE")
            return
        }
        do throws(SuppressionError) {
            var list = try SuppressionList(path: suppression, mustExist: false)
            try list.add(request, key: key, at: now)
            try list.write(to: suppression)
        } catch {
            throw .incomplete("erase: \(error)")
        }
    }

    /// Writes what speaks of a person for its owner alone.
    private func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        do throws(FileError) {
            var file = try AtomicFile(path: path, mode: 0o600)
            try file.write(bytes)
            try file.commit()
        } catch {
            throw .incomplete("erase: \(error)")
        }
    }
}
