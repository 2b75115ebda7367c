internal import CanonicalJSON
internal import Chronology

/// A request as its file has it: one RFC 8785 object, which names the person, and which nobody but its owner reads.
extension KeptRequest {
    private static let schemaVersion = "1"

    /// The bytes of the file, with a line feed.
    func bytes() throws(CanonicalError) -> [UInt8] {
        let object: CanonicalValue = .object([
            "events": .array(events.map(\.value)), "identities": .array(request.identities.map(\.value)),
            "extendedOn": text(request.extendedOn?.description), "name": .string(request.name),
            "ownLimit": text(request.ownLimit?.description), "received": .string(request.received.description),
            "regulation": .string(request.regulation.rawValue), "schemaVersion": .string(Self.schemaVersion),
            "taken": .string(taken.rfc3339),
            "unsearchable": .object(request.unsearchable.mapValues(CanonicalValue.integer)),
        ])
        return try object.canonical() + [0x0A]
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
        guard known.count == identities.count, read.count == events.count else { return nil }
        request = PrivacyRequest(
            name: name, regulation: regulation, received: received,
            ownLimit: object["ownLimit"]?.text.flatMap { try? Period($0) },
            extendedOn: object["extendedOn"]?.text.flatMap { try? CivilDate($0) }, identities: known,
            unsearchable: unsearchable.compactMapValues(\.wholeNumber))
        self.taken = taken
        self.events = read
    }
}

private func text(_ text: String?) -> CanonicalValue { text.map(CanonicalValue.string) ?? .null }

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
        .object([
            "at": .string(at.rfc3339), "by": text(by), "complete": .boolean(isComplete), "freeFrom": text(freeFrom),
            "gone": .integer(gone), "keepers": .array(keepers.map(CanonicalValue.string)), "kept": .integer(kept),
            "list": text(list), "plan": .string(plan), "review": .integer(review), "step": .string(step.rawValue),
            "unread": .array(unread.map(\.value)),
        ])
    }

    fileprivate init?(_ value: CanonicalValue) {
        guard let at = value["at"]?.text.flatMap({ try? Instant(rfc3339: $0) }),
            let step = value["step"]?.text.flatMap(KeptRequest.Step.init(rawValue:)), let plan = value["plan"]?.text,
            let gone = value["gone"]?.wholeNumber, let kept = value["kept"]?.wholeNumber,
            let review = value["review"]?.wholeNumber, case .array(let keepers)? = value["keepers"],
            case .boolean(let isComplete)? = value["complete"], case .array(let items)? = value["unread"]
        else { return nil }
        let unread = items.compactMap(ErasureDecision.Unread.init)
        guard unread.count == items.count else { return nil }
        self.init(
            at: at, step: step, plan: plan, gone: gone, kept: kept, review: review, freeFrom: value["freeFrom"]?.text,
            keepers: keepers.compactMap(\.text), isComplete: isComplete, unread: unread, list: value["list"]?.text,
            by: value["by"]?.text)
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
