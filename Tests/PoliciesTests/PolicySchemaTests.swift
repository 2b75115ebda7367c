import Foundation
import Policies
import Testing

private let validator = "/opt/peers/bin/check-jsonschema"

@Suite struct PolicySchemaTests {
    @Test func `the schema is closed JSON with a description for every key`() throws {
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(PolicySchema.text.utf8)) as? [String: Any])
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        let kinds = try #require(schema["$defs"] as? [String: [String: Any]])
        #expect(kinds.count == 7)
        for (_, kind) in kinds { try visit(kind) }
    }

    private func visit(_ schema: [String: Any]) throws {
        guard let properties = schema["properties"] as? [String: [String: Any]] else { return }
        #expect(schema["additionalProperties"] as? Bool == false)
        for (name, property) in properties {
            #expect(property["description"] is String, "\(name) has no description")
            try visit(property)
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: validator), "check-jsonschema is not installed"))
    func `check-jsonschema accepts the committed policies and refuses a misspelt key`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "tenure-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let schema = directory.appending(path: "schema.json")
        try Data(PolicySchema.text.utf8).write(to: schema)
        let bad = directory.appending(path: "bad.yaml")
        try Data(policy("severty: high").utf8).write(to: bad)
        let policies = "\(repository)/policies"
        let files = try FileManager.default.contentsOfDirectory(atPath: policies).filter { $0.hasSuffix(".yaml") }
        #expect(try validate(files.map { "\(policies)/\($0)" }, schema.path) == 0)
        #expect(try validate([bad.path], schema.path) == 1)
    }

    private func validate(_ files: [String], _ schema: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: validator)
        process.arguments = ["--schemafile", schema] + files
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
