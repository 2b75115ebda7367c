import TestSupport
import Testing

@testable import Records

/// The hash tables against dictionaries.
@Suite struct TableTests {
    /// With a hash that is known, the second word can take the first out of the state, so that all that is left is the
    /// third: 200,000 of these would be looked through for each other.
    @Test(.timeLimit(.minutes(1))) func `strings that were made to collide cost no more than others`() {
        func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
            let product = left.multipliedFullWidth(by: right)
            return product.high ^ product.low
        }
        let (first, second): (UInt64, UInt64) = (0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)
        let start = mix(24 ^ first, second)
        var table = StringTable()
        var wrong = 0
        for word in 0..<UInt64(200_000) {
            var bytes: [UInt8] = []
            for part in [word, mix(start ^ word, first), 0] {
                for shift in stride(from: UInt64(0), to: 64, by: 8) {
                    bytes.append(UInt8(truncatingIfNeeded: part >> shift))
                }
            }
            if Int(table.code(bytes.span)) != Int(word) + 1 { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test func `a string table is a dictionary that counts`() {
        var generator = SplitMix64(seed: 1)
        var table = StringTable()
        var model: [String: StringTable.Code] = [:]
        for _ in 0..<20_000 {
            let text =
                String(repeating: "x", count: Int.random(in: 0...17, using: &generator))
                + String(Int.random(in: 0..<3000, using: &generator))
            #expect(table.knownCode(text) == model[text])
            let code = table.code(text)
            if let known = model[text] { #expect(known == code) } else { #expect(Int(code) == model.count + 1) }
            model[text] = code
        }
        #expect(table.count == model.count + 1)
        #expect(model.allSatisfy { table.string($0.value) == $0.key })
        #expect(table.string(StringTable.absent) == nil)
        #expect(table.string(StringTable.undecided) == nil)
        #expect(table.string(StringTable.Code(table.count)) == nil)
        let empty = table.code("")
        #expect(table.string(empty) == "")
    }

    @Test func `strings that come as a list get the codes that they would get one by one`() {
        var generator = SplitMix64(seed: 2)
        for round in 0..<60 {
            var together = StringTable()
            var single = StringTable()
            for _ in 0..<4 {
                var list = StringList()
                for _ in 0..<Int.random(in: 0...300, using: &generator) {
                    // Half of them come again, in the same list or a later one, and some in the same block of slots.
                    let text = generator.chance(2) ? "" : "id-\(Int.random(in: 0..<400, using: &generator))"
                    list.append(text.utf8.span)
                }
                let expected = (1..<max(1, list.count)).map { number in
                    single.code(list.bytes.span.extracting(list.range(number)))
                }
                #expect(together.codes(of: list) == [StringTable.absent] + expected, "round \(round)")
            }
            #expect(together.count == single.count)
            for code in 0..<StringTable.Code(single.count) {
                #expect(together.string(code) == single.string(code))
            }
        }
    }

    @Test(arguments: [0, 1, 2, 63, 64, 65, 4095, 4096, 6000])
    func `an id index finds each record of its source and kind, and no other`(count: Int) {
        let kinds: [Kind] = [.file, .thread, .message]
        let lines = (0..<count).map { Line(kinds[$0 % 3], "id\($0 / 3)", in: "id0") }
        let inventory = Material.inventory(lines)
        #expect(inventory.count == count)
        for row in 0..<count {
            #expect(inventory.row(source: 0, kind: kinds[row % 3], id: "id\(row / 3)") == row)
        }
        #expect(inventory.row(source: 0, kind: .file, id: "id\(count)") == nil)
        #expect(inventory.row(source: 0, kind: .run, id: "id0") == nil)
        #expect(inventory.row(source: 1, kind: .file, id: "id0") == nil)
        #expect(inventory.row(source: 0, kind: .file, id: "") == nil)
    }

    @Test func `equal bytes hash alike wherever they stand, and each byte counts`() {
        let bytes = Array("0123456789abcdefghij".utf8)
        for length in 0...20 {
            let whole = Array(bytes.prefix(length))
            #expect(Self.hash([0] + whole, from: 1) == Self.hash(whole))
            #expect(Self.equal(whole, whole))
            for index in 0..<length {
                var other = whole
                other[index] ^= 1
                #expect(Self.hash(whole) != Self.hash(other))
                #expect(!Self.equal(whole, other))
            }
        }
    }

    static func hash(_ bytes: [UInt8], from start: Int = 0) -> UInt64 {
        ByteHash.hash(bytes.span.extracting(start..<bytes.count), seed: 0)
    }

    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool { ByteHash.equal(left.span, right.span) }

    @Test func `kinds know their parts and holders, through others too`() {
        #expect(Kind.thread.allParts.kinds == [.message, .run, .runStep])
        #expect(Kind.file.users.has(.message) && Kind.file.users.has(.batch))
        #expect(Kind.file.allHolders.has(.thread) && Kind.file.allHolders.has(.vectorStore))
        #expect(Kind.runStep.containers.kinds == [.run])
        #expect(Kind.allCases.allSatisfy { Kind(named: $0.name) == $0 })
        #expect(Kind(named: "Thread") == nil)
    }
}
