import Foundation
import TestSupport
import Testing

/// A plan says whose account it was made on.
@Suite struct PlannedAccountTests {
    @Test(arguments: ["env: TWIN_KEY", "file: key.txt"])
    func `a plan is bound to the account that the service names, whatever opens it (case 66)`(key: String) throws {
        let scratch = try Scratch()
        try scratch.write("key.txt", "sk-twin\n")
        let twin = try RunningTwin("--seed", "1", "--threads", "3", "--port", "0", "--organization", "org-a")
        try scratch.write(
            "policies/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: live}
            spec: {type: openai, address: '\(twin.address)', credentials: {\(key)}}
            """)
        let made = try Tool.run(
            Tool.binary.path, ["plan", "make", "--as", "ann", "--policies", "policies"], in: scratch.url,
            environment: ["TWIN_KEY": "sk-twin"])
        let plan = try #require(
            try? JSONSerialization.jsonObject(with: scratch.bytes("plan.json")) as? [String: Any], "\(made.errors)")
        let places = try #require((plan["plan"] as? [String: Any])?["places"] as? [[String: Any]])
        try scratch.write("account", "tenure account 1\naddress \(twin.address)\norganization org-a")
        let digest = try Tool.run("/usr/bin/sha256sum", [scratch.path("account")])
        #expect(places.count == 1 && places[0]["account"] as? String == String(digest.output.prefix(64)))
        let shown = try Tool.run(Tool.binary.path, ["plan", "show"], in: scratch.url)
        #expect(shown.output.contains("live (openai, \(twin.address), account \(digest.output.prefix(12)))"))
    }
}
