import Foundation
import TestSupport
import Testing

@testable import SampleEstate

@Suite struct HardCaseTests {
    @Test func `every case that an export can show is there (cases 1-8, 10-14, 19, 37-39, 50, 51, 79)`() throws {
        let scratch = try Scratch()
        _ = try plan(threads: 20, hardCases: true).write(to: scratch.path)
        let dirt = try Truth(scratch).records.flatMap { $0["dirt"] as? [[String: Any]] ?? [] }
        let numbers = Set(dirt.compactMap { $0["case"] as? Int })
        #expect(numbers == Set([1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 19, 37, 38, 39, 50, 51, 79]))
    }

    @Test func `what is meant to be malformed is, and nothing else`() throws {
        let scratch = try Scratch()
        _ = try plan(threads: 20, hardCases: true).write(to: scratch.path)
        let malformed: Set = [
            "malformed line", "nested too deep", "raw control character", "two objects on one line", "torn line",
        ]
        for record in try Truth(scratch).records {
            for dirt in record["dirt"] as? [[String: Any]] ?? [] {
                let name = try #require(dirt["file"] as? String)
                let lines = try scratch.bytes(name).split(
                    separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                let line = lines[(dirt["line"] as? Int ?? 0) - 1].drop { $0 >= 0x80 }
                let parsed = try? JSONSerialization.jsonObject(with: Data(line), options: .fragmentsAllowed)
                #expect((parsed == nil) == malformed.contains(dirt["what"] as? String ?? ""), "\(dirt)")
            }
        }
    }

    @Test func `every place is where the truth says`() throws {
        let scratch = try Scratch()
        _ = try plan(threads: 20, hardCases: true).write(to: scratch.path)
        var lines: [String: [String]] = [:]
        for record in try Truth(scratch).records {
            for dirt in record["dirt"] as? [[String: Any]] ?? [] {
                let name = try #require(dirt["file"] as? String)
                if lines[name] == nil {
                    let text = String(decoding: try scratch.bytes(name), as: UTF8.self)
                    lines[name] = text.unicodeScalars.split(separator: "\n").map { String($0) }
                }
                let number = try #require(dirt["line"] as? Int)
                let line = try #require(lines[name]?[number - 1])
                let id = (record["id"] as? String ?? "").split(separator: "/").last.map(String.init) ?? ""
                #expect(id.isEmpty || line.contains(id), "\(name):\(number) \(id)")
            }
        }
    }

    @Test func `dirt changes nothing of the estate under it`() throws {
        let (clean, dirty) = (try Scratch(), try Scratch())
        _ = try plan(hardCases: false).write(to: clean.path)
        _ = try plan(hardCases: true).write(to: dirty.path)
        #expect(try Truth(clean).clean == Truth(dirty).clean)
        for name in try clean.names() where name != "truth.json" {
            #expect(try dirty.bytes(name).starts(with: clean.bytes(name)), "\(name)")
        }
    }

    @Test func `the file of messages has a line of 2.3 MB (case 51)`() throws {
        let scratch = try Scratch()
        _ = try plan(threads: 1, hardCases: true).write(to: scratch.path)
        #expect(try scratch.lines("messages.ndjson").contains { $0.count > 2_300_000 })
    }

    @Test func `the second file of messages has a mark and other line ends (case 79)`() throws {
        let scratch = try Scratch()
        _ = try plan(threads: 1, hardCases: true).write(to: scratch.path)
        let shard = try scratch.bytes("messages-0001.ndjson")
        #expect(shard.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(shard.suffix(2) == Data("\r\n".utf8))
        #expect(try scratch.bytes("chat_completions.ndjson").last != UInt8(ascii: "\n"))
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("2000-02-29", 951_782_400), ("2026-11-20", 1_795_132_800), ("1969-12-31", -86_400),
    ])
    func `the generator's own calendar counts days`(text: String, seconds: Int64) {
        let parts = text.split(separator: "-").compactMap { Int64($0) }
        #expect(Calendar.midnight(year: parts[0], month: parts[1], day: parts[2]) == seconds)
        let date = Calendar.date(of: seconds)
        #expect([date.year, date.month, date.day] == parts)
    }

    @Test func `five years from a leap day end on the 28th (case 11)`() {
        let leapDay = Calendar.midnight(year: 2024, month: 2, day: 29) + 77
        #expect(Calendar.adding(years: 5, to: leapDay) == Calendar.midnight(year: 2029, month: 2, day: 28) + 77)
        #expect(Calendar.adding(years: 4, to: leapDay) == Calendar.midnight(year: 2028, month: 2, day: 29) + 77)
    }
}
