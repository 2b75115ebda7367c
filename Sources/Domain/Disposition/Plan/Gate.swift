public import Chronology
public import Policies

/// Something that must be so before anything of a plan is executed.
public enum Gate: Sendable, Hashable {
    /// More would go under this policy than it lets go.
    case limit(Plan.Limit)
    /// There is no hold register: nobody says that these are all holds.
    case noRegister
    /// The hold register was not renewed in time.
    case staleRegister(name: String, since: Moment)
    /// The place is a copy: deleting from it would delete nothing where the data lives.
    case copy(place: String)
    /// A policy asks for more approvals than were given; with those who could still give one.
    case approvals(Plan.Demand, given: [String], possible: [String])
    /// There is a signature that does not fit, or of somebody who cannot approve.
    case doubtfulApproval(name: String)
    /// A review that the plan counts on is not signed as it stands, or its decisions no longer count.
    case review(digest: String, words: String)
    /// The plan can no longer be executed.
    case expired(Moment)
    /// The plan was made as of a day that has not come.
    case ahead(asOf: Moment)
    /// The policies are others than those that the plan follows from.
    case policiesChanged
    /// The documents cannot be read, so that nobody knows what is held.
    case documentsUnreadable
    /// The place is not there, or is another than the plan says.
    case placeChanged(place: String)
    /// The credential opens another account than the one that the plan was made for.
    case otherAccount(place: String)
    /// Nobody could tell whose account the plan was made for, so that nothing can be compared with it.
    case unknownAccount(place: String)
    /// The place's clock and ours differ by so many seconds, or it does not tell the time.
    case clockSkew(place: String, seconds: Int?)
    /// The place does not let itself be asked, with its words.
    case unreachable(place: String, words: String)
    /// The holds that are there now ask for what the scan did not read.
    case newScanNeeded
    /// The audit log has entries of plans, and none of this one.
    case planNotLogged
    /// A policy asks for whatever there is, and nobody typed its name to say that it is meant.
    case unconfirmed(policy: String)

    /// How far the clocks may differ: five minutes, as for the times of records.
    ///
    /// - Source: the design, section 3: a time is in the future beyond five minutes; hard case 9.
    public static let mostSkewSeconds = 300

    /// Whether it stops the plan itself, and not only this way to execute it.
    public var isSafetyStop: Bool {
        switch self {
        case .limit, .noRegister, .staleRegister, .doubtfulApproval, .review, .expired, .ahead, .policiesChanged,
            .documentsUnreadable, .placeChanged, .otherAccount, .unknownAccount, .clockSkew, .newScanNeeded:
            true
        case .copy, .approvals, .unreachable, .planNotLogged, .unconfirmed: false
        }
    }

    /// Whether no run of the plan can get past it, so that a new one is needed.
    public var voidsPlan: Bool {
        switch self {
        case .limit, .copy, .review, .expired, .ahead, .policiesChanged, .unknownAccount: true
        case .noRegister, .staleRegister, .approvals, .doubtfulApproval, .documentsUnreadable, .placeChanged,
            .otherAccount, .clockSkew, .unreachable, .newScanNeeded, .planNotLogged, .unconfirmed:
            false
        }
    }

    /// Whether a look at the place under it could take one thing for another.
    var forbidsLooking: Bool {
        switch self {
        case .placeChanged, .otherAccount, .unreachable: true
        case .limit, .noRegister, .staleRegister, .copy, .approvals, .doubtfulApproval, .review, .expired, .ahead,
            .policiesChanged, .documentsUnreadable, .unknownAccount, .clockSkew, .newScanNeeded, .planNotLogged,
            .unconfirmed:
            false
        }
    }

    /// What it is called in the audit log and in reports for machines.
    public enum Code: String, Sendable, CaseIterable {
        case limit
        case noRegister = "no-register"
        case staleRegister = "stale-register"
        case copy
        case approvals
        case doubtfulApproval = "doubtful-approval"
        case review
        case expired
        case ahead
        case policiesChanged = "policies-changed"
        case documentsUnreadable = "documents-unreadable"
        case placeChanged = "place-changed"
        case otherAccount = "other-account"
        case unknownAccount = "unknown-account"
        case clockSkew = "clock-skew"
        case unreachable
        case newScanNeeded = "new-scan-needed"
        case planNotLogged = "plan-not-logged"
        case unconfirmed
    }

    /// What it is called in the audit log and in reports for machines.
    public var code: Code {
        switch self {
        case .limit: .limit
        case .noRegister: .noRegister
        case .staleRegister: .staleRegister
        case .copy: .copy
        case .approvals: .approvals
        case .doubtfulApproval: .doubtfulApproval
        case .review: .review
        case .expired: .expired
        case .ahead: .ahead
        case .policiesChanged: .policiesChanged
        case .documentsUnreadable: .documentsUnreadable
        case .placeChanged: .placeChanged
        case .otherAccount: .otherAccount
        case .unknownAccount: .unknownAccount
        case .clockSkew: .clockSkew
        case .unreachable: .unreachable
        case .newScanNeeded: .newScanNeeded
        case .planNotLogged: .planNotLogged
        case .unconfirmed: .unconfirmed
        }
    }

    /// What is not so, and what to do about it.
    public var description: String {
        switch self {
        case .limit(let limit): Self.sentence(limit)
        case .noRegister: "there is no hold register: write a HoldRegister that names every hold, or none"
        case .staleRegister(let name, let since):
            "the hold register \(name) is stale since \(since): review the holds, and renew its asOf"
        case .copy(let place): "\(place) is an export: a copy has nothing to call; plan from the live source"
        case .approvals(let demand, let given, let possible):
            Self.sentence(demand, given: given, possible: possible)
        case .doubtfulApproval(let name):
            "the approval of \(name) does not stand: it is not by a signer's key, over this digest, of somebody who did"
                + " not ask; remove the file of approvals, and let people approve again"
        case .review(let digest, let words):
            "the plan counts on the review sha256:\(digest.prefix(12)), which does not stand: \(words); make a new plan"
        case .expired(let since): "the plan is expired since \(since): make a new one"
        case .ahead(let asOf): "the plan was made as of \(asOf), which has not come: make a new one, as of now"
        case .policiesChanged: "the policies are others than when the plan was made: make a new one"
        case .documentsUnreadable:
            "the documents cannot be read or used, so that nobody knows what is held: tenure lint says why"
        case .placeChanged(let place):
            "\(place) is not the place that the plan names: restore its Source document, or make a new plan"
        case .otherAccount(let place):
            "the credential of \(place) opens another account than the plan was made for: name the right one, or make a new plan"
        case .unknownAccount(let place):
            "the plan does not say for whose account of \(place) it was made, as the service did not: make a new one once"
                + " it does (tenure doctor)"
        case .clockSkew(let place, let seconds?):
            "the clock of \(place) is \(seconds) seconds from ours, at most \(Self.mostSkewSeconds) are let pass: set the clock"
        case .clockSkew(let place, nil): "\(place) does not tell the time: nothing says that our clock is right"
        case .unreachable(let place, let words): "\(place) cannot be asked: \(words)"
        case .newScanNeeded: "a hold asks for metadata that was not read: run again"
        case .planNotLogged:
            "the audit log has no entry of this plan, and has those of others: it was changed since, or made past the log;"
                + " make a new one, with --audit-log"
        case .unconfirmed(let policy):
            "the match of \(policy) names nothing, so that it asks for whatever there is: narrow it, or say that this is meant:"
                + " tenure apply --confirm \(policy)"
        }
    }

    private static func sentence(_ demand: Plan.Demand, given: [String], possible: [String]) -> String {
        let so = given.isEmpty ? "none was given" : "given by \(given.joined(separator: ", "))"
        let next =
            given.count + possible.count < demand.approvals.count
            ? "too few people can give one: add signers, or let somebody else ask for the plan"
            : "tenure approve, by \(possible.joined(separator: ", "))"
        return "\(demand.policy) asks for \(counted(demand.approvals.count)), and \(so): \(next)"
    }

    private static func counted(_ approvals: Int) -> String { "\(approvals) approval\(approvals == 1 ? "" : "s")" }

    private static func sentence(_ limit: Plan.Limit) -> String {
        let records = limit.mostRecords.map { "\(limit.records) records of at most \($0)" }
        let percent = limit.mostPercent.map { "\(limit.asked) of \(limit.matched) matched, at most \($0) %" }
        let person = limit.mostPerSubject.map {
            "\(limit.perSubject) of one subject or of none that is named, at most \($0)"
        }
        let sides = [records, percent, person].compactMap(\.self).joined(separator: "; ")
        return
            "\(limit.policy) would exceed its limits (\(sides)): look at what goes, then raise spec.limits or narrow the match"
    }
}

extension Plan {
    /// The gates that are closed under these documents at an instant, in a fixed order.
    public func closedGates(_ policies: PolicySet, at now: Moment) -> [Gate] { head.closedGates(policies, at: now) }
}

extension PlanHead {
    /// The gates that are closed under these documents at an instant, in a fixed order.
    public func closedGates(_ policies: PolicySet, at now: Moment) -> [Gate] {
        let called = Set(calls.keys.map(\.source))
        return limits.filter(\.isExceeded).map(Gate.limit) + policies.closedRegister(at: now)
            + binding.places.filter { $0.address == nil }.map { .copy(place: $0.name) }
            + binding.places.filter { $0.address != nil && $0.account == nil && called.contains($0.name) }.map {
                .unknownAccount(place: $0.name)
            }
    }
}

extension PolicySet {
    /// The gate that the register of holds closes at an instant, if it does.
    public func closedRegister(at now: Moment) -> [Gate] {
        guard let register else { return [.noRegister] }
        guard now >= register.freshUntil else { return [] }
        return [.staleRegister(name: register.name, since: register.freshUntil)]
    }
}
