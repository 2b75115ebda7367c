import Foundation
import FoundationXML
import Reports
import Testing

extension ScanReport {
    func json() throws(ReportError) -> String {
        var bytes: [UInt8] = []
        try writeJSON { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    func sarif() throws(ReportError) -> String {
        var bytes: [UInt8] = []
        try writeSARIF { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    func junit() throws(ReportError) -> String {
        var bytes: [UInt8] = []
        try writeJUnit { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension SampleResult {
    static func aborted(_ reason: String) throws -> AbortedReport {
        AbortedReport(reason: reason, asOf: try moment(asOf), toolVersion: "1.2.3", exitCode: 2)
    }

    func report(redacts: Bool = false) throws -> ScanReport {
        ScanReport(try make(), toolVersion: "1.2.3", redacts: redacts)
    }
}

/// One suite of a JUnit file, as an independent parser reads it.
struct ReadSuite {
    struct Case: Hashable {
        var classname: String
        var name: String
        /// `failure`, `error` or `skipped`; nil for a case that passes.
        var outcome: String?
        var message: String?
        var text: String
    }

    var attributes: [String: String]
    var children: [String]
    var cases: [Case]

    var name: String { attributes["name"] ?? "" }

    func count(_ outcome: String) -> Int { cases.count { $0.outcome == outcome } }

    static func all(_ text: String) throws -> [ReadSuite] {
        let document = try XMLDocument(xmlString: text)
        let root = try #require(document.rootElement())
        #expect(root.name == "testsuites")
        #expect((root.attributes ?? []).isEmpty)
        return root.elements(forName: "testsuite").map { suite in
            ReadSuite(
                attributes: attributes(suite), children: elements(suite).compactMap(\.name),
                cases: suite.elements(forName: "testcase").map { element in
                    let child = elements(element).first
                    return Case(
                        classname: attributes(element)["classname"] ?? "", name: attributes(element)["name"] ?? "",
                        outcome: child?.name, message: child.flatMap { attributes($0)["message"] },
                        text: child?.stringValue ?? "")
                })
        }
    }

    private static func elements(_ parent: XMLElement) -> [XMLElement] {
        (parent.children ?? []).compactMap { $0 as? XMLElement }
    }

    private static func attributes(_ element: XMLElement) -> [String: String] {
        var found: [String: String] = [:]
        for attribute in element.attributes ?? [] { found[attribute.name ?? ""] = attribute.stringValue ?? "" }
        return found
    }
}
