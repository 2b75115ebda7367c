internal import Chronology
internal import Crypto
internal import Disposition
internal import Policies
internal import Reports

/// Signs a plan or a review list, for those whom the policies ask.
struct Approve: Command {
    static let name = "approve"
    static let sentence = "Sign a plan, or the decisions of a review, as it stands; who asked for it cannot."
    static let example = "tenure approve plan.json --as bob --key bob.pem"
    static let details = """
        WHAT IS SIGNED
          The digest of the plan: Ed25519 over two lines, `tenure plan approval v1` and `sha256:DIGEST`, each ended by a
          line feed. The signatures lie beside the plan, in plan.json.approvals; a changed byte of the plan voids them
          all. Signing twice is signing once. Of a review list (tenure plan review) the digest is that of its canonical
          form, and the first line is `tenure review approval v1`: a changed decision voids all, white space nothing.

        WHO COUNTS
          A document of kind Signers has the public keys. approvals: {count: 2, from: [ann, bob]} in a policy says how
          many people, and which, must approve a plan that deletes because of it. Who asked for the plan never counts: that
          is the name that was given to plan make --as, which nobody proves. What is asked for is taken from the policies
          again when the plan is executed, whatever the plan says.
          A plan whose policies or holds are not those of now, or that has expired, is not approved: make a new one.

        KEYS
          openssl genpkey -algorithm ed25519 -out bob.pem && chmod 600 bob.pem
          openssl pkey -in bob.pem -pubout

        EXIT CODES
          0  signed; what is still missing is said
          2  usage, a plan that is none, a key or a name that nobody knows
          3  the signature could not be written
          4  safety stop: who asked cannot approve; the plan has expired, or the policies or holds are others,
             or the holds cannot be read
        """

    @Argument("FILE", help: "The plan, or the review list.") var file = "plan.json"
    @Option("NAME", help: "Who approves, as a Signers document names them.") var `as`: String?
    @Option("FILE", help: "Your private key, PEM; no one else may be able to read it.") var key: String?
    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("DIR", help: "The audit log that this run is entered in. (default: what TENURE_AUDIT_LOG names, else none)")
    var auditLog: String?
    @Option("FILE", help: "The key of the audit log, PEM. (default: what TENURE_AUDIT_KEY names)")
    var auditKey: String?

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let name = try ActingName.of(`as`, for: Self.name, asking: "say who approves")
        guard let key else { throw .usage("approve: name your private key: --key FILE") }
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: Self.name)
        let now = Instant.now()
        let policies = try Survey.usable(PolicyLoader.load(self.policies, asOf: now), needsHolds: true, console)
        let secret = try KeyFile.privateKey(key, for: Self.name)
        let approved: ApprovedFile
        do throws(PlanError) { approved = try ApprovedFile(file) } catch { throw .usage("approve: \(error)") }
        try approved.check(policies, at: Moment(now))
        let approvals = try approving { () throws(ApprovalError) in
            var approvals = try Approvals(beside: file, of: approved.matter, digest: approved.digest)
            let standing = approvals.standing(among: policies.signers, requester: approved.requester)
            if let name = standing.doubtful.first {
                throw .forged(path: Approvals.path(beside: file), name: name)
            }
            try approvals.sign(as: name, with: secret, among: policies.signers, requester: approved.requester)
            return approvals
        }
        let gates = approved.closedGates(approvals, policies)
        try trail?.record(
            .approved(
                RunEntry.Approved(
                    approvals: approvals, name: name, holds: policies.holdsDigest, lacks: gates.count,
                    policies: policies.digest)), console)
        do throws(ApprovalError) {
            try approvals.write(beside: file)
        } catch {
            throw .incomplete("approve: \(error)")
        }
        try tell(approved, gates, name, console)
        return .clean
    }

    private func tell(
        _ approved: ApprovedFile, _ gates: [Gate], _ name: String, _ console: Console
    ) throws(Failure) {
        do throws(ReportError) {
            let text = approved.text(
                gates, options: GivenOptions(policies: policies), style: console.hasColours ? .terminal : .plain)
            try console.report(Array(text.utf8))
        } catch {
            throw .incomplete("approve: \(error)")
        }
        try console.print("\n\(name) approved sha256:\(approved.digest)")
        if !approved.isAsked(name) {
            console.note("approve: nothing asks for the approval of \(name): it counts for nothing here")
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
