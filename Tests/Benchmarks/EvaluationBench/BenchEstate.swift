import Chronology
import Records

/// Ten records a thread, in memory: the thread, seven messages, a run and a file that the first message uses.
///
/// Every thread has a user of its own, so that one metadata key has many values. Times, tenants and sizes come from one mixing function of the row, so that every run has the same records and other
/// tools can be given them too.
struct BenchEstate {
    static let asOf = Moment(seconds: 1_795_132_800)
    static let metadataKeys = ["product", "tenant", "user"]
    static let products = ["support", "sales", "internal"]
    static let statuses = ["queued", "in_progress", "completed", "failed"]

    let threads: Int

    /// - Parameter records: how many there are to be, rounded down to whole threads.
    init(records: Int) { threads = records / 10 }

    func inventory() -> Inventory {
        let rules = TimeRules(asOf: Self.asOf)
        var builder = InventoryBuilder(metadataKeys: Self.metadataKeys, rules: rules)
        builder.beginSource("export")
        builder.expect(records: threads * 10, idBytes: threads * 140)
        let layout = RecordBatch.Layout(source: "export", metadataKeys: Self.metadataKeys, rules: rules)
        var coverage = builder.currentCoverage
        for kind in Kind.allCases { coverage[kind].wasRead = true }
        builder.currentCoverage = coverage
        for (kind, perThread) in [(Kind.thread, 1), (.message, 7), (.run, 1), (.file, 1)] {
            var start = 0
            while start < threads {
                let end = min(start + 8192, threads)
                var batch = RecordBatch(layout: layout, file: "\(kind.fileStem).ndjson")
                for thread in start..<end {
                    for part in 0..<perThread { fill(&batch, kind, thread, part) }
                }
                _ = builder.append(batch)
                start = end
            }
        }
        return builder.seal()
    }

    private func fill(_ batch: inout RecordBatch, _ kind: Kind, _ thread: Int, _ part: Int) {
        let chance = Self.mix(UInt64(thread * 16 + part) << 4 | UInt64(kind.rawValue))
        let ofThread = Self.mix(UInt64(thread) << 40)
        batch.begin(kind, line: thread + 1)
        batch.appendId(Array("\(kind.name)_\(thread * 8 + part)".utf8).span)
        // Threads begin within three hundred days, and what they hold within ten more.
        let age = 11 + Int64(ofThread % 300)
        let seconds = Self.asOf.microseconds / 1_000_000 - age * 86_400 + Int64(chance % 864_000)
        batch.setCreated(.microseconds((kind == .thread ? seconds - Int64(chance % 864_000) : seconds) * 1_000_000))
        batch.setMetadata(0, Array(Self.products[Int(ofThread >> 20 % 3)].utf8).span)
        let tenant = kind == .file && chance % 97 == 0 ? chance >> 8 : ofThread >> 30
        batch.setMetadata(1, Array(Self.tenant(Int(tenant % 200)).utf8).span)
        batch.setMetadata(2, Array("user_\(ofThread % 100_000_000)".utf8).span)
        let container = Array("thread_\(thread * 8)".utf8)
        switch kind {
        case .message:
            batch.setRole(part % 2 == 0 ? .user : .assistant)
            batch.setContainer(container.span)
            if part == 0 { batch.addReference(.uses, to: .file, Array("file_\(thread * 8)".utf8).span) }
        case .run:
            batch.setContainer(container.span)
            batch.setStatus(Array(Self.statuses[Int(chance >> 40 % 4)].utf8).span)
            batch.setTokens(Int64(chance >> 20 % 20_000))
        case .file:
            batch.setBytes(Int64(chance >> 20 % 10_000_000))
            if chance >> 50 % 3 == 0 { batch.setExpires(.microseconds((seconds + 31_536_000) * 1_000_000)) }
        default: break
        }
        _ = batch.commit()
    }

    static func tenant(_ number: Int) -> String {
        let digits = String(number)
        return "t" + String(repeating: "0", count: 3 - digits.count) + digits
    }

    /// SplitMix64's finaliser.
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
