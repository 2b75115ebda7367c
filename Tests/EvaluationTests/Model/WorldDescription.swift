import Chronology
import Policies
import Records
import RuleSupport

/// A world in a few lines, for whoever has to find out who is wrong.
extension World: CustomStringConvertible {
    var description: String {
        var lines: [String] = []
        for (index, source) in sources.enumerated() {
            let unread = Kind.allCases.filter { !source.complete.contains($0) }.map(\.name)
            lines.append("source \(source.name), unread: \(unread)")
            lines += records.filter { $0.source == index }.map { "  \($0)" }
        }
        lines += policies.map { "policy \($0.summary)" }
        lines += access.map { policy in
            "access policy \(policy.name) \(policy.match.summary), \(policy.mode): "
                + policy.validations.map { "\($0.name) \($0.expression.text)" }.joined(separator: ", ")
        }
        lines += holds.map {
            "hold \($0.name) \($0.match.summary) from \($0.from) until \(Comparison.moment($0.until))"
                + " in effect until \(Comparison.moment($0.inEffectUntil))"
        }
        lines += exceptions.map {
            "exception \($0.name) from \($0.policies) \($0.match.summary) before \($0.expiresAt)"
        }
        return lines.joined(separator: "\n")
    }
}

extension WorldRecord: CustomStringConvertible {
    var description: String {
        var words = ["\(kind.name) \(id)"]
        if let container { words.append("in \(container)") }
        words.append("created \(created.map { "\($0)" } ?? "absent")")
        if !activity.isEmpty { words.append("activity \(activity)") }
        if let expires { words.append("expires \(expires)") }
        if let bytes { words.append("\(bytes) bytes") }
        if let modified { words.append("modified \(modified)") }
        if role != .unknown { words.append("role \(role)") }
        if !metadata.isEmpty { words.append("\(metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })") }
        words += uses.map { "uses \($0.kind.name) \($0.id)" }
        words += cites.map { "cites \($0.kind.name) \($0.id)" }
        return words.joined(separator: ", ")
    }
}

extension Match {
    fileprivate var summary: String {
        var words: [String] = []
        if let kinds { words.append("\(kinds.kinds.map(\.name))") }
        if !sources.isEmpty { words.append("sources \(sources.map(\.pattern))") }
        words += metadata.map { "\($0.key) in \($0.values)" }
        if !subjects.isEmpty { words.append("subjects \(subjects)") }
        if !ids.isEmpty { words.append("ids \(ids)") }
        if let createdBetween { words.append("created \(createdBetween.from)…\(createdBetween.until)") }
        if let condition { words.append("where \(condition.text)") }
        return "matching " + (words.isEmpty ? "all" : words.joined(separator: " and "))
    }
}

extension RetentionPolicy {
    fileprivate var summary: String {
        var words = ["\(name) \(match.summary), clock \(clock.name)"]
        if case .lastActivity(let counts) = clock { words.append("counts \(Role.allCases.filter(counts.has))") }
        if let atLeast { words.append("atLeast \(atLeast)") }
        if let atMost { words.append("atMost \(atMost)") }
        if let overdueAfter { words.append("overdueAfter \(overdueAfter)") }
        words += ["whileUsed \(whileUsed)", "\(mode)", "whenDue \(whenDue)", "onUndetermined \(onUndetermined)"]
        if isDefault { words.append("default") }
        if zone != .utc { words.append("zone \(zone)") }
        return words.joined(separator: ", ")
    }
}
