internal import Chronology
internal import Crypto
internal import Disposition
internal import Policies
internal import Reports

/// Signs a plan, for those whom the policies ask.
struct Approve: Command {
    static let name = "approve"
    static let sentence = "Sign a plan as it stands, so that it can be executed; who asked for it cannot."
    static let example = "tenure approve plan.json --as bob --key bob.pem"
    static let details = """
        WHAT IS SIGNED
          The digest of the plan: Ed25519 over two lines, `tenure plan approval v1` and `sha256:DIGEST`, each ended by a
          line feed. The signatures lie beside the plan, in plan.json.approvals; a changed byte of the plan voids them
          all. Signing twice is signing once.

        WHO COUNTS
          A document of kind Signers has the public keys. approvals: {count: 2, from: [ann, bob]} in a policy says how
          many people, and which, must approve a plan that deletes because of it. Who asked for the plan never counts.
          A plan whose policies or holds are not those of now, or that has expired, is not approved: make a new one.

        KEYS
          openssl genpkey -algorithm ed25519 -out bob.pem && chmod 600 bob.pem
          openssl pkey -in bob.pem -pubout

        EXIT CODES
          0  signed; what is still missing is said
          2  usage, a plan that is none, a key or a name that nobody knows
          3  the signature could not be written
          4  safety stop: who asked cannot approve; the plan has expired, or the policies or holds are others
        """

    @Argument("FILE", help: "The plan.") var file = "plan.json"
    @Option("NAME", help: "Who approves, as a Signers document names them.") var `as`: String?
    @Option("FILE", help: "Your private key, PEM; no one else may be able to read it.") var key: String?
    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"

    func run(_ console: Console) throws(Failure) -> ExitCode {
        guard let name = `as` else { throw .usage("approve: say who approves: --as NAME") }
        guard let key else { throw .usage("approve: name your private key: --key FILE") }
        let now = Instant.now()
        let policies = try Survey.usable(PolicyLoader.load(self.policies, asOf: now), console)
        let plan: Plan
        do throws(PlanError) { plan = try Plan(path: file) } catch { throw .usage("approve: \(error)") }
        try check(plan, policies, at: Moment(now))
        let secret = try KeyFile.privateKey(key, for: "approve")
        let approvals = try approving { () throws(ApprovalError) in
            var approvals = try Approvals(beside: file, of: .plan, digest: plan.digest)
            if let name = approvals.standing(among: policies.signers, requester: plan.binding.requester).doubtful.first
            {
                throw .forged(path: Approvals.path(beside: file), name: name)
            }
            try approvals.sign(as: name, with: secret, among: policies.signers, requester: plan.binding.requester)
            return approvals
        }
        do throws(ApprovalError) {
            try approvals.write(beside: file)
        } catch {
            throw .incomplete("approve: \(error)")
        }
        try tell(plan, approvals.closedGates(plan, policies), name, console)
        return .clean
    }

    /// Refuses to have signed what nobody could execute.
    private func check(_ plan: Plan, _ policies: PolicySet, at now: Moment) throws(Failure) {
        func stop(_ reason: String) -> Failure {
            Failure(exitCode: .safetyStop, message: "approve: \(file): \(reason); make a new plan with tenure plan")
        }
        if now >= plan.binding.expires { throw stop("the plan has expired at \(plan.binding.expires)") }
        if policies.holdsDigest != plan.binding.holds { throw stop("the holds are not those of the plan") }
        if policies.digest != plan.binding.policies { throw stop("the policies are not those of the plan") }
    }

    private func tell(_ plan: Plan, _ gates: [Gate], _ name: String, _ console: Console) throws(Failure) {
        let report = PlanReport(plan, at: file, gates: gates)
        do throws(ReportError) {
            try console.report(Array(report.summary(style: console.hasColours ? .terminal : .plain).utf8))
        } catch {
            throw .incomplete("approve: \(error)")
        }
        try console.print("\n\(name) approved sha256:\(plan.digest)")
        if !plan.demands.isEmpty, !plan.demands.contains(where: { $0.counts(name) }) {
            console.note("approve: no policy of the plan asks for the approval of \(name): it counts for none")
        }
    }

    private func approving<Result>(_ body: () throws(ApprovalError) -> Result) throws(Failure) -> Result {
        do throws(ApprovalError) {
            return try body()
        } catch {
            throw Failure(exitCode: error.isSafetyStop ? .safetyStop : .usage, message: "approve: \(error)")
        }
    }
}
