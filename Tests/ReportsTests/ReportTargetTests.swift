import Reports
import TestSupport
import Testing

@Suite struct ReportTargetTests {
    @Test func `FORMAT=PATH is read, with whatever the path holds`() throws {
        #expect(try ReportTarget("json=a=b.json") == ReportTarget(format: .json, path: "a=b.json"))
        #expect(try ReportTarget("junit=reports/x.xml") == ReportTarget(format: .junit, path: "reports/x.xml"))
    }

    @Test(arguments: ["json", "json=", "=x", "sarifs=x", "JSON=x"])
    func `anything else is refused, with what to write`(text: String) {
        let error = #expect(throws: ReportError.self) { try ReportTarget(text) }
        #expect(error?.description.contains("json") == true)
    }

    @Test func `two reports under one name are refused`() throws {
        let one = ReportTarget(format: .json, path: "out/a")
        for path in ["out/a", "./out//a", "out/b/../a"] {
            #expect(throws: ReportError.self) {
                try ReportTarget.check([one, ReportTarget(format: .junit, path: path)])
            }
        }
        try ReportTarget.check([
            one, ReportTarget(format: .json, path: "out/b"), ReportTarget(format: .json, path: "/out/a"),
        ])
    }

    @Test(arguments: ["json=policies/holds.yaml", "junit=a.yml"])
    func `no report takes the name of a document`(text: String) throws {
        let target = try ReportTarget(text)
        let error = #expect(throws: ReportError.self) { try ReportTarget.check([target]) }
        #expect(error?.description.contains(target.path) == true)
    }

    @Test func `no report stands among the files of the export, by whatever name that goes`() throws {
        let scratch = try Scratch()
        try scratch.write("export/files.ndjson", "")
        try scratch.write("reports/old.json", "")
        let export = scratch.path("export")
        for place in ["export/files.ndjson", "reports/../export/new.json"] {
            let target = ReportTarget(format: .json, path: scratch.path(place))
            #expect(throws: ReportError.self) { try ReportTarget.check([target], outside: export) }
        }
        try ReportTarget.check([ReportTarget(format: .json, path: scratch.path("reports/old.json"))], outside: export)
    }
}
