import Chronology
import Policies
import Records
import SampleEstate
import TestSupport

@testable import Connectors

/// Estates for services to hold.
enum SmallEstate {
    /// An estate of what a service has, uploads never among it, and with what an estate made up has none of.
    static func make(seed: UInt64 = 1, threads: Int, for service: ServiceKind = .openai) throws -> TemporaryExport {
        let scratch = try Scratch()
        let asOf = Instant(seconds: 1_795_132_800)
        _ = try EstatePlan(seed: seed, threads: threads, overduePercent: 20, asOf: asOf).write(to: scratch.path("all"))
        let further: [String: String] = [
            "batches.ndjson": lines(130) {
                #"{"id":"batch_\#($0)","object":"batch","created_at":\#(1_700_000_000 + $0),"input_file_id":"f","#
                    + #""status":"completed","completed_at":1700090000,"metadata":{"tenant":"t1"}}"#
            },
            "chat_completions.ndjson": lines(101) {
                #"{"id":"chatcmpl-\#($0)","object":"chat.completion","created":\#(1_700_000_000 + $0),"#
                    + #""usage":{"total_tokens":7},"metadata":{"product":"sales"}}"#
            },
            "containers.ndjson": lines(7) {
                #"{"id":"cntr_\#($0)","object":"container","created_at":1700000000,"last_active_at":1700000600,"#
                    + #""expires_after":{"anchor":"last_active_at","minutes":20},"status":"expired","name":"c"}"#
            },
            "container_files.ndjson": lines(205) {
                #"{"id":"cfile_\#($0)","object":"container.file","created_at":1700000000,"bytes":3,"#
                    + #""container_id":"cntr_1","path":"/mnt/data/x","source":"user"}"#
            },
        ]
        let export = try TemporaryExport([:])
        for kind in try service.kinds {
            let name = "\(kind.fileStem).ndjson"
            try export.write(name, further[name].map { Array($0.utf8) } ?? Array(scratch.bytes("all/\(name)")))
        }
        return export
    }

    private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (1...count).map { line($0) + "\n" }.joined()
    }

    /// The ids of an estate's records that a service does not list, as somebody may have kept them.
    static func registry(of export: TemporaryExport, complete: Bool = true) throws -> Registry {
        let scratch = try Scratch()
        var entries: [Source.RegistryEntry] = []
        for kind in [Kind.thread, .conversation, .response] where export.has("\(kind.fileStem).ndjson") {
            let file = scratch.path("\(kind.fileStem).ndjson")
            try scratch.write("\(kind.fileStem).ndjson", export.bytes("\(kind.fileStem).ndjson"))
            entries.append(Source.RegistryEntry(.file(file), kind: kind, isComplete: complete))
        }
        return try Registry(entries)
    }
}
