import Foundation
import JSONLines
import TestSupport
import Testing

@Suite struct StructureTests {
    @Test(arguments: [8, 64, 1 << 20])
    func `arrays, envelopes and documents over several lines give their elements`(window: Int) {
        #expect(entries(of: "[{\"a\":1},\n {\"a\":2}]", window: window) == ["1: {\"a\":1}", "2: {\"a\":2}"])
        #expect(entries(of: "[]", window: window) == [])
        #expect(
            entries(of: "{\n  \"a\": 1\n}\n\n{\n  \"a\": [\n2]\n}\n", window: window) == [
                "1: {\"a\":1}", "5: {\"a\":[2]}",
            ])
        let envelope =
            "{\n \"object\": \"list\",\n \"data\": [\n  {\"id\": 1},\n  {\n\"id\": 2}\n ],\n \"has_more\": false\n}\n"
        #expect(
            entries(of: envelope, window: window) == [
                "4: {\"id\":1}", "5: {\"id\":2}", "1: {\"object\":\"list\",\"data\":[],\"has_more\":false}",
            ])
        #expect(entries(of: envelope + envelope, window: window).count == 6)
    }

    @Test func `an envelope on one line stays whole`() {
        let page = "{\"object\":\"list\",\"data\":[{\"id\":1}],\"has_more\":false}"
        #expect(entries(of: page + "\n" + page + "\n") == ["1: " + page, "2: " + page])
    }

    @Test func `data counts only at the top of a document`() {
        #expect(
            entries(of: "{\n\"a\":{\"data\":[1]},\"b\":\"data\",\"c\":[2]}") == [
                "1: {\"a\":{\"data\":[1]},\"b\":\"data\",\"c\":[2]}"
            ])
        #expect(entries(of: "{\n\"data\":{\"data\":[1]}}") == ["1: {\"data\":{\"data\":[1]}}"])
    }

    @Test(arguments: [
        ("[{\"a\":1} {\"a\":2}]", 2), ("[{\"a\":1},]", 1), ("[,{\"a\":1}]", 1), ("[{\"a\":1}", 1), ("[{\"a\":1", 0),
        ("[1,2]]", 2), ("{\n\"data\":[{}", 1), ("{\n\"data\":[{}]", 1), ("[\"a", 0), ("[{]}]", 0), ("[nope, 1]", 1),
    ])
    func `what is wrong between elements is reported, and the elements are kept`(text: String, kept: Int) {
        let read = entries(of: text)
        #expect(read.filter { $0.contains("!") }.count >= 1)
        #expect(read.filter { !$0.contains("!") }.count == kept)
    }

    @Test func `garbage between elements is reported once a line`() {
        let read = entries(
            of: "[1" + String(repeating: " 2", count: 1000) + "\n" + String(repeating: "}", count: 1000) + "]")
        #expect(read.filter { $0.contains("!") }.count == 2)
    }

    /// The slow model reads the whole text with an obvious parser; the reader sees it in windows of a few bytes.
    @Test func `the windows agree with a parser of the whole, right or wrong`() {
        var random = SplitMix64(seed: 4)
        var valid = 0
        var broken = 0
        for _ in 0..<(Campaign.isSoak ? 20_000 : 600) {
            var bytes = SlowJSON.randomDocuments(&random)
            if Bool.random(using: &random) { SlowJSON.damage(&bytes, &random) }
            // Only texts that begin like an array are judged by brackets for certain.
            bytes = Array("[0]\n".utf8) + bytes
            let read = entries(of: bytes, threads: 1, limits: limits(window: Int.random(in: 1...40, using: &random)))
            let text = String(decoding: bytes, as: UTF8.self)
            if let expected = SlowJSON.records(bytes) {
                valid += 1
                #expect(read.map(\.text) == expected, "\(text.debugDescription)")
            } else {
                broken += 1
                #expect(read.contains { $0.text.hasPrefix("!") }, "\(text.debugDescription)")
            }
        }
        #expect(valid > 100 && broken > 100, "both sorts were met: \(valid) and \(broken)")
    }
}
