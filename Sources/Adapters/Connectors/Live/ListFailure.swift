internal import HTTP

/// Why a list was not read to its end.
enum ListFailure: Error, Equatable {
    /// There was no answer; what HTTP says about it, which names the address.
    case unanswered(HTTPError)
    /// The service refused.
    case refused(Refusal)
    /// An answer is not what was asked for.
    case unreadable
    /// The server gives the same page again.
    case cursorIgnored
    /// The server says that there are more, and gives none.
    case emptyPage
    /// The server says that there are more, and does not say behind which element.
    case noCursor
    /// The service has the list, and not what follows an element of it.
    case brokenOff
    /// The service had refused the credential before.
    case notAsked

    /// Whether the service has no such thing: because it is gone, or because its whole surface is.
    var isAbsence: Bool {
        if case .refused(let refusal) = self { refusal.status == 404 || refusal.status == 410 } else { false }
    }

    /// Whether the service itself says that it does not show this, to this credential or to nobody, and will say so again.
    ///
    /// A credential that is not known at all says nothing of one list, and what is busy or broken may answer the next time.
    var isDenial: Bool {
        guard case .refused(let refusal) = self else { return false }
        return refusal.status == 401 ? !refusal.mayBeExpiry : [403, 404, 405, 410, 501].contains(refusal.status)
    }

    /// For people: what, and what to do next. It holds no content.
    var description: String { "\(reason); \(remedy)" }

    /// What happened.
    var reason: String {
        switch self {
        case .unanswered(let error): "no answer: \(error.target): \(error.reason)"
        case .refused(let refusal): refusal.description
        case .unreadable: "the answer is not what was asked for"
        case .cursorIgnored: "the server gives the same page again, so that what follows it cannot be reached"
        case .emptyPage: "the server says that there are more, and gives none"
        case .noCursor: "the server says that there are more, and not how to reach them"
        case .brokenOff:
            "the list breaks off: the server answers 404 to what follows an element that it gave, which may be gone by now"
        case .notAsked: "not asked for, because the credential was refused"
        }
    }

    /// What to do about it.
    var remedy: String {
        switch self {
        case .unanswered(let error): error.hint
        case .refused(let refusal): refusal.hint
        case .unreadable: "check the address"
        case .cursorIgnored: "have the server honour `after`"
        case .emptyPage, .brokenOff: "scan again"
        case .noCursor: "check the server"
        case .notAsked: "correct it"
        }
    }
}
