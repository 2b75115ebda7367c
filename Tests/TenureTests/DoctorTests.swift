import Foundation
import TestSupport
import Testing

/// The command on what sources show: on a twin, and on nothing.
@Suite struct DoctorTests {
    private static let asOf = "2026-11-20T00:00:00Z"
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try Tool.tenure("estate", "--threads", "20", "--overdue", "0", "--out", scratch.path("estate"))
    }

    /// Documents with one source, and one policy that names these kinds.
    private func write(_ source: String, kinds: String) throws {
        let rule = "{match: {kinds: [\(kinds)]}, clock: {from: created}, keep: {atMost: 30d}}"
        let parts = [("Source", "service", "{\(source)}"), ("RetentionPolicy", "all", rule)].map {
            "apiVersion: tenure/v1\nkind: \($0)\nmetadata: {name: \($1)}\nspec: \($2)\n"
        }
        try scratch.write("policies/all.yaml", parts.joined(separator: "---\n"))
    }

    private func run(_ words: String..., key: String? = "sk-twin") throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path, words + ["--policies", scratch.path("policies"), "--as-of", Self.asOf],
            environment: key.map { ["TWIN_KEY": $0, "TWIN_TOKEN": "ey-twin"] } ?? [:])
    }

    /// What is said of each kind: `seen answer delete`.
    private func kinds(_ outcome: Tool.Outcome) throws -> [String: String] {
        let report = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        let source = try #require((report["sources"] as? [[String: Any]])?.first)
        var kinds: [String: String] = [:]
        for kind in try #require(source["kinds"] as? [[String: Any]]) {
            let words = ["seen", "answer", "delete"].map { kind[$0] as? String ?? "" }
            kinds[kind["kind"] as? String ?? ""] = words.joined(separator: " ")
        }
        return kinds
    }

    private func source(_ twin: RunningTwin, _ more: String = "") -> String {
        "type: openai, address: '\(twin.address)', credentials: {env: TWIN_KEY}\(more)"
    }

    /// What has no list and is not known whole makes a scan incomplete, unless somebody accepts it.
    private static let others = "{kinds: [conversation, item, response], reason: x, until: 2030-01-01}"
    private static let threads = "{kinds: [thread, message, run, runStep], reason: x, until: 2030-01-01}"

    @Test func `a service that shows all that nobody accepted as a gap has no blind spot`() throws {
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        try write(source(twin), kinds: "file, vectorStore")
        #expect(try run("doctor").status == 3)
        #expect(try run("scan").output.contains("known in part: no list has them all"), "a scan says the same")
        try write(
            source(twin, ", acceptedGaps: [\(Self.threads), \(Self.others)]"), kinds: "file, vectorStore")
        let outcome = try run("doctor", "--format", "json")
        #expect(outcome.status == 0)
        #expect(try !run("scan").output.contains("known in part: no list has them all"))
        let kinds = try kinds(outcome)
        #expect(kinds["file"] == "all read untried")
        #expect(kinds["vectorStoreFile"] == "all read untried")
        #expect(kinds["batch"] == "all read never")
        #expect(kinds["thread"] == "nothing untried untried")
        #expect(kinds["upload"] == "nothing noCall unknown")
        let text = try run("doctor").output
        #expect(text.hasPrefix("EVERYTHING IN SIGHT: "))
        #expect(text.contains("  credential: the environment variable TWIN_KEY, accepted\n"))
        #expect(text.contains("untried is no promise") && !text.contains("sk-twin"))
    }

    @Test func `what has no list is a gap until its ids are known to the last, or somebody accepts it`() throws {
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        try write(source(twin), kinds: "thread, message")
        let blind = try run("doctor")
        #expect(blind.status == 3)
        #expect(
            blind.output.contains(
                "not seen: thread, message, run, runStep: the API has no list of threads, and no id is in"))
        #expect(
            blind.output.contains("to close it: registry: [{file: ids.csv, kind: thread, complete: true}] with every"))
        let file = scratch.path("estate/threads.ndjson")
        try write(source(twin, ", registry: [{file: \(file), kind: thread}]"), kinds: "thread, message")
        let known = try run("doctor", "--format", "json")
        #expect(known.status == 3)
        #expect(try kinds(known)["thread"] == "known read untried")
        #expect(try kinds(known)["message"] == "known read untried")
        try write(
            source(twin, ", registry: [{file: \(file), kind: thread, complete: true}], acceptedGaps: [\(Self.others)]"),
            kinds: "thread, message")
        let vouched = try run("doctor", "--format", "json")
        #expect(vouched.status == 0)
        #expect(try kinds(vouched)["thread"] == "all read untried")
        func gap(until day: String) -> String {
            ", acceptedGaps: [{kinds: [thread, message, run, runStep], reason: x, until: \(day)}, \(Self.others)]"
        }
        try write(source(twin, gap(until: "2027-01-01")), kinds: "thread, message")
        let accepted = try run("doctor")
        #expect(accepted.status == 0 && accepted.output.contains("accepted until 2027-01-01"))
        try write(source(twin, gap(until: "2026-11-01")), kinds: "thread, message")
        #expect(try run("doctor").status == 3)
    }

    @Test func `a retired surface is named, whatever the policies say`() throws {
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0", "--retired", "assistants")
        try write(source(twin), kinds: "file")
        let outcome = try run("doctor", "--format", "json")
        #expect(outcome.status == 3)
        let kinds = try kinds(outcome)
        for kind in ["assistant", "thread", "message", "run"] {
            #expect(kinds[kind]?.hasPrefix("nothing retired") == true)
        }
        #expect(kinds["assistant"] == "nothing retired unverifiable")
        #expect(kinds["file"] == "all read untried")
        let lint = try run("lint", "--online")
        #expect(lint.status == 0)
        #expect(lint.output.contains("all.yaml:1:1: warning: source service does not show assistant, thread, message,"))
        #expect(lint.output.contains("[source-blind]"))
    }

    @Test(arguments: ScannedService.allCases)
    func `a wrong address or version is a mistake, whatever it answers, and no retirement`(service: ScannedService)
        throws
    {
        let twin = try RunningTwin(
            "--estate", scratch.path("estate"), "--port", "0", "--profile", service.profile)
        let spec = service.spec(twin.address)
        let (wrong, remedy) =
            switch service {
            case .openai: (spec.replacing("/v1'", with: "/v9'"), "check the address\n")
            case .azureV1: (spec + ", apiVersion: 2031-01-01", "check the address, and apiVersion: 2031-01-01\n")
            case .azureClassic:
                (spec.replacing("2025-04-01", with: "2019-04-01"), "and apiVersion: 2019-04-01-preview\n")
            case .foundry: (spec.replacing("/projects/twin", with: "/projects/other"), "check the address")
            }
        try write(wrong, kinds: "file")
        let outcome = try run("doctor")
        #expect(outcome.status == 3)
        #expect(
            outcome.output.contains("cannot be asked: answered 404, and so did whatever else was asked for\n"),
            "\(outcome.output)")
        #expect(outcome.output.contains("not accepted, or not tried") && outcome.output.contains(remedy))
        #expect(!outcome.output.contains("retired"))
        let lint = try run("lint", "--online")
        #expect(lint.status == 2)
        #expect(lint.output.contains("error: source service: answered 404, and so did whatever else was asked for"))
        try write(spec, kinds: "file")
        let right = try run("doctor").output
        #expect(right.contains(", accepted\n") && !right.contains("retired"))
    }

    @Test(arguments: ScannedService.allCases.filter { $0.files.contains("assistants") })
    func `what a service no longer has is retired, where something else of it answers`(service: ScannedService) throws {
        let twin = try RunningTwin(
            "--estate", scratch.path("estate"), "--port", "0", "--profile", service.profile, "--retired", "assistants")
        try write(service.spec(twin.address), kinds: "file")
        let kinds = try kinds(run("doctor", "--format", "json"))
        for kind in ["assistant", "thread", "message", "run"] {
            #expect(kinds[kind]?.hasPrefix("nothing retired") == true)
        }
        #expect(kinds["file"]?.hasPrefix("all read") == true)
        let lint = try run("lint", "--online")
        #expect(lint.status == 0)
        #expect(lint.output.contains("source service does not show assistant, thread, message,"))
    }

    @Test func `a credential that is refused is said once, without it`() throws {
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--port", "0")
        try write(source(twin), kinds: "file")
        let outcome = try run("doctor", key: "sk-very-secret")
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("cannot be asked: the credential was refused: answered 401 invalid_api_key\n"))
        #expect(outcome.output.contains("to do: check the credential, its organization, and the addresses"))
        let lint = try run("lint", "--online", key: "sk-very-secret")
        #expect(lint.status == 2)
        #expect(lint.output.contains("error: source service: the credential was refused: answered 401 invalid_api_key"))
        for text in [outcome.output, outcome.errors, lint.output, lint.errors] {
            #expect(!text.contains("very-secret"))
        }
    }

    @Test func `a credential that is not there is a matter of the documents, and others are looked at all the same`()
        throws
    {
        try write("type: openai, credentials: {env: TENURE_TEST_ABSENT}", kinds: "file")
        try scratch.write(
            "policies/export.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: copy}
            spec: {type: export, path: \(scratch.path("estate"))}
            """)
        let outcome = try run("doctor")
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("cannot be asked: the environment variable TENURE_TEST_ABSENT is not set\n"))
        #expect(outcome.output.contains("Source copy: export, "))
        #expect(outcome.output.contains(/thread +all +read +never/))
        #expect(try run("lint", "--online").status == 2)
        #expect(try run("lint").status == 0)
    }

    @Test func `a service that does not answer is one line, and soon`() throws {
        let port = try Listener().port
        try write("type: openai, address: 'http://127.0.0.1:\(port)/v1', credentials: {env: TWIN_KEY}", kinds: "file")
        let outcome = try run("doctor")
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("no answer: GET http://127.0.0.1:\(port)/v1/files: no connection: "))
    }

    @Test func `documents without a source have nothing to examine`() throws {
        try scratch.write(
            "policies/all.yaml",
            """
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: 2026-11-20, maxAge: 7d, holds: []}
            """)
        let outcome = try run("doctor")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("names no source: write a Source document"))
    }
}
