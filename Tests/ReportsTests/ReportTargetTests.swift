import Reports
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
}
