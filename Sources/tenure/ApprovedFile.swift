internal import Chronology
internal import Disposition
internal import Files
internal import Policies
internal import Reports
internal import Terminal

/// What somebody approves: a plan, or a review list.
enum ApprovedFile {
    case plan(Plan, path: String)
    case review(ReviewList, digest: String, path: String)

    /// Reads whichever a file is.
    init(_ path: String) throws(PlanError) {
        var beginning = [UInt8](repeating: 0, count: 8)
        do throws(FileError) {
            let file = try InputFile(path: path)
            _ = try file.read(into: &beginning, from: 0)
        } catch {
            throw .file(error)
        }
        // A plan has one spelling, and begins with its name.
        if beginning == Array(#"{"plan":"#.utf8) {
            self = .plan(try Plan(path: path), path: path)
        } else {
            let list = try ReviewList(path: path)
            self = .review(list, digest: try list.digest(), path: path)
        }
    }

    var matter: ApprovedMatter {
        switch self {
        case .plan: .plan
        case .review: .review
        }
    }

    var digest: String {
        switch self {
        case .plan(let plan, _): plan.digest
        case .review(_, let digest, _): digest
        }
    }

    var requester: String {
        switch self {
        case .plan(let plan, _): plan.binding.requester
        case .review(let list, _, _): list.requester
        }
    }

    /// Refuses to have signed what could have no effect.
    func check(_ policies: PolicySet, at now: Moment) throws(Failure) {
        switch self {
        case .plan(let plan, let path):
            func stop(_ reason: String) -> Failure {
                Failure(
                    exitCode: .safetyStop, message: "approve: \(path): \(reason); make a new plan with tenure plan")
            }
            if now >= plan.binding.expires { throw stop("the plan has expired at \(plan.binding.expires)") }
            if policies.holdsDigest != plan.binding.holds { throw stop("the holds are not those of the plan") }
            if policies.rulesDigest != plan.binding.policies { throw stop("the policies are not those of the plan") }
        case .review(let list, _, let path):
            if now >= list.expires {
                throw Failure(
                    exitCode: .safetyStop,
                    message: "approve: \(path): the list has expired at \(list.expires); ask again: tenure plan review")
            }
            if list.entries.allSatisfy({ $0.decision == .open }) {
                throw .usage("approve: \(path): nothing is decided yet: write \"keep\" or \"release\" as decisions")
            }
        }
    }

    /// What still lacks approval.
    func closedGates(_ approvals: Approvals, _ policies: PolicySet) -> [Gate] {
        switch self {
        case .plan(let plan, _): approvals.closedGates(plan, policies)
        case .review(let list, let digest, _): approvals.closedGates(list, digest: digest, policies)
        }
    }

    /// Whether the approval of this person counts for anything, if it stands.
    func isAsked(_ name: String) -> Bool {
        switch self {
        case .plan(let plan, _): plan.demands.isEmpty || plan.demands.contains { $0.counts(name) }
        case .review: true
        }
    }

    /// What was signed, in a few lines.
    ///
    /// - Parameter options: those that were given.
    func text(_ gates: [Gate], options: GivenOptions, style: TextStyle) -> String {
        switch self {
        case .plan(let plan, let path): return PlanReport(plan, at: path, gates: gates).summary(style: style)
        case .review(let list, _, let path):
            let kept = list.entries.count { if case .keep = $0.decision { true } else { false } }
            let released = list.entries.count { $0.decision == .release }
            let open = list.entries.count - kept - released
            let lines =
                ["REVIEW: \(released) released, \(kept) kept, \(open) undecided; nothing was deleted"]
                + (gates.isEmpty
                    ? ["no approval is missing"] : ["Closed gates"] + gates.map { "  \($0.description)".visible })
                + ["", "Next: tenure plan make --reviewed \(path)\(options.ofDocuments)".visible]
            return lines.joined(separator: "\n") + "\n"
        }
    }
}
