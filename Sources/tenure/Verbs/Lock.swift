internal import Chronology
internal import Crypto
internal import Files
internal import Policies

/// Drafts, signs and verifies the lock of a directory of policies.
struct Lock: Command {
    static let name = "lock"
    static let sentence =
        "Lock the terms of policies, so that nobody weakens them without new signatures by two people."
    static let example = "tenure lock make --lock regulated-minimum --signer ann=ann.pub --signer bob=bob.pub"
    static let details = """
        HOW IT GOES
          make    writes policies.lock.draft: the terms as they are now, and who may sign
          sign    adds a signature to the draft; the last that is needed makes it policies.lock
          verify  checks policies.lock as every lint and scan does; --since also that it follows from an older one

        WHAT IS COMPARED
          A shorter atLeast, a longer atMost or overdueAfter, a weaker basis, mode or severity, another match, clock,
          time zone or disposition, a new exception or a missing policy is an error. Stronger terms are not.
          A new lock needs as many signers of the one before it as that one asks.
          A lock covers its directory and all below it: who names a part, a file or a directory in it, is held to the
          whole lock, and to every policy that it names.

        KEYS
          openssl genpkey -algorithm ed25519 -out ann.pem && openssl pkey -in ann.pem -pubout -out ann.pub
          Keep private keys out of the repository. Keep a copy of the lock outside of it too, and name it in
          TENURE_LOCK_ANCHOR: then a lock that was removed, replaced or set back is an error wherever policies are read.
        """

    /// What is to be done.
    enum Action: String, CaseIterable, OptionValue {
        case make, sign, verify
    }

    @Argument("make|sign|verify", help: "What to do.") var action: Action?
    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("NAME", help: "make: a policy to lock, beside those that are locked.") var lock: [String]
    @Option("NAME", help: "make: a policy to lock no more.") var release: [String]
    @Option("NAME=FILE", help: "make: a person who may sign, and the public key, PEM or Base64.") var signer: [String]
    @Option("N", help: "make: how many must sign; at least 2.") var threshold: Int?
    @Option("FILE", help: "sign: your private key, PEM; no one else may be able to read it.") var key: String?
    @Option("FILE", help: "verify: an older lock that this one must follow.") var since: String?

    func run(_ console: Console) throws(Failure) -> ExitCode {
        switch action {
        case .make: try make(console)
        case .sign: try sign(console)
        case .verify: try verify(console)
        case nil: throw .usage("lock: make, sign or verify?")
        }
        return .clean
    }

    private var current: String { Files.path(policies, PolicyLock.fileName) }
    private var draft: String { Files.path(policies, PolicyLock.draftName) }

    private func make(_ console: Console) throws(Failure) {
        var signers: [(name: String, key: Ed25519.PublicKey)] = []
        for entry in signer { signers.append(try person(entry)) }
        let made = try locking { () throws(LockError) in
            let before = Files.kind(of: current) == nil ? nil : try PolicyLock(path: current)
            try before?.verify()
            return try PolicyLock.draft(
                policies, locking: lock, releasing: release, signers: signers, threshold: threshold, after: before,
                asOf: .now())
        }
        try write(made, to: draft)
        try console.print("wrote \(draft): number \(made.serial), locks \(made.policies.joined(separator: ", "))")
        try console.print(
            "Next: \(made.threshold) of \(made.signers.map(\.name).joined(separator: ", ")) run"
                + " `tenure lock sign --key FILE`.")
    }

    private func sign(_ console: Console) throws(Failure) {
        guard let path = key else { throw .usage("lock: sign needs --key FILE") }
        let key = try KeyFile.privateKey(path, for: "lock")
        try check(draft, "lock make")
        let signed = try locking { () throws(LockError) in
            var lock = try PolicyLock(path: draft)
            try lock.sign(with: key)
            return lock
        }
        try write(signed, to: draft)
        let before =
            Files.kind(of: current) == nil ? nil : try locking { () throws(LockError) in try PolicyLock(path: current) }
        do throws(LockError) {
            if let before { try signed.verify(since: before) } else { try signed.verify() }
        } catch {
            return try console.print("signed \(draft); not yet in force: \(error.message)")
        }
        try write(signed, to: current)
        do throws(FileError) { try Files.remove(draft) } catch { throw .incomplete("lock: \(error)") }
        try console.print("signed; \(current) number \(signed.serial) is in force")
    }

    private func verify(_ console: Console) throws(Failure) {
        try check(current, "lock sign")
        let found = try locking { () throws(LockError) in
            let lock = try PolicyLock(path: current)
            try lock.verify()
            if let since { try lock.verify(since: PolicyLock(path: since)) }
            return lock
        }
        let loaded = PolicyLoader.load(policies, asOf: .now())
        guard !loaded.hasErrors else {
            throw .unusable("the policies", loaded.diagnostics)
        }
        let digest = try locking { () throws(LockError) in try found.digest() }
        try console.print(
            "\(current): number \(found.serial), sha256 \(digest), signed by"
                + " \(found.signerNames.joined(separator: ", ")); locks \(found.policies.joined(separator: ", "))")
    }

    /// Refuses to go on where there is no such file, and says which command makes one.
    private func check(_ path: String, _ maker: String) throws(Failure) {
        do throws(FileError) {
            _ = try Files.inspect(path)
        } catch {
            guard error.isAbsent else { throw .usage("lock: \(error)") }
            throw .usage("lock: there is no \(path) (`tenure \(maker)` makes it; --policies names its directory)")
        }
    }

    private func person(_ entry: String) throws(Failure) -> (name: String, key: Ed25519.PublicKey) {
        let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw .usage("lock: --signer \(entry): write NAME=FILE") }
        guard let key = Ed25519.PublicKey(text: try read(parts[1])) else {
            throw .usage("lock: \(parts[1]) is no Ed25519 public key, in PEM or Base64")
        }
        return (parts[0], key)
    }

    private func read(_ path: String) throws(Failure) -> String {
        do throws(FileError) {
            return String(decoding: try Files.read(path, limit: 1 << 16), as: UTF8.self)
        } catch {
            throw .usage("lock: \(error)")
        }
    }

    private func write(_ lock: PolicyLock, to path: String) throws(Failure) {
        do throws(FileError) {
            var file = try AtomicFile(path: path)
            try file.write(lock.text)
            try file.commit()
        } catch {
            throw .incomplete("lock: \(error)")
        }
    }

    private func locking<Result>(_ body: () throws(LockError) -> Result) throws(Failure) -> Result {
        do throws(LockError) { return try body() } catch { throw .usage("lock: \(error)") }
    }
}
