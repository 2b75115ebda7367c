internal import Disposition
internal import HTTP
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
            let own = await look(at: path)
            let conclusion: Sighting
            switch own {
            case .retired, .refused: return own
            case .present(let facts):
                switch await sightInList(path) {
                case .shown, .none:
                    // A deletion may take a moment, and one that the service speaks of may be still to be seen.
                    looks = looks.map { $0 - 1 }
                    if let looks, looks <= 0, !facts.isBeingDeleted { return own }
                    conclusion = own
                case .notShown: conclusion = .unreadable("its list does not show it any more, and its own path does")
                case .refused(let reason): return .refused(reason)
                case .unreadable(let reason): conclusion = .unreadable(reason)
                }
            case .unreadable: conclusion = own
            case .absent:
                switch await sightInList(path) {
                case .notShown, .none: return own
                case .shown: conclusion = .unreadable("its own path does not have it any more, and its list shows it")
                case .refused(let reason): return .refused(reason)
                case .unreadable(let reason): conclusion = .unreadable(reason)
                }
            }
            guard let wait = waits.popFirst(), !Task.isCancelled else { return conclusion }
            await clock.sleep(wait)
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

    private func sightInList(_ path: RecordPath) async -> ListSight {
        guard let list = path.list else { return .none }
        var order = ListOrder()
        var isShown = false
        let created = memory.created(path.target)
        // What is due is old: where the list begins with what is oldest, few pages are enough.
        let end = await walk(list, .oldestFirst) { page, _ in
            for element in page.elements {
                if element.id == path.id, !element.isGone {
                    isShown = true
                    return true
                }
                order.take(element.created)
            }
            return created.map(order.isPast) ?? false
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
