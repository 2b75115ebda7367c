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

    /// Whether it stops the plan itself, and not only this way to execute it.
    public var isSafetyStop: Bool {
        switch self {
        case .limit, .noRegister, .staleRegister, .doubtfulApproval: true
        case .copy, .approvals: false
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
        let sides = [records, percent].compactMap(\.self).joined(separator: "; ")
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
        limits.filter(\.isExceeded).map(Gate.limit) + policies.closedRegister(at: now)
            + binding.places.filter { $0.address == nil }.map { .copy(place: $0.name) }
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
