internal import AuditLog
internal import Chronology
internal import Crypto
internal import Disposition
internal import Files
internal import Reports

extension Erase {
    /// Makes the receipt of a plan that was executed, and puts the person on the list of those who were forgotten once
    /// everything in the plan is gone.
    func makeReceipt(_ console: Console) throws(Failure) -> ExitCode {
        guard let trail = try AuditTrail(log: auditLog, key: auditKey, for: "erase") else {
            throw .usage("erase: receipt needs --audit-log DIR and --audit-key FILE: it proves itself by the log")
        }
        let pseudonyms = try pseudonyms()
        let kept = try chosen()
        let plan = try loadedPlan()
        let event = try noted(plan, on: kept)
        let deadline = try dates(of: kept.request, try workingDays()).deadline
        let now = Instant.now()
        let receipt: ErasureReceipt
        do throws(ReceiptError) {
            receipt = try ReceiptMaker(kept.request, plan, log: trail.directory, pseudonyms: pseudonyms)
                .make(event, deadline: deadline, signer: trail.signer, at: now)
        } catch {
            throw .incomplete("erase: \(error)")
        }
        let report = ReceiptReport(receipt, toolVersion: Tenure.version)
        try write(report.json, to: self.receipt)
        if let page { try write(Array(report.page.utf8), to: page) }
        if receipt.open.isEmpty {
            try forget(kept.request, pseudonyms, at: now)
            if event.step != .executed {
                try asking { () throws(RequestError) in
                    try store.note(event.executed(at: now), on: kept.request.name)
                }
            }
        }
        try console.print(
            "\(receipt.gone) records are gone, \(receipt.open.count) are not, \(receipt.kept.count) are kept by law, "
                + "\(receipt.review) to look at: \(self.receipt)\(page.map { ", \($0)" } ?? "")")
        return receipt.open.isEmpty ? .clean : .unverified
    }

    func loadedPlan() throws(Failure) -> Plan {
        do throws(PlanError) { return try Plan(path: plan) } catch { throw .usage("erase: \(error)") }
    }

    private func forget(_ request: PrivacyRequest, _ key: PseudonymKey, at now: Instant) throws(Failure) {
        guard let suppression else { return }
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
