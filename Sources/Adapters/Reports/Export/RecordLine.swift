internal import CanonicalJSON
internal import Chronology
internal import Records

/// One record as a line in the providers' wire shape, without content: what decisions hang on, and nothing else.
struct RecordLine {
    let inventory: Inventory
    private let kinds: [Kind]
    private let containers: [UInt32]
    private let roles: [Role]
    private let statuses: [StringTable.Code]
    private let facts: [TimeFacts]
    private let created: [Int64]
    private let activity: [Int64]
    /// Further containers of rows that two records of one id put into two.
    private let furtherContainers: [UInt32: [UInt32]]
    /// By source: whether every container that is not known was named. Then it is named again, by no id that is there.
    private let namesUnread: [Bool]
    private var bytes: [UInt8] = []
    private var isFirst = true

    /// Stands for a container that was named and not read: its id is not kept.
    private static let unread = "unread"
    /// A number of seconds that no calendar reaches.
    private static let implausible = 999_999_999_999
    private static let minute: Int64 = 60_000_000
    private static let day: Int64 = 86_400_000_000

    init(_ inventory: Inventory) {
        self.inventory = inventory
        kinds = inventory.kinds
        containers = inventory.containers
        roles = inventory.roles
        statuses = inventory.statuses
        facts = inventory.timeFacts
        created = inventory.createdMoments
        activity = inventory.activityMoments
        namesUnread = inventory.sourceNames.map {
            inventory.problems.count(of: .missingContainer, inSource: $0) == 0
        }
        var further: [UInt32: [UInt32]] = [:]
        let edges = inventory.edges
        for edge in 0..<edges.count where edges.relation[edge] == .contains {
            further[edges.to[edge], default: []].append(edges.from[edge])
        }
        furtherContainers = further
    }

    /// The lines of a row: one, or where two records of its id differed as many as it takes to differ again.
    mutating func lines(_ row: Int) -> [UInt8] {
        bytes.removeAll(keepingCapacity: true)
        let further = furtherContainers[UInt32(row)] ?? []
        let isConflicted = facts[row].isConflicted
        let copies = isConflicted ? max(2, 1 + further.count, inventory.edges.leaving(row).count) : 1
        for copy in 0..<copies {
            write(row, container: copy == 0 || copy > further.count ? containers[row] : further[copy - 1], copy: copy)
        }
        return bytes
    }

    private mutating func write(_ row: Int, container: UInt32, copy: Int) {
        let kind = kinds[row]
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
        writeId(row, kind)
        if let name = kind.objectName { text("object", name) } else { text("type", "message") }
        writeContainer(container, row, kind)
        writeTimes(row, kind, copy: copy)
        if kind == .file, facts[row].isUsedUnseen { text("purpose", "fine-tune") }
        writeTools(inventory.tools(row))
        if let role = roles[row].name { text("role", role) }
        if let status = inventory.strings.string(statuses[row]) { text("status", status) }
        if statuses[row] == StringTable.undecided { text("status", copy == 0 ? "a" : "b") }
        if let size = inventory.bytes(row) {
            number(kind == .vectorStore || kind == .vectorStoreFile ? "usage_bytes" : "bytes", Int(size))
        }
        if let tokens = inventory.tokens(row) {
            key("usage")
            bytes.append(contentsOf: "{\"total_tokens\":\(tokens)}".utf8)
        }
        writeMetadata(row, kind, copy: copy)
        writeReferences(row, kind, copy: copy)
        bytes.append(literal: "}\n")
    }

    // MARK: What it is

    /// A file in a store or a container carries the id of what holds it before its own.
    private mutating func writeId(_ row: Int, _ kind: Kind) {
        let id = inventory.id(row)
        guard kind == .vectorStoreFile || kind == .containerFile, let slash = id.utf8.firstIndex(of: UInt8(ascii: "/"))
        else { return text("id", id) }
        text("id", String(id[id.utf8.index(after: slash)...]))
        text(kind == .vectorStoreFile ? "vector_store_id" : "container_id", String(id[..<slash]))
    }

    private mutating func writeContainer(_ container: UInt32, _ row: Int, _ kind: Kind) {
        guard container != Inventory.noContainer, let field = kind.containerField,
            namesUnread[Int(inventory.sources[row])] || container != Inventory.unknownContainer
        else { return }
        let id = container == Inventory.unknownContainer ? Self.unread : inventory.id(Int(container))
        if kind == .response {
            key(field)
            bytes.append(literal: "{\"id\":")
            bytes.append(jsonString: id)
            bytes.append(UInt8(ascii: "}"))
        } else {
            text(field, id)
        }
    }

    // MARK: When

    private mutating func writeTimes(_ row: Int, _ kind: Kind, copy: Int) {
        let name: StaticString = kind == .chatCompletion ? "created" : "created_at"
        if facts[row].isConflicted {
            // Two that differ, so that again neither is believed.
            number(name, 1_000_000_000 + copy)
        } else {
            time(name, facts[row].created, created[row], isOptional: kind == .item)
        }
        if !facts[row].isConflicted, let field = kind.activityField {
            time(field, facts[row].activity, toldActivity(row), isOptional: true)
            // Beside one that says nothing there may be another time that is known.
            if facts[row].activity != .point, activity[row] > 0, let other = kind.furtherActivityField {
                seconds(other, activity[row])
            }
        }
        guard let expires = inventory.expires(row) else { return }
        if kind == .container {
            writeContainerExpiry(row, expires)
        } else if expires.isPoint {
            seconds("expires_at", expires.earliest.microseconds)
        } else {
            number("expires_at", expires.latest == .unbounded ? Self.implausible : 0)
        }
    }

    /// A container expires so many minutes after its last activity, and says nothing else of it.
    private mutating func writeContainerExpiry(_ row: Int, _ expires: Interval) {
        key("expires_after")
        var minutes: Int64 = -1
        if expires.isPoint {
            let (span, isTooLong) = expires.earliest.microseconds.subtractingReportingOverflow(toldActivity(row))
            if !isTooLong, span >= 0 { minutes = span / Self.minute }
        } else if expires.latest == .unbounded {
            minutes = Int64(UInt32.max)
        }
        bytes.append(contentsOf: "{\"anchor\":\"last_active_at\",\"minutes\":\(minutes)}".utf8)
    }

    /// The last activity that its line tells. That of a container is whole minutes before it expires: where a registry
    /// knew of a later one, the newest time for which that is so stands there.
    private func toldActivity(_ row: Int) -> Int64 {
        guard kinds[row] == .container, facts[row].activity == .point, let expires = inventory.expires(row),
            expires.isPoint
        else { return activity[row] }
        let (span, isTooLong) = expires.earliest.microseconds.subtractingReportingOverflow(activity[row])
        guard !isTooLong, span % Self.minute != 0 || span < 0 else { return activity[row] }
        return expires.earliest.microseconds - max(0, span / Self.minute + 1) * Self.minute
    }

    /// A last activity that its line cannot tell, in microseconds since 1970; nil for none.
    func untoldActivity(_ row: Int) -> Int64? {
        guard !facts[row].isConflicted else { return nil }
        let kind = kinds[row]
        switch facts[row].activity {
        case .absent: return nil
        case .point: return kind.activityField != nil && toldActivity(row) == activity[row] ? nil : activity[row]
        case .future where kind.activityField == nil: return inventory.rules.asOf.microseconds + Self.day
        // Beside a time that says nothing there may be another that is known.
        case .missing, .future, .implausible:
            return kind.furtherActivityField != nil || activity[row] <= 0 ? nil : activity[row]
        }
    }

    /// A time as it was read. Where it was not there, `isOptional` says whether leaving it out means something else.
    private mutating func time(_ name: StaticString, _ fact: TimeFact, _ moment: Int64, isOptional: Bool) {
        switch fact {
        case .point: seconds(name, moment)
        case .absent: break
        case .missing: if isOptional { number(name, 0) }
        case .future: number(name, Int((inventory.rules.asOf.microseconds + Self.day) / 1_000_000))
        case .implausible: number(name, Self.implausible)
        }
    }
}

// MARK: What is said of it, and what it refers to

extension RecordLine {
    private mutating func writeMetadata(_ row: Int, _ kind: Kind, copy: Int) {
        let codes = inventory.metadataKeys.indices.map { inventory.metadataCode($0, row) }
        guard codes.contains(where: { $0 != StringTable.absent }) else { return }
        key(kind == .vectorStoreFile ? "attributes" : "metadata")
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
        for (name, code) in zip(inventory.metadataKeys, codes) where code != StringTable.absent {
            if code == StringTable.undecided {
                // Two values, in one record or in two of one id.
                let isAlone = !facts[row].isConflicted
                value(name, isAlone || copy == 0 ? "a" : "b")
                if isAlone { value(name, "b") }
            } else {
                value(name, inventory.strings.string(code) ?? "")
            }
        }
        bytes.append(UInt8(ascii: "}"))
        isFirst = false
    }

    private mutating func writeTools(_ tools: ToolSet) {
        guard !tools.isEmpty else { return }
        let elements = ToolSet.types.filter { tools.contains($0.tool) }.map { "{\"type\":\"\($0.type)\"}" }
        key("tools")
        bytes.append(contentsOf: "[\(elements.joined(separator: ","))]".utf8)
    }

    /// A field that holds one reference names in each copy the next, so that all copies together name all.
    private mutating func writeReferences(_ row: Int, _ kind: Kind, copy: Int) {
        let edges = inventory.edges
        var used: [Kind: [String]] = [:]
        var cited: [Kind: [String]] = [:]
        for edge in edges.leaving(row) {
            let target = Int(edges.to[edge])
            switch edges.relation[edge] {
            case .uses: used[kinds[target], default: []].append(inventory.id(target))
            case .cites: cited[kinds[target], default: []].append(inventory.id(target))
            case .contains: break
            }
        }
        if kind == .run, let assistant = cited[.assistant]?.element(copy) { text("assistant_id", assistant) }
        if kind == .response, let response = cited[.response]?.element(copy) { text("previous_response_id", response) }
        guard !used.isEmpty else { return }
        let files = used[.file] ?? []
        switch kind {
        case .vectorStoreFile: break
        case .batch:
            let names: [StaticString] = ["input_file_id", "output_file_id", "error_file_id"]
            for (name, file) in zip(names, files.dropFirst(copy * names.count)) {
                text(name, file)
            }
        case .upload: if let file = files.element(copy) { text("file", file) }
        default: writeUses(kind, files: files, stores: used[.vectorStore] ?? [], containers: used[.container] ?? [])
        }
    }

    /// What a kind uses, in the one place of its object where it may stand.
    private mutating func writeUses(_ kind: Kind, files: [String], stores: [String], containers: [String]) {
        guard let place = kind.placeOfUses else { return }
        key(place.name)
        let isList = place.isList
        bytes.append(contentsOf: (isList ? "[{" : "{").utf8)
        isFirst = true
        list("file_ids", files)
        list("vector_store_ids", stores)
        // A record that uses several containers names each in a place of its own.
        for (index, container) in containers.enumerated() {
            key("\(index)")
            bytes.append(literal: "{\"container\":")
            bytes.append(jsonString: container)
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(contentsOf: (isList ? "}]" : "}").utf8)
        isFirst = false
    }

    private mutating func list(_ name: StaticString, _ ids: [String]) {
        guard !ids.isEmpty else { return }
        key(name)
        for (index, id) in ids.enumerated() {
            bytes.append(UInt8(ascii: index == 0 ? "[" : ","))
            bytes.append(jsonString: id)
        }
        bytes.append(UInt8(ascii: "]"))
    }
}

// MARK: Members

extension RecordLine {
    private mutating func key(_ name: StaticString) { key("\(name)") }

    private mutating func key(_ name: String) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes.append(jsonString: name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func value(_ name: String, _ text: String) {
        key(name)
        bytes.append(jsonString: text)
    }

    private mutating func text(_ name: StaticString, _ text: String) { value("\(name)", text) }

    private mutating func number(_ name: StaticString, _ number: Int) {
        key(name)
        bytes.append(decimal: number)
    }

    private mutating func seconds(_ name: StaticString, _ microseconds: Int64) {
        key(name)
        bytes.append(contentsOf: Self.seconds(microseconds).utf8)
    }

    /// Seconds since 1970, with a fraction where there is one.
    static func seconds(_ microseconds: Int64) -> String {
        let fraction = microseconds % 1_000_000
        let whole = String(microseconds / 1_000_000)
        guard fraction > 0 else { return whole }
        let digits = String(fraction)
        return whole + "." + String(repeating: "0", count: 6 - digits.utf8.count) + digits
    }
}

extension Array {
    /// The element at a place, or the last where there are fewer; nil where there is none.
    fileprivate func element(_ place: Int) -> Element? { place < count ? self[place] : last }
}

extension Kind {
    /// What objects of the kind call themselves; nil for items, which have a type.
    ///
    /// - Source: the providers' object documents.
    fileprivate var objectName: String? {
        switch self {
        case .assistant: "assistant"
        case .thread: "thread"
        case .message: "thread.message"
        case .run: "thread.run"
        case .runStep: "thread.run.step"
        case .file: "file"
        case .vectorStore: "vector_store"
        case .vectorStoreFile: "vector_store.file"
        case .conversation: "conversation"
        case .item: nil
        case .response: "response"
        case .chatCompletion: "chat.completion"
        case .container: "container"
        case .containerFile: "container.file"
        case .batch: "batch"
        case .upload: "upload"
        }
    }

    /// Where a record of the kind names what contains it; files in stores and containers do it by their ids.
    fileprivate var containerField: StaticString? {
        switch self {
        case .message, .run: "thread_id"
        case .runStep: "run_id"
        case .item: "conversation_id"
        case .response: "conversation"
        default: nil
        }
    }

    /// The time of the kind that tells of something that happened to the record itself.
    fileprivate var activityField: StaticString? {
        switch self {
        case .message, .item, .response, .chatCompletion, .run, .runStep, .batch: "completed_at"
        case .vectorStore, .container: "last_active_at"
        default: nil
        }
    }

    /// Another such time.
    fileprivate var furtherActivityField: StaticString? {
        switch self {
        case .message: "incomplete_at"
        case .run: "started_at"
        case .runStep: "failed_at"
        case .batch: "in_progress_at"
        default: nil
        }
    }

    /// Where a record of the kind names what it uses, and whether that is a list.
    fileprivate var placeOfUses: (name: StaticString, isList: Bool)? {
        switch self {
        case .message: ("attachments", true)
        case .item: ("content", true)
        case .runStep: ("step_details", false)
        case .thread, .assistant: ("tool_resources", false)
        case .response: ("tools", true)
        default: nil
        }
    }
}
