import Foundation
import TestSupport
import Testing

/// A plan that somebody edited, digest and all.
enum ForgedPlan {
    /// Another value of a member in the head of the plan, with the digest that fits, as only who forges one writes it.
    static func write(_ member: String, _ value: Date, in scratch: Scratch) throws {
        let text = try scratch.text("plan.json")
        let stated = try #require(text.firstMatch(of: try Regex(#""\#(member)":"[^"]*""#))).range
        let other = text.replacingCharacters(in: stated, with: #""\#(member)":"\#(value.formatted(.iso8601))""#)
        let middle = #","sha256":""#
        let end = try #require(other.range(of: middle, options: .backwards)).lowerBound
        try scratch.write("body", String(other[..<end].dropFirst(#"{"plan":"#.count)))
        let digest = try Tool.run("/usr/bin/sha256sum", ["body"], in: scratch.url).output.prefix(64)
        try scratch.write("plan.json", "\(other[..<end])\(middle)\(digest)\"}\n")
    }
}
