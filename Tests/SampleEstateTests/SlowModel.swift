import Foundation
import TestSupport
import Testing

/// The decisions of the design's section 5 for the committed policies, read back from the written files by the most
/// obvious means: dictionaries and repetition. It shares nothing with the generator but the policy table of the design.
struct SlowModel {
    struct Record {
        var kind: String
        var created: Double
        var lastActivity: Double
        var metadata: [String: Any] = [:]
        var container: String?
        var uses: [String] = []
        var status: String?
        var role: String?
        var expires = false
    }

    let now: Double
    var records: [String: Record] = [:]
    var kept: [String: Double] = [:]
    /// Who uses what.
    private(set) var users: [String: [String]] = [:]
    private var stays: Set<String> = []
    /// When assistants spoke, by thread.
    private(set) var answers: [String: [Double]] = [:]

    init(_ scratch: Scratch, now: Double) throws {
        self.now = now
        try read(scratch)
        for (key, record) in records { for used in record.uses { users[used, default: []].append(key) } }
        for record in records.values where record.kind == "message" && record.role == "assistant" {
            answers[record.container ?? "", default: []].append(record.created)
        }
        deriveActivity()
        deriveKept()
        deriveStaying()
    }

    private static func time(_ object: [String: Any], _ names: String...) -> Double {
        names.compactMap { (object[$0] as? NSNumber)?.doubleValue }.max() ?? 0
    }

    private mutating func read(_ scratch: Scratch) throws {
        func each(_ stem: String, _ body: ([String: Any]) -> (String, Record)?) throws {
            for object in try scratch.objects("\(stem).ndjson") {
                guard let (key, record) = body(object) else { continue }
                #expect(records.updateValue(record, forKey: key) == nil, "\(key) twice")
            }
        }
        func id(_ object: [String: Any], _ kind: String) -> String { "\(kind)/\(object["id"] as? String ?? "")" }
        func record(_ object: [String: Any], _ kind: String, _ times: String...) -> Record {
            let created = Self.time(object, "created_at")
            let last = times.compactMap { (object[$0] as? NSNumber)?.doubleValue }.max() ?? created
            return Record(
                kind: kind, created: created, lastActivity: max(created, last),
                metadata: object["metadata"] as? [String: Any] ?? [:], status: object["status"] as? String,
                role: object["role"] as? String, expires: object["expires_at"] is NSNumber)
        }
        func tools(_ object: [String: Any]) -> [String] {
            let resources = object["tool_resources"] as? [String: [String: [String]]] ?? [:]
            return (resources["code_interpreter"]?["file_ids"] ?? []).map { "file/\($0)" }
                + (resources["file_search"]?["vector_store_ids"] ?? []).map { "vectorStore/\($0)" }
        }
        try each("assistants") { object in
            var made = record(object, "assistant")
            made.uses = tools(object)
            return (id(object, "assistant"), made)
        }
        try each("threads") { object in
            var made = record(object, "thread")
            made.uses = tools(object)
            return (id(object, "thread"), made)
        }
        try each("messages") { object in
            var made = record(object, "message", "completed_at")
            made.container = "thread/\(object["thread_id"] as? String ?? "")"
            made.uses = (object["attachments"] as? [[String: Any]] ?? []).map {
                "file/\($0["file_id"] as? String ?? "")"
            }
            return (id(object, "message"), made)
        }
        try each("runs") { object in
            var made = record(object, "run", "started_at", "completed_at")
            made.container = "thread/\(object["thread_id"] as? String ?? "")"
            return (id(object, "run"), made)
        }
        try each("run_steps") { object in
            var made = record(object, "runStep", "completed_at")
            made.container = "run/\(object["run_id"] as? String ?? "")"
            let details = object["step_details"] as? [String: Any] ?? [:]
            for call in details["tool_calls"] as? [[String: Any]] ?? [] {
                let search = call["file_search"] as? [String: Any] ?? [:]
                for result in search["results"] as? [[String: Any]] ?? [] {
                    made.uses.append("file/\(result["file_id"] as? String ?? "")")
                }
            }
            return (id(object, "runStep"), made)
        }
        try each("files") { (id($0, "file"), record($0, "file")) }
        try each("vector_stores") { (id($0, "vectorStore"), record($0, "vectorStore", "last_active_at")) }
        try each("vector_store_files") { object in
            let (store, file) = (object["vector_store_id"] as? String ?? "", object["id"] as? String ?? "")
            var made = record(object, "vectorStoreFile")
            made.metadata = object["attributes"] as? [String: Any] ?? [:]
            made.container = "vectorStore/\(store)"
            made.uses = ["file/\(file)"]
            return ("vectorStoreFile/\(store)/\(file)", made)
        }
        try each("conversations") { (id($0, "conversation"), record($0, "conversation")) }
        try each("conversation_items") { object in
            var made = Record(kind: "item", created: 0, lastActivity: 0)
            made.container = "conversation/\(object["conversation_id"] as? String ?? "")"
            for part in object["content"] as? [[String: Any]] ?? [] {
                if let file = part["file_id"] as? String { made.uses.append("file/\(file)") }
            }
            return (id(object, "item"), made)
        }
        try each("responses") { object in
            var made = record(object, "response", "completed_at")
            if let conversation = (object["conversation"] as? [String: Any])?["id"] as? String {
                made.container = "conversation/\(conversation)"
            }
            for tool in object["tools"] as? [[String: Any]] ?? [] {
                made.uses += (tool["vector_store_ids"] as? [String] ?? []).map { "vectorStore/\($0)" }
            }
            for item in object["input"] as? [[String: Any]] ?? [] {
                for part in item["content"] as? [[String: Any]] ?? [] {
                    if let file = part["file_id"] as? String { made.uses.append("file/\(file)") }
                }
            }
            return (id(object, "response"), made)
        }
    }

    private mutating func deriveActivity() {
        for (key, record) in records {
            guard let container = record.container else { continue }
            #expect(records[container] != nil, "\(key) hangs on nothing")
            if ["message", "run", "response"].contains(record.kind) {
                records[container]?.lastActivity.raise(to: record.lastActivity)
            }
            if record.kind == "vectorStoreFile", let store = records[container] {
                records[key]?.lastActivity = store.lastActivity
            }
        }
        for (key, record) in records {
            for used in record.uses {
                #expect(records[used] != nil, "\(key) uses nothing")
                // A vector store file lends the activity of its store, set just above.
                let activity = records[key]?.lastActivity ?? 0
                if used.hasPrefix("file/") { records[used]?.lastActivity.raise(to: activity) }
            }
        }
    }

    private mutating func deriveKept() {
        var needed: [String: Double] = [:]
        var calendar = Foundation.Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
        for (key, record) in records where record.kind == "thread" || record.kind == "conversation" {
            if record.metadata["product"] as? String == "support" {
                needed[key, default: -.infinity].raise(to: record.lastActivity + 7 * 86_400)
            }
            if record.metadata["regulated"] as? String == "true" {
                let created = Date(timeIntervalSince1970: record.created)
                let end = calendar.date(byAdding: .year, value: 5, to: created)?.timeIntervalSince1970
                needed[key, default: -.infinity].raise(to: end ?? .infinity)
            }
        }
        var previous: [String: Double] = [:]
        while previous != needed {
            previous = needed
            for (key, record) in records {
                if let above = record.container.flatMap({ needed[$0] }) {
                    needed[key, default: -.infinity].raise(to: above)
                }
                guard let own = needed[key] else { continue }
                for used in record.uses { needed[used, default: -.infinity].raise(to: own) }
            }
        }
        kept = needed
        previous = [:]
        while previous != kept {
            previous = kept
            for (key, record) in records {
                guard let container = record.container, let own = kept[key] else { continue }
                kept[container, default: -.infinity].raise(to: own)
            }
        }
    }

    private mutating func deriveStaying() {
        while true {
            let going = Set(records.keys.filter { mayGo($0) })
            let next = Set(
                records.keys.filter { key in
                    !going.contains(key) && !(containers(of: key).contains { going.contains($0) })
                })
            if next == stays { return }
            stays = next
        }
    }

    private func containers(of key: String) -> [String] {
        guard let container = records[key]?.container else { return [] }
        return [container] + containers(of: container)
    }

    private func mayGo(_ key: String) -> Bool {
        guard now >= kept[key] ?? -.infinity else { return false }
        let states = self.states(key)
        let deleting: Set = [
            "support-conversations", "sales-conversations", "files-abandoned", "vector-stores", "responses",
        ]
        return states.contains { deleting.contains($0.key) && ["due", "overdue"].contains($0.value) }
            && !states.values.contains { ["excepted", "in-use"].contains($0) }
    }

    /// The state under every committed policy with an `atMost` that matches the record.
    func states(_ key: String) -> [String: String] {
        guard let record = records[key] else { return [:] }
        func state(_ clock: Double, _ keep: Double, _ tolerance: Double, excepted: Bool = false, _ inUse: Bool = false)
            -> String
        {
            let kept = kept[key] ?? -.infinity
            let deleteAt = clock + keep * 86_400
            if now < kept { return now >= deleteAt ? "kept-past-max" : "kept" }
            if now < deleteAt { return "allowed" }
            if excepted { return "excepted" }
            if inUse { return "in-use" }
            return now < max(deleteAt, kept) + tolerance * 86_400 ? "due" : "overdue"
        }
        let inUse = users[key, default: []].contains { stays.contains($0) }
        switch record.kind {
        case "thread", "conversation":
            switch record.metadata["product"] as? String {
            case "support":
                let excepted =
                    record.metadata["project"] as? String == "pilot" && now < 1_806_537_600  // 2027-04-01
                return ["support-conversations": state(record.lastActivity, 90, 7, excepted: excepted)]
            case "sales": return ["sales-conversations": state(record.lastActivity, 180, 14)]
            default: return ["default-retention": state(record.lastActivity, 365, 30)]
            }
        case "assistant": return ["default-retention": state(record.lastActivity, 365, 30)]
        case "file":
            return [
                "files-abandoned": state(record.created, 30, 7, inUse),
                "files-in-use": state(record.lastActivity, 400, 30, inUse),
            ]
        case "vectorStore": return ["vector-stores": state(record.lastActivity, 60, 7, inUse)]
        case "response": return ["responses": state(record.created, 30, 7)]
        default: return [:]
        }
    }
}

extension Double {
    fileprivate mutating func raise(to other: Double) { self = Swift.max(self, other) }
}
