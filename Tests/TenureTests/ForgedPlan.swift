import Foundation
import TestSupport
import Testing

/// A plan that somebody edited, digest and all.
enum ForgedPlan {
    /// Another value of a member in the head of the plan, with the digest that fits, as only who forges one writes it.
    static func write(_ member: String, _ value: Date, in scratch: Scratch) throws {
        try replace(#""\#(member)":"[^"]*""#, with: #""\#(member)":"\#(value.formatted(.iso8601))""#, in: scratch)
    }

    /// What a pattern finds first in the plan, replaced, with the digest that fits.
    static func replace(_ pattern: String, with other: String, in scratch: Scratch) throws {
        let text = try scratch.text("plan.json")
        let stated = try #require(text.firstMatch(of: try Regex(pattern))).range
        let forged = text.replacingCharacters(in: stated, with: other)
        #expect(forged != text)
        let middle = #","sha256":""#
        let end = try #require(forged.range(of: middle, options: .backwards)).lowerBound
        try scratch.write("body", String(forged[..<end].dropFirst(#"{"plan":"#.count)))
        let digest = try Tool.run("/usr/bin/sha256sum", ["body"], in: scratch.url).output.prefix(64)
        try scratch.write("plan.json", "\(forged[..<end])\(middle)\(digest)\"}\n")
    }
}
