import Foundation
import FoundationXML
import TestSupport
import Testing

/// Other people's programs read what the command writes.
@Suite struct ConsumerTests {
    static let schemas = Checkout.shared("schemas")
    static let xmllint = Tool.find("xmllint")
    static let jsonSchema = Tool.find("check-jsonschema")
    static let junitParser = Tool.find("junitparser")
    static let junit2html = Tool.find("junit2html")

    /// What another program's validator has against JSON by the schema that is printed for it; empty where it has
    /// nothing, or is not there.
    static func objections(to json: String, as subject: String) throws -> String {
        guard let jsonSchema else { return "" }
        let scratch = try Scratch()
        try scratch.write("schema.json", try Tool.tenure("schema", subject).output)
        try scratch.write("document.json", json)
        let outcome = try Tool.run(
            jsonSchema, ["--schemafile", scratch.path("schema.json"), scratch.path("document.json")])
        return outcome.status == 0 ? "" : outcome.output + outcome.errors
    }

    static func reports() throws -> Scratch {
        let scratch = try Scratch()
        let export = scratch.path("estate")
        try Tool.tenure("estate", "--seed", "3", "--threads", "200", "--overdue", "10", "--hard-cases", "--out", export)
        try Tool.tenure(
            "scan", "--export", export, "--policies", ExitCodeTests.policies, "--as-of", ExitCodeTests.asOf,
            "--report", "json=\(scratch.path("report.json"))", "--report", "junit=\(scratch.path("report.xml"))",
            "--report", "sarif=\(scratch.path("report.sarif"))")
        return scratch
    }

    @Test(
        .enabled(
            if: xmllint != nil && Checkout.hasShared("schemas"), "needs xmllint and ../shared"),
        arguments: ["jenkins-xunit-junit-10.xsd", "windyroad-JUnit.xsd"])
    func `every JUnit report is valid against both schemas (case 78)`(schema: String) throws {
        let scratch = try Self.reports()
        let file = { (name: String) in scratch.path("\(name).xml") }
        try scratch.write(
            "failing/a.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: files}
            spec: {match: {kinds: [file]}, clock: {from: created}, keep: {atMost: 30d}}
            ---
            apiVersion: tenure/v1
            kind: PolicyTest
            metadata: {name: files}
            spec:
              asOf: 2026-11-20
              records: [{kind: file, id: "a ]]> <é>", created: 2026-01-01}]
              expect: [{policy: files, id: "a ]]> <é>", state: due}]
            """)
        for (policies, report) in [
            (ExitCodeTests.policies, file("test")), (scratch.path("failing"), file("failed")),
            (scratch.path("absent"), file("aborted")),
        ] {
            try Tool.tenure("test", "--policies", policies, "--fail-under", "100", "--report", "junit=\(report)")
        }
        try Tool.tenure("scan", "--policies", scratch.path("absent"), "--report", "junit=\(file("unread"))")
        let outcome = try Tool.run(
            try #require(Self.xmllint),
            ["--noout", "--schema", Self.schemas.appending(path: schema).path]
                + ["report", "unread", "test", "failed", "aborted"].map(file))
        #expect(outcome.status == 0, "\(outcome.errors.prefix(2000))")
    }

    @Test func `every classname and name of the JUnit report occurs once`() throws {
        let scratch = try Self.reports()
        let document = try XMLDocument(contentsOf: URL(filePath: scratch.path("report.xml")))
        let cases = try document.nodes(forXPath: "//testcase").compactMap { $0 as? XMLElement }
        #expect(cases.count > 10)
        let names = cases.map {
            "\($0.attribute(forName: "classname")?.stringValue ?? "")\t\($0.attribute(forName: "name")?.stringValue ?? "")"
        }
        #expect(Set(names).count == names.count)
    }

    @Test(.enabled(if: junitParser != nil, "needs junitparser"))
    func `junitparser reads the JUnit report, and sees its failures`() throws {
        let scratch = try Self.reports()
        let outcome = try Tool.run(try #require(Self.junitParser), ["verify", scratch.path("report.xml")])
        #expect(outcome.status == 1, "\(outcome.errors)")
        #expect(!outcome.errors.contains("Traceback"))
    }

    @Test(.enabled(if: junit2html != nil, "needs junit2html"))
    func `junit2html makes a page of the JUnit report`() throws {
        let scratch = try Self.reports()
        let page = scratch.path("report.html")
        let outcome = try Tool.run(try #require(Self.junit2html), [scratch.path("report.xml"), page])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try String(contentsOfFile: page, encoding: .utf8).contains("support-conversations"))
    }

    @Test(.enabled(if: jsonSchema != nil, "needs check-jsonschema"))
    func `check-jsonschema accepts the committed policies`() throws {
        let scratch = try Scratch()
        let schema = try scratch.write("schema.json", try Tool.tenure("schema", "policy").output)
        let files = try FileManager.default.contentsOfDirectory(atPath: ExitCodeTests.policies).filter {
            $0.hasSuffix(".yaml")
        }
        #expect(!files.isEmpty)
        for file in files {
            // The checker reads one document a file; a file of several is checked document by document.
            let text = try String(contentsOfFile: "\(ExitCodeTests.policies)/\(file)", encoding: .utf8)
            for (index, document) in text.components(separatedBy: "\n---\n").enumerated() {
                let path = try scratch.write("\(file)-\(index).yaml", document)
                let outcome = try Tool.run(try #require(Self.jsonSchema), ["--schemafile", schema, path])
                #expect(outcome.status == 0, "\(file) \(index): \(outcome.output.prefix(2000))")
            }
        }
    }
}
