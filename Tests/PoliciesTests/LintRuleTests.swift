import Foundation
import Policies
import TestSupport
import Testing

@Suite struct LintRuleTests {
    /// The codes that the sources give to diagnostics: the first string after a call that makes one.
    private static func codesInSources() throws -> Set<String> {
        let sources = URL(filePath: "\(Checkout.path)/Sources")
        let makers =
            /(?:error|warn|inform|report|Diagnostic|chronology)\(\s*(?:\.\w+,\s*|node,\s*)?"([a-z]+(?:-[a-z]+)*)"/
        let labelled = /code: "([a-z]+(?:-[a-z]+)*)"/
        let constants = /case \w+ = "(yaml-[a-z-]+)"/
        let places = ["Domain/Policies", "Domain/Evaluation/Lint", "Base/YAML"]
        var codes: Set<String> = []
        for place in places.map({ sources.appending(path: $0) }) {
            let files = FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil)
            for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                codes.formUnion(text.matches(of: makers).map { String($0.1) })
                codes.formUnion(text.matches(of: labelled).map { String($0.1) })
                codes.formUnion(text.matches(of: constants).map { String($0.1) })
            }
        }
        return codes
    }

    @Test func `every rule that a diagnostic names is listed, once, and no other`() throws {
        let listed = LintRule.all.map(\.id)
        #expect(listed.count == Set(listed).count)
        let used = try Self.codesInSources()
        try #require(used.count > 50)
        #expect(used.subtracting(listed).sorted() == [], "add these to LintRule+Catalogue.swift")
        #expect(Set(listed).subtracting(used).sorted() == [], "nothing reports these")
    }

    @Test func `a witness stands between the message and the hint`() {
        let diagnostic = Diagnostic(
            .info, "contradiction", at: SourceLocation(file: "p.yaml", line: 2, column: 3), "a fact", hint: "do this",
            witness: "{kind: thread, id: r1}")
        let text = DiagnosticReport.text([diagnostic])
        #expect(
            text == """
                p.yaml:2:3: info: a fact [contradiction]
                  witness: {kind: thread, id: r1}
                  hint: do this
                0 errors, 0 warnings, 1 info

                """)
    }
}
