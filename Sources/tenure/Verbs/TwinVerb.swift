internal import Chronology
internal import Files
internal import Glibc
internal import SampleEstate
internal import Threads
internal import Twin

/// Serves an estate as a provider would, until it is stopped.
struct TwinVerb: Command {
    static let name = "twin"
    static let sentence = "Serve an estate over the provider's protocol on this machine, to rehearse on."
    static let example = "tenure twin --estate estate --port 8080"
    static let details = """
        It listens on 127.0.0.1 only, and changes as calls come, in memory alone: the estate's files stay as they are. Its
        first line is the address for a Source document, and what it takes: as openai the key sk-twin; as azure, an Azure
        OpenAI resource with both of its APIs, that key in the header api-key, or the token ey-twin; as foundry, a project
        of Microsoft Foundry, the token alone. What calls make has ids and times that are the same each time: a second passes
        with each object. POST /__reset gives back what was there at the start, and makes objects of given ids beside it
        where the body says so: {"create": {"threads": ["thread_1"]}}, by the names of an estate's files. Stop it with ^C.
        """

    @Option("DIR", help: "The estate to serve: a directory with an NDJSON file a kind.") var estate: String?
    @Option("N", help: "Serve an estate made up from this seed instead, as tenure estate would write it.")
    var seed: UInt64?
    @Option("N", help: "How many threads the estate that is made up has.") var threads = 1000
    @Option("N", help: "The port to listen on; 0 takes one that is free.") var port = 8080
    @Option("NAME", help: "Whose service it is.") var profile = TwinProfile.openai
    @Option("AREA", help: "A part of the service that it no longer has, such as assistants: it answers 404.")
    var retired: [String]
    @Option("FILE", help: "What goes wrong, and how often: {\"seed\": 7, \"percent\": {\"torn\": 10}}.")
    var faults: String?
    @Option("N/PERIOD", help: "How many requests it takes in each period, such as 60/1min; to more it answers 429.")
    var rateLimit: RateLimit?
    @Option("NAME", help: "Whose the key is, as OpenAI's answers say it.") var organization = Twin.usualOrganization
    @Option("SECONDS", help: "How far the clock that its answers tell is ahead of this machine's.")
    var clockAhead = 0
    @Option("TIME", help: "The service's own time: of an estate that is made up, and of what calls make.")
    var now = Instant(seconds: Twin.usualNow)

    func run(_ console: Console) throws(Failure) -> ExitCode {
        guard let port = UInt16(exactly: port) else { throw .usage("twin: there is no port \(port)") }
        StopSignal.hold()
        let twin: Twin
        switch (estate, seed) {
        case (let estate?, nil): twin = try serve(estate, port)
        case (nil, let seed?): twin = try serve(seed: seed, port)
        default: throw .usage("twin: give either --estate DIR or --seed N")
        }
        try console.print("http://127.0.0.1:\(twin.port)\(profile.base) (\(profile.credentials))")
        StopSignal.wait()
        return .clean
    }

    private func serve(_ estate: String, _ port: UInt16) throws(Failure) -> Twin {
        do throws(TwinError) {
            let faults: Faults? = if let path = faults { try Faults(file: path) } else { nil }
            return try Twin(
                estate: estate, profile: profile, port: port, retired: retired, faults: faults, now: now.seconds,
                organization: organization, secondsAhead: Int64(clockAhead), rateLimit: rateLimit)
        } catch {
            throw .usage("twin: \(error)")
        }
    }

    /// Writes an estate, reads it, and takes it away again.
    private func serve(seed: UInt64, _ port: UInt16) throws(Failure) -> Twin {
        let scratch = Environment.variable("TMPDIR") ?? "/tmp"
        let directory = Files.path(scratch, "tenure-twin-\(getpid())")
        defer {
            for name in (try? Files.list(directory)) ?? [] { try? Files.remove(Files.path(directory, name)) }
            try? Files.removeDirectory(directory)
        }
        do throws(EstateError) {
            _ = try EstatePlan(seed: seed, threads: threads, asOf: now).write(to: directory)
        } catch {
            throw .usage("twin: \(error)")
        }
        return try serve(directory, port)
    }
}

extension TwinProfile: OptionValue {}

extension RateLimit: OptionValue {
    init(option text: String) throws(InvalidValue) {
        do throws(TwinError) {
            try self.init(text)
        } catch {
            throw InvalidValue(message: error.description)
        }
    }

    var optionText: String { description }
}
