public import AuditLog
internal import CanonicalJSON
public import Chronology
internal import Records

/// Makes the receipt of a request from its plans and the audit log, and seals it with an entry of its own.
public struct ReceiptMaker {
    private let request: PrivacyRequest
    private let plans: [Plan]
    private let lost: Set<String>
    private let directory: String
    private let key: PseudonymKey

    /// - Parameters:
    ///   - plans: the plans of the request, the first first.
    ///   - lost: the digests of plans of the request that nobody has any more.
    ///   - directory: that of the audit log.
    public init(
        _ request: PrivacyRequest, _ plans: [Plan], lost: Set<String> = [], log directory: String,
        pseudonyms key: PseudonymKey
    ) {
        (self.request, self.plans, self.lost) = (request, plans, lost)
        (self.directory, self.key) = (directory, key)
    }

    /// The receipt as of now.
    ///
    /// - Parameters:
    ///   - event: what was noted when the last plan was made.
    ///   - signer: signs the log with the entry about the receipt.
    /// - Throws: also where a plan was executed that nobody has any more: its deletions could not be told.
    public func make(
        _ event: KeptRequest.Event, deadline: DueDates.Due, signer: LogSigner, at now: Instant
    ) throws(ReceiptError) -> ErasureReceipt {
        let outcomes: LoggedOutcomes
        do throws(AuditError) {
            outcomes = try LoggedOutcomes(
                of: Set(plans.map(\.digest)).union(lost), in: directory, trusting: signer.verifier)
        } catch {
            throw .log(error)
        }
        if let plan = lost.filter(outcomes.has).min() { throw .lost(plan: plan) }
        let told = plans.filter { $0.digest == plans.last?.digest || outcomes.has($0.digest) }
        guard let detail = detail(told, outcomes) else { throw .unwritable }
        do throws(AuditError) {
            return try make(event, deadline, told, outcomes, detail, signer, at: now)
        } catch {
            throw .log(error)
        }
    }

    private func make(
        _ event: KeptRequest.Event, _ deadline: DueDates.Due, _ told: [Plan], _ outcomes: LoggedOutcomes,
        _ detail: String, _ signer: LogSigner, at now: Instant
    ) throws(AuditError) -> ErasureReceipt {
        let opening = try key.opening(of: detail)
        let token = try request.token(key)
        let records = ReceiptRecords(plans, outcomes)
        let (seal, checkpoint) = try seal(opening, token, told, signer, at: now)
        let prover = try LogProver(directory, trusting: [signer.verifier])
        let proven = try prover.inclusions(of: records.places + [seal]).map { proof, entry in
            ErasureReceipt.Evidence(
                index: proof.index, line: String(decoding: entry, as: UTF8.self),
                proof: String(decoding: proof.bytes, as: UTF8.self))
        }
        let evidence = Dictionary(proven.map { ($0.index, $0) }) { first, _ in first }
        return ErasureReceipt(
            request: request, token: token, deadline: deadline, made: now, plans: told.map(\.digest),
            found: records.found, dispositions: records.dispositions(evidence), kept: records.kept,
            review: event.review, unread: event.unread, comparison: event.comparison,
            isComplete: event.isComplete, logKey: signer.verifier.text,
            opening: (salt: hexadecimal(opening.salt), detail: detail), seal: evidence[seal], checkpoint: checkpoint)
    }

    /// What the log's entry about the receipt commits to: which record each number of the plans is, and how it ended. Nil
    /// where a record has what JSON cannot hold.
    private func detail(_ told: [Plan], _ outcomes: LoggedOutcomes) -> String? {
        let plans = told.map { plan -> CanonicalValue in
            let actions = plan.actions.enumerated().map { index, action -> CanonicalValue in
                .object([
                    "id": .string(action.name.id), "kind": .string(action.name.kind.name),
                    "number": .integer(index + 1),
                    "outcome": outcomes[plan.digest, index + 1].map { .string($0.outcome.rawValue) } ?? .null,
                    "source": .string(action.source), "verb": .string(action.verb.rawValue),
                ])
            }
            return .object(["actions": .array(actions), "plan": .string(plan.digest)])
        }
        let object: CanonicalValue = .object(["plans": .array(plans)])
        return (try? object.canonical()).map { String(decoding: $0, as: UTF8.self) }
    }

    private func seal(
        _ opening: Opening, _ token: String, _ told: [Plan], _ signer: LogSigner, at now: Instant
    ) throws(AuditError) -> (index: Int, checkpoint: String) {
        let commitment = try opening.commitment()
        let name = request.name
        var log = try LogWriter.open(directory, signer: signer, at: now)
        let index = try log.append("erasure.receipt", at: now) { data in
            data.member("commitment", commitment)
            data.member("plans", .array(told.map { .string($0.digest) }))
            data.member("request", name)
            data.member("subject", token)
        }
        let newest = try log.checkpoint()
        return (index, String(decoding: newest.note.bytes, as: UTF8.self))
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// Why there is no receipt.
public enum ReceiptError: Error, Sendable, CustomStringConvertible {
    /// The audit log cannot be read, written or trusted.
    case log(AuditError)
    /// A record of the plan has what no receipt can hold.
    case unwritable
    /// A plan was executed, and its copy beside the request is gone: what it deleted cannot be told.
    case lost(plan: String)

    /// One line.
    public var description: String {
        switch self {
        case .log(let error): error.description
        case .unwritable: "a record of the plan has an id that no receipt can hold; look at tenure plan show"
        case .lost(let plan):
            "the plan sha256:\(plan) deleted something, and is no longer kept beside the request: restore it from where you "
                + "keep copies of that directory"
        }
    }
}
