import Foundation
import TestSupport
import Testing
import Twin

/// A scan of a service that takes fewer requests than a scan would send.
@Suite struct LimitedScanTests {
    @Test(arguments: [ScannedService.openai, .foundry])
    func `a limit far below what is in flight costs time, and no record`(service: ScannedService) throws {
        let scratch = try Scratch()
        try Tool.tenure("estate", "--seed", "3", "--threads", "20", "--overdue", "20", "--out", scratch.path("estate"))
        let limit = try #require(RateLimit(requests: 3, window: .milliseconds(100)))
        let limited = try scan(service, limit, scratch)
        #expect(limited.count > 5)
        #expect(try scan(service, nil, scratch) == limited)
    }

    /// The findings of a scan that lacks nothing.
    private func scan(_ service: ScannedService, _ limit: RateLimit?, _ scratch: Scratch) throws -> NSArray {
        let profile = try #require(TwinProfile(rawValue: service.profile))
        let twin = try Twin(estate: scratch.path("estate"), profile: profile, rateLimit: limit)
        let spec = service.spec("http://127.0.0.1:\(twin.port)\(profile.base)")
        let registry = service.registry(scratch.path("estate"))
        for policy in try FileManager.default.contentsOfDirectory(atPath: Checkout.policies)
        where policy.hasSuffix(".yaml") {
            try scratch.write("live/\(policy)", Data(contentsOf: URL(filePath: "\(Checkout.policies)/\(policy)")))
        }
        try scratch.write(
            "live/source.yaml",
            "apiVersion: tenure/v1\nkind: Source\nmetadata: {name: estate}\n"
                + "spec: {\(spec), registry: [\(registry)], transport: {inFlight: 64}}\n")
        let scanned = try Tool.run(
            Tool.binary.path,
            [
                "scan", "--policies", scratch.path("live"), "--ledger", scratch.path("\(twin.port).db"), "--as-of",
                "2026-11-20T00:00:00Z", "--format", "json",
            ], environment: ["TWIN_KEY": Twin.usualKey, "TWIN_TOKEN": Twin.usualToken])
        #expect(scanned.status == 1, "\(scanned.errors)")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(scanned.output.utf8)) as? [String: Any])
        let unread = (report["incomplete"] as? [[String: Any]] ?? []).compactMap { $0["message"] as? String }
        #expect(!unread.contains { $0.contains("could not be read") }, "\(unread)")
        return try #require(report["findings"] as? NSArray)
    }
}
