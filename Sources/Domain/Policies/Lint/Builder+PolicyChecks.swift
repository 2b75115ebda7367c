import Chronology
import Records
import YAML

/// What can be wrong with a retention policy by itself, beyond the shape of its keys.
extension Builder {
    func check(_ policy: RetentionPolicy, _ spec: CheckedObject, _ file: inout DocumentFile) {
        checkKeep(policy, spec, &file)
        checkClock(policy, spec, &file)
        checkEffect(policy, spec, &file)
        if policy.whenDue == .delete {
            let kept = namedKinds(spec).filter { !$0.kind.canBeDeleted }
            for (kind, mark) in kept {
                file.warn(
                    "no-delete-verb", at: mark, "providers have no verb that deletes a \(kind.name)",
                    hint: "it goes with what contains it; write whenDue: review, or leave the kind out")
            }
        }
        if policy.isDefault, policy.atMost == nil, spec.object("keep")?.names("atLeast") == true {
            file.warn(
                "default-without-limit", at: spec.mark(of: "default"), "a default without atMost never gives way",
                hint: "remove 'default', or add keep.atMost")
        }
    }

    private func checkKeep(_ policy: RetentionPolicy, _ spec: CheckedObject, _ file: inout DocumentFile) {
        var order = PeriodOrder()
        guard let keep = spec.object("keep"), let atLeast = policy.atLeast, let atMost = policy.atMost,
            let day = order.dayFromWhich(atLeast, exceeds: atMost, in: policy.zone)
        else { return }
        file.error(
            "keep-contradiction", at: keep.mark(of: "atLeast"),
            "atLeast \(atLeast) is longer than atMost \(atMost) from \(day)",
            hint: "nothing could satisfy both; shorten atLeast or lengthen atMost")
    }

    /// What is said of due records, of which there are none, or none that may go.
    private func checkEffect(_ policy: RetentionPolicy, _ spec: CheckedObject, _ file: inout DocumentFile) {
        if policy.atMost == nil, spec.object("keep")?.names("atMost") == false {
            let idle = ["overdueAfter", "limits", "approvals"] + (policy.whenDue == .report ? [] : ["whenDue"])
            for key in idle where spec.names(key) {
                file.warn(
                    "idle-disposition", at: spec.keyMarks[key] ?? spec.mark,
                    "\(quoted(key)) has no effect: without keep.atMost nothing is ever due",
                    hint: "remove it, or add keep.atMost")
            }
            return
        }
        if policy.whenDue == .report, spec.names("approvals") {
            file.warn(
                "idle-disposition", at: spec.keyMarks["approvals"] ?? spec.mark,
                "'approvals' has no effect: nothing is deleted or reviewed under whenDue: report",
                hint: "remove it, or write whenDue: delete or whenDue: review")
        }
        checkDemand(policy, spec, &file)
        if let limits = policy.limits {
            if policy.whenDue == .report {
                file.warn(
                    "idle-disposition", at: spec.keyMarks["limits"] ?? spec.mark,
                    "'limits' has no effect: nothing is deleted under whenDue: report",
                    hint: "remove it, or write whenDue: delete or whenDue: review")
            } else if [limits.records, limits.percent, limits.perSubject].contains(0) {
                file.warn(
                    "idle-disposition", at: spec.keyMarks["limits"] ?? spec.mark,
                    "the policy deletes, and its limits let a run delete nothing",
                    hint: "raise the limit, or write whenDue: review")
            }
        }
    }

    private func checkDemand(_ policy: RetentionPolicy, _ spec: CheckedObject, _ file: inout DocumentFile) {
        guard let demand = policy.approvals, let object = spec.object("approvals") else { return }
        var seen: Set<String> = []
        for name in object.scalars("from") where !seen.insert(name.text).inserted {
            file.error(
                "duplicate-key", at: name.mark, "\(quoted(name.text)) is named twice", hint: "one person counts once")
        }
        if object.names("from"), seen.count < demand.count {
            file.error(
                "approvals-impossible", at: object.mark(of: "count"),
                "\(demand.count) approvals are asked for, and \(seen.count) people can give one",
                hint: "name more of them, or lower the count")
        }
    }

    private func checkClock(_ policy: RetentionPolicy, _ spec: CheckedObject, _ file: inout DocumentFile) {
        let name = policy.clock.name
        for (kind, mark) in namedKinds(spec) where !kind.clocks.contains(name) && name != "custom" {
            file.error(
                "clock-never", at: mark, "a record of kind \(kind.name) never has the clock \(name)",
                hint: "count from \(kind.clocks.joined(separator: " or ")), or leave the kind out")
        }
    }

    private func namedKinds(_ spec: CheckedObject) -> [(kind: Kind, mark: Mark)] {
        spec.object("match")?.scalars("kinds").compactMap { scalar in
            Kind(named: scalar.text).map { ($0, scalar.mark) }
        } ?? []
    }
}

extension Kind {
    /// The named clocks that records of the kind can have.
    ///
    /// - Source: the design's table of times (section 3) and the providers' object documents.
    var clocks: [String] {
        var clocks = self == .item ? ["lastActivity"] : ["created", "lastActivity"]
        if [.conversation, .item, .thread, .message].contains(self) { clocks.append("lastModified") }
        if [.file, .vectorStore, .container, .batch, .upload].contains(self) { clocks.append("expires") }
        return clocks
    }

    /// Whether providers have a verb that deletes such a record by itself.
    ///
    /// - Source: the design, section 3: runs, steps and batches cannot be deleted.
    var canBeDeleted: Bool { self != .run && self != .runStep && self != .batch }
}
