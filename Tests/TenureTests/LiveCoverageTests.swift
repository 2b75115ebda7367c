import Foundation
import TestSupport
import Testing

/// What a scan of a service could not look at, through the command: never green, and with what would close it.
@Suite struct LiveCoverageTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            "p/policies.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: files}
            spec: {match: {kinds: [file]}, clock: {from: created}, keep: {atMost: 3y}}
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: threads}
            spec: {match: {kinds: [thread]}, clock: {from: lastActivity}, keep: {atMost: 90d}}
            """)
    }

    private struct Report {
        let status: Int32
        let output: String
        let json: [String: Any]

        var reasons: [String] {
            (json["incomplete"] as? [[String: Any]] ?? []).compactMap { $0["message"] as? String }
        }
        var problems: [String] {
            (json["problems"] as? [[String: Any]] ?? []).compactMap { $0["message"] as? String }
        }
        var findings: [String] {
            (json["findings"] as? [[String: Any]] ?? []).map { "\($0["state"] ?? "") \($0["id"] ?? "")" }
        }

        func kind(_ name: String) throws -> [String: Any] {
            let source = try #require((json["sources"] as? [[String: Any]])?.first)
            return try #require((source["kinds"] as? [[String: Any]])?.first { $0["kind"] as? String == name })
        }

        /// What the report says of a kind, in one line; false, null and zero left out.
        func words(_ name: String) throws -> String {
            let kind = try kind(name)
            let keys = [
                "listed", "complete", "listable", "retired", "retiredSurface", "records", "lost", "missing",
                "unreadUses", "registryIds", "harvestedIds", "goneIds", "acceptedUntil",
            ]
            let said = keys.compactMap { key -> String? in
                guard let value = kind[key], !(value is NSNull) else { return nil }
                if ["listed", "complete", "listable", "retired"].contains(key) {
                    return value as? Bool == true ? key : nil
                }
                if let number = value as? Int, number == 0 { return nil }
                return "\(key) \(value)"
            }
            return ([kind["extent"] as? String ?? "?"] + said).joined(separator: ", ")
        }
    }

    /// The registry of a service of which somebody says that it has nothing that cannot be listed.
    private func nothingElse() throws -> String {
        let file = try scratch.write("none.txt", "")
        return ["thread", "conversation", "response"].map { "{file: \(file), kind: \($0), complete: true}" }
            .joined(separator: ", ")
    }

    private func scan(
        _ service: ScriptedService, registry: String? = nil, _ more: String = "", policies: String = "p"
    ) throws -> Report {
        let registry = try registry ?? nothingElse()
        try scratch.write(
            "\(policies)/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: service}
            spec: {type: openai, address: '\(service.address)', credentials: {env: TWIN_KEY}, registry: [\(registry)]\(more)}
            """)
        let outcome = try Tool.run(
            Tool.binary.path,
            [
                "scan", "--policies", scratch.path(policies), "--as-of", "2026-11-20T00:00:00Z", "--report",
                "json=\(scratch.path("report.json"))",
            ], environment: ["TWIN_KEY": "sk-twin"])
        withExtendedLifetime(service) {}
        let json = try JSONSerialization.jsonObject(with: scratch.bytes("report.json")) as? [String: Any]
        return Report(
            status: outcome.status, output: outcome.output + outcome.errors, json: try #require(json))
    }

    private func scan(_ answers: [String: ScriptedService.Answer], _ more: String = "") throws -> Report {
        try scan(ScriptedService(answers), more)
    }

    private static let twoFiles = ScriptedService.Answer.list([ScriptedService.file("a"), ScriptedService.file("b")])

    @Test func `a service that shows all that there is leaves the scan clean`() throws {
        let report = try scan(["/files": Self.twoFiles])
        #expect(report.status == 0 && report.reasons.isEmpty, "\(report.reasons)")
        #expect(try report.words("file") == "whole, listed, complete, listable, records 2")
        #expect(try report.words("thread") == "whole, listed, complete")
        #expect(try report.words("upload") == "none")
    }

    @Test func `too few, and a record that should be there and is not, make zero no evidence (case 65)`() throws {
        let few = try scan(["/files": Self.twoFiles], ", expect: {files: {atLeast: 3}, canaries: [b, c]}")
        #expect(few.status == 3)
        #expect(
            few.reasons == [
                "2 of files were seen, and 3 are expected; check what the source shows, or correct the number",
                "the canary c was not seen; check what the source shows, or name another",
            ])
        #expect(try scan(["/files": Self.twoFiles], ", expect: {files: {atLeast: 2}, canaries: [b]}").status == 0)
    }

    @Test func `a server that ignores where a page begins is left, and the list called incomplete (case 60)`() throws {
        let page = ScriptedService.Answer.list([ScriptedService.file("a"), ScriptedService.file("b")], more: true)
        let report = try scan(["/files": page, "/files?after=*": page])
        #expect(report.status == 3 && report.reasons.contains("1 of files could not be read"))
        #expect(report.problems.contains { $0.contains("have the server honour `after`") })
        #expect(try report.words("file") == "part, listed, listable, records 2, lost 1")
    }

    @Test func `more that is promised and not given is missed`() throws {
        let report = try scan([
            "/files": .list([ScriptedService.file("a")], more: true), "/files?after=*": .list([], more: true),
        ])
        #expect(report.status == 3)
        #expect(report.problems.contains("the server says that there are more, and gives none; scan again"))
        #expect(try report.words("file") == "part, listed, listable, records 1, lost 1")
    }

    @Test
    func `a list that says nothing of more is asked on, and whole where it is one page that is not full`() throws {
        let one = ScriptedService.Answer.list([ScriptedService.file("a")], more: nil)
        #expect(try scan(["/files": one, "/files?after=*": one]).status == 0)
        let two = ScriptedService.Answer.list([ScriptedService.file("b")], more: nil)
        #expect(try scan(["/files": one, "/files?after=a": two]).words("file").hasSuffix("records 2"))
        let full = ScriptedService.Answer.list((0..<1000).map { ScriptedService.file("f\($0)") }, more: nil)
        let stuck = try scan(["/files": full, "/files?after=*": full])
        #expect(stuck.status == 3)
        #expect(try stuck.words("file") == "part, listed, listable, records 1000, lost 1")
        let paged = try scan(["/files": full, "/files?after=f999": .list([ScriptedService.file("x")], more: nil)])
        #expect(paged.status == 0)
        #expect(try paged.words("file") == "whole, listed, complete, listable, records 1001")
    }

    @Test func `a list that shifts while it is read gives a record twice, and may have passed over one`() throws {
        let report = try scan([
            "/files": .list([ScriptedService.file("a"), ScriptedService.file("b")], more: true),
            "/files?after=b": .list([ScriptedService.file("a"), ScriptedService.file("c")]),
        ])
        #expect(report.status == 3)
        #expect(report.reasons == ["data was lost: duplicate-id (2)"])
    }

    @Test func `a list that ends before the service's own count of it is not whole, until a later pass agrees`() throws
    {
        func service(_ count: Int) -> [String: ScriptedService.Answer] {
            [
                "/vector_stores": .list([
                    #"{"id":"vs","object":"vector_store","created_at":1790000000,"last_active_at":1790000000,"#
                        + #""status":"completed","file_counts":{"total":\#(count)}}"#
                ]),
                "/vector_stores/vs/files": .list(
                    ["a", "b"].map { #"{"id":"\#($0)","object":"vector_store.file","created_at":1790000000}"# }),
                "/files": Self.twoFiles,
            ]
        }
        let short = try scan(service(5))
        #expect(short.status == 3)
        #expect(
            short.reasons == [
                """
                the service counts 3 more of vector_store_files than its lists have; scan again, and where that changes \
                nothing accept the gap
                """
            ])
        #expect(try short.words("vectorStoreFile") == "part, listed, listable, records 2, missing 3")
        #expect(short.problems.contains { $0.hasPrefix("the service counts 5 elements, and the list ends after 2") })
        #expect(short.output.contains("vectorStoreFile 2 (3 missing)"))
        for count in [0, 2] {
            let later = try scan(service(count))
            #expect(later.status == 0)
            #expect(try later.words("vectorStoreFile") == "whole, listed, complete, listable, records 2")
        }
        let accepted = try scan(
            service(5), ", acceptedGaps: [{kinds: [vectorStoreFile], reason: counts are old, until: 2027-01-31}]")
        #expect(accepted.status == 0)
        #expect(
            try accepted.words("vectorStoreFile")
                == "part, listed, listable, records 2, missing 3, acceptedUntil 2027-01-31")
    }

    @Test func `what fails for one kind fails for what stands in it, and for nothing else`() throws {
        let report = try scan([
            "/files": Self.twoFiles, "/batches": .refusal(403),
            "/containers": .list([#"{"id":"c","object":"container","created_at":1790000000}"#]),
            "/containers/c/files": .refusal(403),
        ])
        #expect(report.status == 3)
        #expect(
            report.reasons == [
                "1 of batches could not be read", "1 of container_files could not be read",
            ])
        #expect(report.problems.contains { $0.hasPrefix("answered 403; check the credential's project") })
        #expect(try report.words("batch") == "part, listed, listable, lost 1")
        #expect(try report.words("container") == "whole, listed, complete, listable, records 1")
        #expect(try report.words("containerFile") == "part, listed, listable, lost 1")
        #expect(try report.words("file") == "whole, listed, complete, listable, records 2")
    }

    @Test func `a retired surface is named, and accepted until its day`() throws {
        let answers: [String: ScriptedService.Answer] = ["/files": Self.twoFiles, "/assistants": .refusal(404)]
        let report = try scan(answers)
        #expect(report.status == 3)
        for kind in ["assistant", "thread", "message", "run", "runStep"] {
            let words = try report.words(kind)
            #expect(words.hasPrefix("retired") && words.contains("retired, retiredSurface /assistants"), "\(words)")
        }
        #expect(
            report.reasons == [
                "policy threads could not look: nothing was read of thread",
                """
                retired: the service has no surface for assistant, thread, message, run, runStep (/assistants is not \
                there), or the address is wrong; scan an export of them, or accept the gap
                """,
            ])
        #expect(report.output.contains("retired          assistant, thread, message, run, runStep"))
        let gap = ", acceptedGaps: [{kinds: [assistant, thread, message, run, runStep], reason: x, until: 2026-11-20}]"
        let accepted = try scan(answers, gap)
        #expect(accepted.status == 0)
        #expect(try accepted.words("thread").hasSuffix("acceptedUntil 2026-11-20"))
        let past = try scan(answers, gap.replacing("11-20", with: "11-19"))
        #expect(past.status == 3)
        #expect(try !past.words("thread").contains("acceptedUntil"))
    }

    private static let responses: [String: ScriptedService.Answer] = [
        "/files": twoFiles,
        "/responses/r1": .record(
            #"{"id":"r1","object":"response","created_at":1795000000,"previous_response_id":"r0","#
                + #""conversation":{"id":"c1"}}"#),
        "/responses/r0": .record(
            #"{"id":"r0","object":"response","created_at":1795000000,"previous_response_id":"gone"}"#),
        "/conversations/c1": .record(#"{"id":"c1","object":"conversation","created_at":1795000000}"#),
        "/conversations/c1/items": .list([#"{"id":"i1","type":"message","role":"user"}"#]),
    ]

    @Test func `what is known by its ids is complete within these, and the report says where they came from`() throws {
        let none = try scratch.write("none.txt", "")
        let known = try scratch.write("responses.txt", "r1\n")
        let registry = "{file: \(known), kind: response}, {file: \(none), kind: thread, complete: true}"
        let service = try ScriptedService(Self.responses)
        let report = try scan(service, registry: registry)
        #expect(report.status == 3)
        #expect(
            report.reasons == [
                """
                known in part: no list has them all, so there may be more than what stands behind the ids that are known \
                (conversation 1, item 1, response 2); name every id in a registry with complete: true, or accept the gap
                """
            ])
        #expect(try report.words("response") == "known, records 2, registryIds 1, harvestedIds 2, goneIds 1")
        #expect(try report.words("conversation") == "known, records 1, harvestedIds 1")
        #expect(try report.words("item") == "known, records 1")
        #expect(
            report.output.contains(
                "ids              conversation 1 from other records; response 1 from the registry, 2 from other records, 1 of them gone"
            ))
        #expect(
            report.output.contains(
                "known in part    conversation, item, response: complete within the ids that are known, and no further")
        )
        let gap = ", acceptedGaps: [{kinds: [conversation, item, response], reason: x, until: 2027-01-31}]"
        let accepted = try scan(service, registry: registry, gap)
        #expect(accepted.status == 0)
        #expect(try accepted.words("item") == "known, records 1, acceptedUntil 2027-01-31")
    }

    @Test func `a vouch that the service contradicts closes nothing`() throws {
        let none = try scratch.write("none.txt", "")
        let known = try scratch.write("responses.txt", "r1\n")
        let registry = ["thread", "conversation", "response"].map {
            "{file: \($0 == "response" ? known : none), kind: \($0), complete: true}"
        }.joined(separator: ", ")
        let report = try scan(ScriptedService(Self.responses), registry: registry)
        #expect(report.status == 3)
        #expect(report.reasons.contains("data was lost: incomplete-registry (2)"))
        #expect(try report.words("response") == "known, records 2, registryIds 1, harvestedIds 2, goneIds 1")
        let whole = try scratch.write("responses.txt", "r1\nr0\n")
        let better = try scratch.write("conversations.txt", "c1\n")
        let complete = try scan(
            ScriptedService(Self.responses),
            registry: "{file: \(whole), kind: response, complete: true}, "
                + "{file: \(better), kind: conversation, complete: true}, {file: \(none), kind: thread, complete: true}"
        )
        #expect(complete.status == 0, "\(complete.reasons)")
        #expect(
            try complete.words("response")
                == "whole, listed, complete, records 2, registryIds 2, harvestedIds 1, goneIds 1")
    }

    @Test(.enabled(if: ConsumerTests.jsonSchema != nil, "needs check-jsonschema"))
    func `another validator accepts the report of a service that shows little`() throws {
        let none = try scratch.write("ids.txt", "r1\n")
        let service = try ScriptedService(
            Self.responses.merging(["/assistants": .refusal(404), "/batches": .refusal(403)]) { $1 })
        let gap = ", acceptedGaps: [{kinds: [thread], reason: x, until: 2027-01-31}]"
        #expect(try scan(service, registry: "{file: \(none), kind: response}", gap).status == 3)
        let schema = try scratch.write("schema.json", Tool.tenure("schema", "report").output)
        let outcome = try Tool.run(
            try #require(ConsumerTests.jsonSchema), ["--schemafile", schema, scratch.path("report.json")])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
}
