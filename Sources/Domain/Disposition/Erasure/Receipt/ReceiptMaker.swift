public import AuditLog
internal import CanonicalJSON
public import Chronology
internal import Records

/// Makes the receipt of a request from its plan and the audit log, and seals it with an entry of its own.
public struct ReceiptMaker {
    private let request: PrivacyRequest
    private let plan: Plan
    private let directory: String
    private let key: PseudonymKey

    /// - Parameter directory: that of the audit log.
    public init(_ request: PrivacyRequest, _ plan: Plan, log directory: String, pseudonyms key: PseudonymKey) {
        (self.request, self.plan, self.directory, self.key) = (request, plan, directory, key)
    }

    /// The receipt as of now.
    ///
    /// - Parameters:
    ///   - event: what was noted when the plan was made.
    ///   - signer: signs the log with the entry about the receipt.
    public func make(
        _ event: KeptRequest.Event, deadline: DueDates.Due, signer: LogSigner, at now: Instant
    ) throws(ReceiptError) -> ErasureReceipt {
        do throws(AuditError) {
            let outcomes = try outcomes(trusting: signer.verifier)
            if let detail = detail(outcomes) {
                return try make(event, deadline, outcomes, detail, signer, at: now)
            }
        } catch {
            throw .log(error)
        }
        throw .unwritable
    }

    private func make(
        _ event: KeptRequest.Event, _ deadline: DueDates.Due, _ outcomes: [Int: Outcome], _ detail: String,
        _ signer: LogSigner, at now: Instant
    ) throws(AuditError) -> ErasureReceipt {
        let opening = try key.opening(of: detail)
        let token = try request.token(key)
        let seal = try seal(opening, token, signer, at: now)
        let places = outcomes.values.map(\.index).sorted()
        let prover = try LogProver(directory, trusting: [signer.verifier])
        let proven = try prover.inclusions(of: places + [seal]).map { proof, entry in
            ErasureReceipt.Evidence(
                index: proof.index, line: String(decoding: entry, as: UTF8.self),
                proof: String(decoding: proof.bytes, as: UTF8.self))
        }
        let evidence = Dictionary(proven.map { ($0.index, $0) }) { first, _ in first }
        return ErasureReceipt(
            request: request, token: token, deadline: deadline, made: now, plan: plan.digest,
            dispositions: dispositions(outcomes, evidence), kept: kept, review: event.review,
            isComplete: event.isComplete, logKey: signer.verifier.text,
            opening: (salt: hexadecimal(opening.salt), detail: detail), seal: evidence[seal])
    }

    /// An outcome as the log has it, and where.
    private struct Outcome {
        let outcome: DispositionOutcome
        let at: String
        let index: Int
    }

    /// By the number of the action: the outcome that was written last.
    private func outcomes(trusting key: LogKey) throws(AuditError) -> [Int: Outcome] {
        var outcomes: [Int: Outcome] = [:]
        try LogProver(directory, trusting: [key]).entries { line, index in
            guard let entry = CanonicalValue(object: line.withUnsafeBufferPointer { Array($0) }),
                entry["type"]?.text == "deletion.outcome", let data = entry["data"],
                data["plan"]?.text == plan.digest, let number = data["number"]?.wholeNumber,
                (1...max(plan.actions.count, 1)).contains(number), let at = entry["at"]?.text,
                let outcome = data["outcome"]?.text.flatMap(DispositionOutcome.init(rawValue:))
            else { return true }
            outcomes[number] = Outcome(outcome: outcome, at: at, index: index)
            return true
        }
        return outcomes
    }

    /// What the log's entry about the receipt commits to: which record each number of the plan is, and how it ended. Nil
    /// where a record has what JSON cannot hold.
    private func detail(_ outcomes: [Int: Outcome]) -> String? {
        let actions = plan.actions.enumerated().map { index, action -> CanonicalValue in
            .object([
                "id": .string(action.name.id), "kind": .string(action.name.kind.name), "number": .integer(index + 1),
                "outcome": outcomes[index + 1].map { .string($0.outcome.rawValue) } ?? .null,
                "source": .string(action.source), "verb": .string(action.verb.rawValue),
            ])
        }
        let object: CanonicalValue = .object(["actions": .array(actions), "plan": .string(plan.digest)])
        return (try? object.canonical()).map { String(decoding: $0, as: UTF8.self) }
    }

    private func seal(
        _ opening: Opening, _ token: String, _ signer: LogSigner, at now: Instant
    ) throws(AuditError) -> Int {
        let commitment = try opening.commitment()
        let (name, digest) = (request.name, plan.digest)
        var log = try LogWriter.open(directory, signer: signer, at: now)
        let index = try log.append("erasure.receipt", at: now) { data in
            data.member("commitment", commitment)
            data.member("plan", digest)
            data.member("request", name)
            data.member("subject", token)
        }
        try log.checkpoint()
        return index
    }

    private func dispositions(
        _ outcomes: [Int: Outcome], _ evidence: [Int: ErasureReceipt.Evidence]
    ) -> [ErasureReceipt.Disposition] {
        plan.actions.enumerated().filter { $0.element.verb != .cancel }.map { index, action in
            let outcome = outcomes[index + 1]
            return ErasureReceipt.Disposition(
                source: action.source, name: action.name, number: index + 1, along: action.along,
                outcome: outcome?.outcome, at: outcome?.at, latestRemoval: latest(action, outcome),
                evidence: outcome.flatMap { evidence[$0.index] })
        }
    }

    private func latest(_ action: Plan.Action, _ outcome: Outcome?) -> CivilDate? {
        guard let outcome, outcome.outcome.isGone, let instant = try? Instant(rfc3339: outcome.at),
            let type = plan.binding.places.first(where: { $0.name == action.source })?.type
        else { return nil }
        return LatestRemoval.period(ofType: type).flatMap { Zone.utc.civil(at: instant).date.adding($0) }
    }

    private var kept: [ErasureReceipt.Kept] {
        plan.staying.filter { !$0.grounds.isEmpty }.map { staying in
            ErasureReceipt.Kept(
                source: staying.source, name: staying.name,
                grounds: staying.grounds.map { ($0.ground, $0.until) })
        }
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

    /// One line.
    public var description: String {
        switch self {
        case .log(let error): error.description
        case .unwritable: "a record of the plan has an id that no receipt can hold; look at tenure plan show"
        }
    }
}
