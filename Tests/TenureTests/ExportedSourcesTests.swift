import Foundation
import TestSupport
import Testing

/// A scan of what `inventory --out` wrote of a service ends as the scan of the service does, whatever that does not show
/// and whatever its document expects and accepts.
@Suite struct ExportedSourcesTests {
    /// A service, what its document says of it, and how a scan of it ends.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answers: [String: ScriptedService.Answer]
        /// Whether somebody vouches for what cannot be listed.
        var isVouched = true
        var document = ""
        let status: Int32
        /// What both scans say.
        var said: String?

        init(
            _ name: String, _ answers: [String: ScriptedService.Answer] = [:], isVouched: Bool = true,
            says document: String = "", status: Int32, said: String? = nil
        ) {
            testDescription = name
            self.answers = answers
            self.isVouched = isVouched
            self.document = document
            self.status = status
            self.said = said
        }
    }

    private static func gap(_ kinds: String, until day: String = "2027-01-31") -> String {
        ", acceptedGaps: [{kinds: [\(kinds)], reason: \"it's \\\"so\\\"\", ticket: T-1, until: \(day)}]"
    }

    private static let refused = ["/containers": ScriptedService.Answer.refusal(403)]
    private static let retired = ["/assistants": ScriptedService.Answer.refusal(404)]
    private static let assistants = "assistant, thread, message, run, runStep"
    private static let unlisted = "thread, message, run, runStep, conversation, item, response"
    private static let chat: [String: ScriptedService.Answer] = [
        "/responses/r1": .record(
            #"{"id":"r1","object":"response","created_at":1795000000,"conversation":{"id":"c1"}}"#),
        "/conversations/c1": .record(#"{"id":"c1","object":"conversation","created_at":1795000000}"#),
        "/conversations/c1/items": .list([#"{"id":"i1","type":"message","role":"user"}"#]),
    ]
    private static let unreadInput = chat.merging(["/responses/r1/input_items": .refusal(403)]) { $1 }
    private static let counted: [String: ScriptedService.Answer] = [
        "/vector_stores": .list([
            #"{"id":"vs","object":"vector_store","created_at":1790000000,"last_active_at":1790000000,"#
                + #""status":"completed","file_counts":{"total":5}}"#
        ])
    ]
    private static let broken: [String: ScriptedService.Answer] = [
        "/batches": .list([#"{"id":"b","object":"batch","created_at":1790000000}"#], more: true),
        "/batches?after=*": .refusal(403),
    ]

    static let cases = [
        Case("all is there", status: 0),
        Case("a minimum is met", says: ", expect: {files: {atLeast: 1}}", status: 0),
        Case(
            "a minimum is missed", says: ", expect: {files: {atLeast: 2}}", status: 3,
            said: "1 of files were seen, and 2 are expected"),
        Case("a canary is there", says: ", expect: {canaries: [a]}", status: 0),
        Case("a canary is missed", says: ", expect: {canaries: [a, z]}", status: 3, said: "the canary z was not seen"),
        Case("a list is refused", refused, status: 3),
        Case("a list is refused, which is accepted", refused, says: gap("container, containerFile"), status: 0),
        Case("a list is refused, which was accepted", refused, says: gap("container", until: "2026-11-19"), status: 3),
        Case(
            "a list is refused, which is accepted in another zone", refused,
            says: ", timeZone: America/Los_Angeles" + gap("container, containerFile", until: "2026-11-19"), status: 0),
        Case(
            "a minimum is missed of what is accepted", refused,
            says: ", expect: {containers: {atLeast: 1}}" + gap("container, containerFile"), status: 0),
        Case("a surface is retired", retired, status: 3),
        Case("a surface is retired, which is accepted", retired, says: gap(assistants), status: 0),
        Case("some are known in part", chat, isVouched: false, status: 3),
        Case("some are known in part, which is accepted", chat, isVouched: false, says: gap(unlisted), status: 0),
        Case("nothing is known of what no list has", isVouched: false, status: 3),
        Case(
            "nothing is known of what no list has, which is accepted", isVouched: false, says: gap(unlisted), status: 0),
        Case("a list is shorter than the service's count", counted, status: 3),
        Case("a list is shorter, which is accepted", counted, says: gap("vectorStoreFile"), status: 0),
        Case("a response's input is refused", unreadInput, isVouched: false, status: 3),
        Case(
            "a response's input is refused, which is accepted", unreadInput, isVouched: false, says: gap(unlisted),
            status: 0),
        Case("a list broke off, whatever is accepted", broken, says: gap("batch"), status: 3),
    ]

    @Test(arguments: cases)
    func `the exit code is the same`(example: Case) throws {
        let scratch = try Scratch()
        var answers = example.answers
        answers["/files"] = .list([ScriptedService.file("a")])
        let service = try ScriptedService(answers)
        try scratch.write("none.txt", "")
        try scratch.write("response.txt", "r1\n")
        let registry = ["thread", "conversation", "response"].map { kind in
            example.isVouched
                ? "{kind: \(kind), file: \(scratch.path("none.txt")), complete: true}"
                : "{kind: response, file: \(scratch.path(example.answers.isEmpty ? "none.txt" : "response.txt"))}"
        }
        let rules = """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: files}
            spec: {match: {kinds: [file]}, clock: {from: created}, keep: {atMost: 3y}}
            """
        for name in ["live", "offline"] { try scratch.write("\(name)/policies.yaml", rules) }
        try scratch.write(
            "live/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: service}
            spec:
              {type: openai, address: '\(service.address)', credentials: {env: TWIN_KEY}, registry:
              [\(Set(registry).sorted().joined(separator: ", "))]\(example.document)}
            """)
        func run(_ verb: String, _ policies: String, _ more: String...) throws -> Tool.Outcome {
            try Tool.run(
                Tool.binary.path,
                [verb, "--policies", scratch.path(policies), "--as-of", "2026-11-20T00:00:00Z"] + more,
                environment: ["TWIN_KEY": "sk-twin"])
        }
        let live = try run("scan", "live")
        #expect(live.status == example.status, "\(live.output)\(live.errors)")
        let told = try run("inventory", "live", "--out", scratch.path("copy"))
        #expect([0, 3].contains(told.status), "\(told.errors)")
        withExtendedLifetime(service) {}
        try scratch.write("offline/sources.yaml", scratch.bytes("copy/sources.yaml"))
        let offline = try run("scan", "offline")
        #expect(offline.status == live.status, "\(offline.output)\(offline.errors)\(live.output)")
        if let said = example.said { #expect(live.output.contains(said) && offline.output.contains(said)) }
        #expect(live.output.contains("T-1") == offline.output.contains("T-1"))
    }
}
