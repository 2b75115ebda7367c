import Foundation
import TestSupport
import Testing

/// What an accepted gap excuses of a service that refuses, through the commands, and what it does not.
@Suite struct AcceptedGapTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("none.txt", "")
        try scratch.write("responses.txt", "r1\n")
        try scratch.write(
            "p/policies.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: files}
            spec: {match: {kinds: [file]}, clock: {from: created}, keep: {atMost: 3y}}
            """)
    }

    private struct Said {
        let status: Int32
        let reasons: [String]
        let doctor: Int32
    }

    /// What a scan says of a service, and how the doctor ends for it.
    private func ask(
        _ answers: [String: ScriptedService.Answer], responses: String = "none.txt, complete: true", _ gaps: String...
    ) throws -> Said {
        var answers = answers
        answers["/files"] = answers["/files"] ?? .list([ScriptedService.file("a")])
        let service = try ScriptedService(answers)
        let registry =
            [("thread", "none.txt, complete: true"), ("conversation", "none.txt, complete: true")]
            + [("response", responses)]
        let entries = registry.map { "{kind: \($0), file: \(scratch.path)/\($1)}" }.joined(separator: ", ")
        try scratch.write(
            "p/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: service}
            spec:
              type: openai
              address: '\(service.address)'
              credentials: {env: TWIN_KEY}
              registry: [\(entries)]
              acceptedGaps: [\(gaps.joined(separator: ", "))]
            """)
        func run(_ words: String...) throws -> Tool.Outcome {
            try Tool.run(
                Tool.binary.path,
                words + ["--policies", scratch.path("p"), "--as-of", "2026-11-20T00:00:00Z", "--format", "json"],
                environment: ["TWIN_KEY": "sk-twin"])
        }
        let scan = try run("scan")
        let doctor = try run("doctor")
        withExtendedLifetime(service) {}
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(scan.output.utf8)) as? [String: Any], "\(scan.errors)")
        let reasons = try #require(report["incomplete"] as? [[String: Any]])
        return Said(
            status: scan.status, reasons: reasons.compactMap { $0["message"] as? String }, doctor: doctor.status)
    }

    private func gap(_ kinds: String, until day: String = "2026-11-20") -> String {
        "{kinds: [\(kinds)], reason: x, until: \(day)}"
    }

    private static let missingScope = ScriptedService.Answer(
        status: 401,
        body: #"{"error":{"message":"You have insufficient permissions. Missing scopes: api.containers.read."}}"#)
    private static let denials = [missingScope, .refusal(403), .refusal(404), .refusal(405), .refusal(501)]
    private static let containers = ScriptedService.Answer.list(
        ["c", "d"].map { #"{"id":"\#($0)","object":"container","created_at":1790000000}"# })

    @Test(arguments: denials)
    func `what a service refuses to show is excused for the kinds of an accepted gap, until its day`(
        denial: ScriptedService.Answer
    ) throws {
        let answers = ["/containers": denial]
        let bare = try ask(answers)
        #expect(bare.status == 3 && bare.doctor == 3 && !bare.reasons.isEmpty)
        let accepted = try ask(answers, gap("container, containerFile"))
        #expect(accepted.status == 0 && accepted.reasons.isEmpty && accepted.doctor == 0, "\(accepted)")
        let past = try ask(answers, gap("container, containerFile", until: "2026-11-19"))
        #expect(past.reasons == bare.reasons && past.status == 3 && past.doctor == 3, "\(past)")
        let half = try ask(answers, gap("container"))
        #expect(half.status == 3 && half.reasons.allSatisfy { !$0.contains("of containers ") }, "\(half)")
    }

    @Test(arguments: denials)
    func `the lists that stand in records are excused one and all`(denial: ScriptedService.Answer) throws {
        let answers = ["/containers": Self.containers, "/containers/c/files": denial, "/containers/d/files": denial]
        let bare = try ask(answers)
        #expect(bare.reasons == ["2 of container_files could not be read"] && bare.doctor == 3, "\(bare)")
        let accepted = try ask(answers, gap("containerFile"))
        #expect(accepted.status == 0 && accepted.doctor == 0, "\(accepted)")
        #expect(try ask(answers, gap("container")).reasons == bare.reasons)
    }

    @Test func `a list that the service began and broke off is excused by nothing`() throws {
        let broken = [
            "/files": ScriptedService.Answer.list([ScriptedService.file("a")], more: true),
            "/files?after=a": .refusal(403),
        ]
        let accepted = try ask(broken, gap("file"))
        #expect(accepted.status == 3 && accepted.reasons.contains("1 of files could not be read"), "\(accepted)")
    }

    @Test func `a record that cannot be read is excused by nothing`() throws {
        let torn = ["/files": ScriptedService.Answer.list([ScriptedService.file("a"), #"{"object":"file"}"#])]
        let accepted = try ask(torn, gap("file"))
        #expect(accepted.status == 3 && accepted.reasons.contains("1 of files could not be read"), "\(accepted)")
    }

    @Test(arguments: [ScriptedService.Answer.refusal(400), .record("[]")])
    func `an answer that refuses nothing is excused by nothing, and the doctor says so`(
        answer: ScriptedService.Answer
    ) throws {
        let accepted = try ask(["/containers": answer], gap("container, containerFile"))
        #expect(accepted.status == 3 && !accepted.reasons.isEmpty && accepted.doctor == 3, "\(accepted)")
    }

    @Test func `known ids that are gone, or whose surface is, are excused, for either is accepted`() throws {
        let bare = try ask([:], responses: "responses.txt")
        #expect(bare.status == 3 && bare.reasons.contains("1 of responses could not be read"), "\(bare)")
        let accepted = try ask([:], responses: "responses.txt", gap("response"))
        #expect(accepted.status == 0 && accepted.doctor == 0, "\(accepted)")
        #expect(try ask([:], responses: "responses.txt", gap("response", until: "2026-11-19")).status == 3)
    }
}
