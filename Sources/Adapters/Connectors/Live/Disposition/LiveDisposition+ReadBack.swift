internal import Disposition
internal import HTTP
internal import ProviderFacts
internal import Records

/// What a list shows of a record.
private enum ListSight {
    case shown
    case notShown
    /// There is no list.
    case none
    case refused(String)
    case unreadable(String)
}

extension LiveDisposition {
    /// Looks at a record that should be gone, by its own path and in its list, until both say the same.
    func readBackAbsence(of path: RecordPath) async -> Sighting {
        var looks = memory.isAccepted(path.target) ? nil : patience.looksAtRest
        var waits = patience.waits[...]
        while true {
            let conclusion: Sighting
            switch await sight(at: path) {
            case nil:
                conclusion = await absence(byListFor: path)
                if case .unreadable = conclusion { break }
                return conclusion
            case .present(let facts)?:
                switch await sightInList(path) {
                case .shown, .none:
                    // A deletion may take a moment, and one that the service speaks of may be still to be seen.
                    looks = looks.map { $0 - 1 }
                    if let looks, looks <= 0, !facts.isBeingDeleted { return .present(facts) }
                    conclusion = .present(facts)
                case .notShown: conclusion = .unreadable("its list does not show it any more, and its own path does")
                case .refused(let reason): return .refused(reason)
                case .unreadable(let reason): conclusion = .unreadable(reason)
                }
            case .unreadable(let reason)?: conclusion = .unreadable(reason)
            case let settled?: return settled
            }
            guard let wait = waits.popFirst(), !Task.isCancelled else { return conclusion }
            await clock.sleep(wait)
        }
    }

    /// What its list says of a record that its own path does not have.
    private func absence(byListFor path: RecordPath) async -> Sighting {
        switch await sightInList(path) {
        // A list that answers shows that the surface is there.
        case .notShown, .none: await absence(in: path.surface.family)
        case .shown: .unreadable("its own path does not have it any more, and its list shows it")
        case .refused(let reason): .refused(reason)
        case .unreadable(let reason): .unreadable(reason)
        }
    }

    /// Looks at a record that should be at its end, until it is or nothing changes any more.
    func readBackEnd(of path: RecordPath) async -> Sighting {
        var waits = patience.waits[...]
        while true {
            let sighting = await look(at: path)
            switch sighting {
            case .absent, .retired, .refused: return sighting
            case .present(let facts) where !facts.isAtWork: return sighting
            case .present, .unreadable: break
            }
            guard let wait = waits.popFirst(), !Task.isCancelled else { return sighting }
            await clock.sleep(wait)
        }
    }

    /// How far a list is read whose elements have no times, the items of a conversation: each deletion of thousands would
    /// read all that are left. What stands further back is judged by its own path.
    private static let mostPagesWithoutTimes = 10

    private func sightInList(_ path: RecordPath) async -> ListSight {
        guard let list = path.list else { return .none }
        var order = ListOrder()
        var isShown = false
        let created = memory.created(path.target)
        var pages = 0
        // What is due is old: where the list begins with what is oldest, few pages are enough.
        let end = await walk(list, .oldestFirst) { page, _ in
            pages += 1
            for element in page.elements {
                if element.id == path.id, !element.isGone {
                    isShown = true
                    return true
                }
                order.take(element.created)
            }
            return created.map(order.isPast) ?? false || (order.isTimeless && pages >= Self.mostPagesWithoutTimes)
        }
        switch end {
        case .enough: return isShown ? .shown : .notShown
        case .end, .missing: return .notShown
        case .notAllowed: return .none
        case .refused(let reason): return .refused(reason)
        case .unreadable(let reason): return .unreadable(reason)
        }
    }
}

/// - Source: OpenAI's OpenAPI document 2.3.0 for the statuses of runs, responses and batches; Microsoft's specification of
///   Azure OpenAI for those of files that are being deleted.
extension CurrentFacts {
    fileprivate var isAtWork: Bool {
        status.map(Self.statesAtWork.contains) ?? false
    }

    private static let statesAtWork: Set<String> = [
        "queued", "in_progress", "requires_action", "cancelling", "validating", "finalizing",
    ]

    fileprivate var isBeingDeleted: Bool { status == "deleting" || status == "deleted" }
}

extension ListedPage.Element {
    /// Whether the list shows it as what is not there any more.
    fileprivate var isGone: Bool { status == "deleted" }
}
