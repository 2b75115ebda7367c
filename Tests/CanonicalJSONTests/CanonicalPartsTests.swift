import TestSupport
import Testing

@testable import CanonicalJSON

/// The parts of a canonical object are found where they stand.
@Suite struct CanonicalPartsTests {
    private static let texts = [
        "", "a", "}", "]", "{\"x\":[", "\"", "\\", "\\\"", ",", ":", "\u{1}", "é😀", "\\u0022", "[[[", "}}}",
    ]

    private func value(_ random: inout SplitMix64, depth: Int) -> CanonicalValue {
        switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
        case 0: .null
        case 1: .boolean(random.chance(50))
        case 2: .integer(Int.random(in: -9...9_000_000_000, using: &random))
        case 3: .string(random.pick(Self.texts) + random.pick(Self.texts))
        case 4: .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default: object(&random, depth: depth + 1)
        }
    }

    private func object(_ random: inout SplitMix64, depth: Int) -> CanonicalValue {
        var members: [String: CanonicalValue] = [:]
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            members[random.pick(Self.texts) + random.pick(Self.texts)] = value(&random, depth: depth + 1)
        }
        return .object(members)
    }

    @Test func `every member and every element is found as it is written`() throws {
        var members = 0
        var elements = 0
        for seed in 0..<UInt64(Campaign.isSoak ? 100_000 : 3000) {
            var random = SplitMix64(seed: seed)
            let object = object(&random, depth: 0)
            let bytes = Array("xx".utf8) + (try object.canonical()) + Array("yy".utf8)
            guard case .object(let expected) = object else { continue }
            let found = CanonicalParts.members(of: 2..<bytes.count - 2, in: bytes.span)
            let names = try expected.keys.map {
                Array(try CanonicalValue.string($0).canonical().dropFirst().dropLast())
            }
            #expect(Set(found.map { Array(bytes[$0.name]) }) == Set(names) && found.count == names.count)
            for (name, value) in expected {
                let written = Array(try CanonicalValue.string(name).canonical().dropFirst().dropLast())
                let range = try #require(found.first { Array(bytes[$0.name]) == written }?.value)
                #expect(Array(bytes[range]) == (try value.canonical()), "seed \(seed)")
                members += 1
                guard case .array(let list) = value else { continue }
                var parts: [[UInt8]] = []
                CanonicalParts.forEachElement(of: range, in: bytes.span) { parts.append(Array(bytes[$0])) }
                #expect(parts == (try list.map { try $0.canonical() }), "seed \(seed)")
                elements += parts.count
            }
        }
        print("parts: \(members) members, \(elements) elements")
        #expect(members > 3000 && elements > 500)
    }

    @Test func `bytes that are anything else end, within their bounds`() {
        for seed in 0..<UInt64(20_000) {
            var random = SplitMix64(seed: seed)
            let alphabet = Array("{}[]\",:\\a1".utf8)
            let bytes = (0..<Int.random(in: 2...24, using: &random)).map { _ in random.pick(alphabet) }
            for member in CanonicalParts.members(of: 0..<bytes.count, in: bytes.span) {
                #expect(member.name.upperBound <= bytes.count && member.value.upperBound <= bytes.count)
            }
            CanonicalParts.forEachElement(of: 0..<bytes.count, in: bytes.span) { #expect($0.upperBound <= bytes.count) }
        }
    }
}
