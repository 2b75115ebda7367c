import Foundation
import TestSupport
import Testing

/// `tenure apply --probe-search`: what was taken out of a store is searched for, and nothing of what it said is written
/// anywhere (case 34).
@Suite(.serialized) struct SearchedStoresTests {
    private let live: LiveThreads
    private var scratch: Scratch { live.scratch }

    init() throws {
        live = try LiveThreads()
        let old = #""created_at":1760000000"#
        let files = ["file_1", "file_2"]
        for (name, lines) in [
            ("threads", []), ("messages", []),
            ("files", files.map { #"{"id":"\#($0)","object":"file",\#(old),"bytes":1,"purpose":"assistants"}"# }),
            ("vector_stores", [#"{"id":"vs_1","object":"vector_store",\#(old),"last_active_at":1760000000}"#]),
            (
                "vector_store_files",
                files.map { #"{"id":"\#($0)","object":"vector_store.file",\#(old),"vector_store_id":"vs_1"}"# }
            ),
        ] as [(String, [String])] {
            try scratch.write("estate/\(name).ndjson", lines.map { "\($0)\n" }.joined())
        }
        try scratch.write("ids.txt", "")
    }

    private static let rule =
        "{match: {kinds: [vectorStoreFile]}, clock: {from: created}, keep: {atMost: 90d}, whenDue: delete}"

    /// What the twin has a file of an estate say.
    private static let phrase = "stands for what"

    private func rules(_ address: String) throws {
        try LiveDocuments.write(rule: Self.rule, address: address, to: scratch)
        try LiveDocuments.write(holdsOf: [], to: scratch)
        try live.plan("--audit-log", "log", "--audit-key", "key.pem")
    }

    private func twin(_ faults: String? = nil) throws -> RunningTwin {
        guard let faults else { return try live.twin() }
        try scratch.write("faults.json", #"{"seed": 5, "percent": {"\#(faults)": 100}}"#)
        return try live.twin("--faults", scratch.path("faults.json"))
    }

    private func searches(_ applied: LiveThreads.Applied) -> [String: Int]? {
        applied.json["searches"] as? [String: Int]
    }

    private func watched() throws -> WatchedTwin {
        try WatchedTwin(estate: scratch.path("estate"), now: Int64(Date.now.timeIntervalSince1970))
    }

    private static let gone = ["detach vs_1/file_1 deleted-verified", "detach vs_1/file_2 deleted-verified"]

    @Test func `what is gone and not found any more is deleted, and no word of it is written: exit code 0 (case 34)`()
        throws
    {
        let twin = try watched()
        try rules(twin.address)
        let applied = try live.apply("--probe-search")
        #expect(applied.status == 0 && applied.lines == Self.gone, "\(applied)")
        #expect(searches(applied) == ["not-found": 2, "found": 0, "unshown": 0])
        #expect(twin.calls.count { $0 == "POST /v1/vector_stores/vs_1/search" } == 4)
        #expect(twin.gets.contains("/v1/vector_stores/vs_1/files/file_1/content"))
        let told = try live.tenure("apply", "--audit-log", "log")
        #expect(told.output.contains("not found any more  2"), "\(told.output)")
        let logged = try live.tenure("audit", "show", "--log", "log", "--format", "json").output
        #expect(logged.contains(#""probeSearch":true"#) && logged.contains(#""search":"not-found""#))
        // The words are those of the contents, and stand nowhere.
        let written = try FileManager.default.subpathsOfDirectory(atPath: scratch.path)
        #expect(written.contains("plan.json") && written.contains { $0.hasPrefix("log/") })
        for text in written.compactMap({ try? scratch.text($0) }) + [applied.output, applied.errors, told.output] {
            #expect(!text.contains(Self.phrase))
        }
    }

    @Test func `without the option no content is read and nothing is searched (case 34)`() throws {
        let twin = try watched()
        try rules(twin.address)
        let dry = try live.tenure("apply", "--probe-search")
        #expect(dry.status == 0 && dry.output.contains(" --execute --probe-search --audit-log DIR"), "\(dry.output)")
        let applied = try live.apply()
        #expect(applied.status == 0 && applied.lines == Self.gone, "\(applied)")
        #expect(searches(applied) == ["not-found": 0, "found": 0, "unshown": 0])
        #expect(twin.calls.allSatisfy { $0.hasPrefix("DELETE ") } && !twin.gets.contains { $0.hasSuffix("/content") })
        let logged = try live.tenure("audit", "show", "--log", "log", "--format", "json").output
        #expect(logged.contains(#""probeSearch":false"#) && !logged.contains(#""search":"#))
    }

    @Test func `what is found for a while is waited for: exit code 0 (cases 34, 58)`() throws {
        let twin = try twin("lateSearches")
        try rules(twin.address)
        let applied = try live.apply("--probe-search")
        #expect(applied.status == 0 && applied.lines == Self.gone, "\(applied)")
        #expect(searches(applied) == ["not-found": 2, "found": 0, "unshown": 0])
    }

    @Test func `what is found for good is unverified, now and by the next run: exit code 5 (case 34)`() throws {
        try scratch.write(
            "estate/vector_store_files.ndjson",
            try scratch.text("estate/vector_store_files.ndjson").split(separator: "\n")[0] + "\n")
        let twin = try twin("staleSearches")
        try rules(twin.address)
        let applied = try live.apply("--probe-search")
        #expect(applied.status == 5 && applied.lines == ["detach vs_1/file_1 pending-verification"], "\(applied)")
        #expect(searches(applied) == ["not-found": 0, "found": 1, "unshown": 0])
        #expect(applied.output.contains("searching its store still finds its contents"))
        let again = try live.apply("--probe-search")
        #expect(again.status == 5 && again.calls == 0 && searches(again)?["found"] == 1, "\(again)")
        let other = try live.apply()
        #expect(other.status == 0 && searches(other) == ["not-found": 0, "found": 0, "unshown": 1], "\(other)")
        #expect(other.output.contains("searching could not show it"))
    }

    @Test func `contents that cannot be read are told, in the summary and by file: exit code 0 (case 34)`() throws {
        let twin = try watched()
        twin.lacksContents = true
        try rules(twin.address)
        let applied = try live.tenure(["apply", "--execute", "--probe-search"] + LiveThreads.keys)
        #expect(applied.status == 0, "\(applied)")
        #expect(applied.output.contains("not searched for, or to no avail  2"), "\(applied.output)")
        #expect(
            applied.output.contains(
                "detach live/vectorStoreFile/vs_1/file_1: deleted-verified: read back as gone; searching could not show it: "
                    + "the service has no call that reads its contents"), "\(applied.output)")
    }
}
