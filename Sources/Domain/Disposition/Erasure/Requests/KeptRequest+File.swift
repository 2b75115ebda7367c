internal import CanonicalJSON
internal import Chronology

/// A request as its file has it: one RFC 8785 object, which names the person, and which nobody but its owner reads.
extension KeptRequest {
    private static let schemaVersion = "1"

    /// The bytes of the file, with a line feed.
    func bytes() throws(CanonicalError) -> [UInt8] {
        var members: [String: CanonicalValue] = [
            "events": .array(events.map(\.value)), "identities": .array(request.identities.map(\.value)),
            "extendedOn": text(request.extendedOn?.description), "name": .string(request.name),
            "ownLimit": text(request.ownLimit?.description), "received": .string(request.received.description),
            "regulation": .string(request.regulation.rawValue), "schemaVersion": .string(Self.schemaVersion),
            "taken": .string(taken.rfc3339),
            "unsearchable": .object(request.unsearchable.mapValues(CanonicalValue.integer)),
        ]
        if !request.contentHashKeys.isEmpty {
            members["contentHashKeys"] = .array(request.contentHashKeys.map(CanonicalValue.string))
        }
        return try CanonicalValue.object(members).canonical() + [0x0A]
    }

    /// Reads what `bytes` wrote; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard bytes.last == 0x0A, let object = CanonicalValue(object: Array(bytes.dropLast())),
            object["schemaVersion"]?.text == Self.schemaVersion, let name = object["name"]?.text,
            let regulation = object["regulation"]?.text.flatMap(Regulation.init(rawValue:)),
            let received = object["received"]?.text.flatMap({ try? CivilDate($0) }),
            let taken = object["taken"]?.text.flatMap({ try? Instant(rfc3339: $0) }),
            case .array(let identities)? = object["identities"], case .array(let events)? = object["events"],
            case .object(let unsearchable)? = object["unsearchable"]
        else { return nil }
        let known = identities.compactMap(Identity.init)
        let read = events.compactMap(Event.init)
        guard known.count == identities.count, read.count == events.count,
            let contentHashKeys = texts(object["contentHashKeys"])
        else { return nil }
        request = PrivacyRequest(
            name: name, regulation: regulation, received: received,
            ownLimit: object["ownLimit"]?.text.flatMap { try? Period($0) },
            extendedOn: object["extendedOn"]?.text.flatMap { try? CivilDate($0) }, identities: known,
            unsearchable: unsearchable.compactMapValues(\.wholeNumber), contentHashKeys: contentHashKeys)
        self.taken = taken
        self.events = read
    }
}

private func text(_ text: String?) -> CanonicalValue { text.map(CanonicalValue.string) ?? .null }

/// The texts of a list; none where there is no list, as in what was written before there was one.
private func texts(_ value: CanonicalValue?) -> [String]? {
    guard let value else { return [] }
    guard case .array(let items) = value else { return nil }
    let texts = items.compactMap(\.text)
    return texts.count == items.count ? texts : nil
}

extension Identity {
    fileprivate var value: CanonicalValue {
        var members: [String: CanonicalValue] = ["form": .string(form.rawValue)]
        switch self {
        case .user(let text), .digest(let text), .identifier(let text): members["value"] = .string(text)
        case .email(let address): members["value"] = .string(address.written)
        case .metadata(let key, let value): members.merge(["key": .string(key), "value": .string(value)]) { $1 }
        }
        return .object(members)
    }

    fileprivate init?(_ value: CanonicalValue) {
        guard let form = value["form"]?.text.flatMap(Form.init(rawValue:)), let text = value["value"]?.text else {
            return nil
        }
        switch form {
        case .user: self = .user(text)
        case .identifier: self = .identifier(text)
        case .digest: self.init(digest: text)
        case .email:
            guard let address = EmailAddress(text) else { return nil }
            self = .email(address)
        case .metadata:
            guard let key = value["key"]?.text else { return nil }
            self = .metadata(key: key, value: text)
        }
    }
}

extension KeptRequest.Event {
    fileprivate var value: CanonicalValue {
        var members: [String: CanonicalValue] = [
            "at": .string(at.rfc3339), "by": text(by), "complete": .boolean(isComplete), "freeFrom": text(freeFrom),
            "gone": .integer(gone), "keepers": .array(keepers.map(CanonicalValue.string)), "kept": .integer(kept),
            "list": text(list), "plan": .string(plan), "review": .integer(review), "step": .string(step.rawValue),
            "unread": .array(unread.map(\.value)),
        ]
        if let comparison { members["comparison"] = comparison.value }
        return .object(members)
    }

    fileprivate init?(_ value: CanonicalValue) {
        guard let at = value["at"]?.text.flatMap({ try? Instant(rfc3339: $0) }),
            let step = value["step"]?.text.flatMap(KeptRequest.Step.init(rawValue:)), let plan = value["plan"]?.text,
            let gone = value["gone"]?.wholeNumber, let kept = value["kept"]?.wholeNumber,
            let review = value["review"]?.wholeNumber, case .array(let keepers)? = value["keepers"],
            case .boolean(let isComplete)? = value["complete"], case .array(let items)? = value["unread"]
        else { return nil }
        let unread = items.compactMap(ErasureDecision.Unread.init)
        let comparison = value["comparison"].map(ContentComparison.init)
        guard unread.count == items.count, comparison != .some(nil) else { return nil }
        self.init(
            at: at, step: step, plan: plan, gone: gone, kept: kept, review: review, freeFrom: value["freeFrom"]?.text,
            keepers: keepers.compactMap(\.text), isComplete: isComplete, unread: unread, list: value["list"]?.text,
            by: value["by"]?.text, comparison: comparison ?? nil)
    }
}

extension ContentComparison {
    fileprivate var value: CanonicalValue {
        .object([
            "compared": .integer(compared), "keys": .array(keys.map(CanonicalValue.string)),
            "withoutHash": .integer(withoutHash),
        ])
    }

    fileprivate init?(_ value: CanonicalValue) {
        guard let keys = texts(value["keys"]), let compared = value["compared"]?.wholeNumber,
            let withoutHash = value["withoutHash"]?.wholeNumber
        else { return nil }
        self.init(keys: keys, compared: compared, withoutHash: withoutHash)
    }
}

extension ErasureDecision.Unread {
    fileprivate var value: CanonicalValue {
        .object(["extent": .string(extent), "kind": .string(kind), "source": .string(source)])
    }

    fileprivate init?(_ value: CanonicalValue) {
        guard let source = value["source"]?.text, let kind = value["kind"]?.text, let extent = value["extent"]?.text
        else { return nil }
        self.init(source: source, kind: kind, extent: extent)
    }
}
