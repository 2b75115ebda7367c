internal import Chronology
public import Disposition
internal import Evaluation
internal import Records
internal import Terminal

/// What a privacy request comes to, for people and as JSON: it names records by their ids, and nobody.
public struct ErasureReport {
    /// The version of the JSON form.
    public static let schemaVersion = "1"

    let request: PrivacyRequest
    let token: String
    let decision: ErasureDecision
    let list: String?
    let isSettled: Bool
    let dates: DueDates
    let deadline: DueDates.Due
    let plan: Plan
    let path: String
    let gates: [Gate]
    let toolVersion: String

    /// A report on a request for which a plan was written.
    ///
    /// - Parameters:
    ///   - token: what logs call the person.
    ///   - list: the digest of what a person has to look at; nil where nobody has to.
    ///   - isSettled: whether somebody looked at just that already.
    ///   - deadline: by when it is answered at last.
    ///   - path: the file of the plan.
    public init(
        _ request: PrivacyRequest, token: String, _ decision: ErasureDecision, list: String?, isSettled: Bool,
        dates: DueDates, deadline: DueDates.Due, plan: Plan, at path: String, gates: [Gate], toolVersion: String
    ) {
        (self.request, self.token, self.decision) = (request, token, decision)
        (self.list, self.isSettled) = (list, isSettled)
        (self.dates, self.deadline, self.plan) = (dates, deadline, plan)
        (self.path, self.gates, self.toolVersion) = (path, gates, toolVersion)
    }

    /// How many records of a kind people want to read; the rest is counted.
    private static let most = 40

    /// The report for people.
    public func text(style: TextStyle = .plain) -> String {
        let lines =
            head(style) + theirs(style) + kept(style) + review(style) + irreversible(style) + blindness(style)
            + closed(style)
            + ["", "Nothing was deleted. Next: tenure plan show \(path)".visible]
        return lines.joined(separator: "\n") + "\n"
    }

    private func head(_ style: TextStyle) -> [String] {
        let theirs = decision.going.count + decision.kept.count + obstructed
        var table = TextTable(alignment: .left)
        table.add(["answer by", "\(deadline.day): \(deadline.rule)"])
        if let confirm = dates.confirm { table.add(["confirm by", "\(confirm.day): \(confirm.rule)"]) }
        table.add(["person", token])
        table.add(["plan", "\(path), sha256:\(plan.digest), expires \(plan.binding.expires)"])
        return [
            style.strong(
                "REQUEST \(request.name): \(counted(theirs)): \(grouped(decision.going.count)) would go, "
                    + "\(grouped(decision.kept.count)) kept by law, \(grouped(decision.review.count)) to look at"), "",
        ] + table.lines()
    }

    /// What is theirs, and is looked at because of something other than whose it is.
    private var obstructed: Int {
        decision.review.count { if case .obstacle = $0.reason { true } else { false } }
    }

    private func counted(_ count: Int) -> String { "\(grouped(count)) record\(count == 1 ? " is" : "s are") theirs" }

    private func theirs(_ style: TextStyle) -> [String] {
        guard !decision.going.isEmpty else { return [] }
        var counts: [String: Int] = [:]
        for row in decision.going { counts["\(source(row))  \(inventory.kinds[row].name)", default: 0] += 1 }
        var table = TextTable(alignment: .right)
        for (words, count) in counts.sorted(by: { $0.key < $1.key }) { table.add([words, grouped(count)]) }
        return ["", style.strong("Would go")] + table.lines()
    }

    private func kept(_ style: TextStyle) -> [String] {
        section("Kept by law", decision.kept, style) { kept in
            let grounds = kept.grounds.map { ground in
                let until = ground.until.map { "until \($0)" } ?? "until the matter ends"
                return "\(ground.document), \(until) (\(ground.ground.article(of: request.regulation)))"
            }
            return "\(name(kept.row)): \(grounds.joined(separator: "; "))"
        }
    }

    private func review(_ style: TextStyle) -> [String] {
        let lines = section("To look at", decision.review, style) { looked in
            "\(name(looked.row)): \(looked.reason.sentence)\(through(looked.row))"
        }
        guard let list else { return lines }
        let next =
            isSettled
            ? "Somebody looked at just this before, and decided that it stays."
            : "Delete by hand what should not stay, and plan again; or say that all of it stays: tenure erase settle "
                + "\(request.name) --as NAME --review \(list)"
        return lines + ["  \(next)"]
    }

    private func irreversible(_ style: TextStyle) -> [String] {
        section("Cannot be taken back", decision.irreversible, style) { row in
            "\(name(row)): a model may have been trained on it, and keeps what it learned: retire that model"
        }
    }

    private func through(_ row: Int) -> String {
        guard case .through(let link, let other)? = decision.discovery.path(to: row).last?.way else { return "" }
        return link == .sameContents ? " (the same contents as \(name(other)))" : " (\(name(other)))"
    }

    private func section<Element>(
        _ title: String, _ elements: [Element], _ style: TextStyle, _ line: (Element) -> String
    ) -> [String] {
        guard !elements.isEmpty else { return [] }
        var lines = ["", style.strong(title)] + elements.prefix(Self.most).map { "  \(line($0))".visible }
        if elements.count > Self.most {
            lines.append("  and \(grouped(elements.count - Self.most)) more (--format json)")
        }
        return lines
    }

    private func blindness(_ style: TextStyle) -> [String] {
        var lines = ["", style.strong("Not looked at")]
        let unread = Dictionary(grouping: decision.unread) { "\($0.source): \($0.extent)" }
        for (place, kinds) in unread.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(place) of \(kinds.map(\.kind).joined(separator: ", "))".visible)
        }
        for ownerless in decision.discovery.ownerless {
            let count = grouped(ownerless.records)
            lines.append("  \(ownerless.source): \(count) of kind \(ownerless.kind) name nobody".visible)
        }
        for (form, count) in request.unsearchable.sorted(by: { $0.key < $1.key }) {
            lines.append("  \(count) identities were given as \(form), which nobody can look for".visible)
        }
        return lines + BlindSpot.allCases.map { "  \($0.sentence(decision.discovery.comparison))".visible }
    }

    private func closed(_ style: TextStyle) -> [String] {
        guard !gates.isEmpty else { return [] }
        return ["", style.strong("Closed gates")] + gates.map { "  \($0.description)".visible }
    }

    var inventory: Inventory { decision.result.inventory }

    func source(_ row: Int) -> String { inventory.sourceNames[Int(inventory.sources[row])] }

    private func name(_ row: Int) -> String { "\(source(row))/\(inventory.kinds[row].name)/\(inventory.id(row))" }
}

extension ErasureDecision.Reason {
    /// For people.
    var sentence: String {
        switch self {
        case .doubt(.alike): "an address in it is like theirs, and not the same"
        case .doubt(.mentions): "it is somebody else's, or nobody's, and has something of theirs"
        case .doubt(.namesOthers): "it names somebody else, too"
        case .doubt(.holdsOthers): "it is theirs, and has parts of others"
        case .doubt(.shared): "others use it, too"
        case .doubt(.undecided): "two readings differ about whose it is"
        case .obstacle(.error): "an expression failed on it (tenure explain says which)"
        case .obstacle(.inUse): "something that stays uses it"
        case .obstacle(.noCall): "no call deletes it: ask the provider"
        case .obstacle(.unread): "what may protect it, or use it, was not read to its end"
        case .obstacle(.unknownOwner): "a hold asks whose it is, and nobody can say"
        }
    }
}
