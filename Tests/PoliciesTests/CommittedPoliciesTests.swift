import Chronology
import Policies
import Records
import TestSupport
import Testing

@Suite struct CommittedPoliciesTests {
    private let loaded = PolicyLoader.load(Checkout.policies, asOf: asOf)

    @Test func `the committed policies load without a word`() throws {
        #expect(loaded.diagnostics.map(\.description) == [])
        let set = try #require(loaded.policies)
        #expect(
            set.retention.map(\.name) == [
                "default-retention", "files-abandoned", "files-in-use", "regulated-minimum", "responses",
                "sales-conversations", "support-conversations", "undated-records", "vector-stores",
            ])
        #expect(
            set.access.map(\.name) == [
                "addresses-in-metadata", "failed-files", "owner-tag", "stuck-runs", "tenant-isolation", "thread-size",
                "token-use", "unanswered-runs", "vector-store-expiry",
            ])
        #expect(set.register?.holds == [])
        #expect(set.exceptions.map(\.name) == ["pilot-until-spring"])
        #expect(set.metadataKeys == ["email", "owner", "product", "project", "regulated", "subject", "tenant", "user"])
    }

    @Test func `every key of a policy reaches the model`() throws {
        let support = try #require(loaded.policies?.retention.first { $0.name == "support-conversations" })
        #expect(support.title == "Support conversations go 90 days after the last activity")
        #expect(support.severity == .high)
        #expect(support.controls == ["gdpr/5.1.e"])
        #expect(support.match.kinds == [KindSet(.thread), KindSet(.conversation)])
        #expect(support.match.metadata == [.init(key: "product", values: ["support"])])
        #expect(support.atLeast?.description == "P7D")
        #expect(support.atMost?.description == "P90D")
        #expect(support.overdueAfter?.description == "P7D")
        #expect(support.whenDue == .delete)
        #expect(support.limits == .init(records: 500, percent: 5))
        guard case .lastActivity(let counts) = support.clock else {
            Issue.record("the clock is \(support.clock.name)")
            return
        }
        #expect(counts == [RoleSet(.user), RoleSet(.assistant)])
    }
}
