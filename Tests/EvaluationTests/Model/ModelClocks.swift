import Chronology
import Policies
import Records
import RuleSupport

/// What a policy's clock shows for a record.
enum ModelClock: Equatable {
    case interval(Interval)
    case notBegun
    case failed
}

extension ModelFacts {
    func clock(_ clock: RetentionPolicy.Clock, _ index: Int) -> ModelClock {
        let node = nodes[index]
        switch clock {
        case .created: return .interval(node.created)
        case .lastActivity(let counts): return .interval(lastActivity(index, counts: counts))
        case .lastModified: return node.modified.map { .interval($0) } ?? .notBegun
        case .expires: return node.expires.map { .interval($0) } ?? .notBegun
        case .custom: return closing(node)
        }
    }

    /// The one custom clock of these tests: `timestamp(object.metadata.closed_at)`.
    private func closing(_ node: ModelNode) -> ModelClock {
        switch node.metadata["closed_at"] ?? .absent {
        case .absent: return .notBegun
        case .undecided: return .failed
        case .text(let text):
            guard let instant = try? Instant(rfc3339: text) else { return .failed }
            return .interval(Interval(point: Moment(instant)))
        }
    }

    /// The design, section 3, "What each kind knows of time", and the fine print, "Clocks".
    func lastActivity(_ index: Int, counts: RoleSet) -> Interval {
        let node = nodes[index]
        if node.isConflicted { return .everything }
        var last = Self.later(node.created, node.own)
        var mayBeMore = false
        switch node.kind {
        case .thread:
            for part in parts(of: index, .message) { raise(&last, by: part, counts: counts) }
            for part in parts(of: index, .run) { last = Self.later(last, own(part)) }
            mayBeMore = !isComplete(.message, for: index) || !isComplete(.run, for: index)
        case .conversation:
            for part in parts(of: index, .response) { last = Self.later(last, own(part)) }
            for part in parts(of: index, .item) where nodes[part].hasCreated { raise(&last, by: part, counts: counts) }
            mayBeMore = !isComplete(.response, for: index)
        case .assistant:
            for run in nodes.indices where nodes[run].kind == .run && nodes[run].cites.contains(index) {
                last = Self.later(last, own(run))
            }
            mayBeMore = !isComplete(.run, for: index)
        case .vectorStoreFile:
            for store in node.containers { last = Self.later(last, own(store)) }
            mayBeMore = node.containers.isEmpty
        case .file:
            for user in node.users where user != index {
                let activity = nodes[user].kind == .file ? own(user) : lastActivity(user, counts: counts)
                last = Self.later(last, activity)
            }
            mayBeMore = Kind.allCases.contains { $0.targets.has(.file) && !isComplete($0, for: index) }
        default: break
        }
        return mayBeMore ? Interval(earliest: last.earliest, latest: max(last.latest, World.asOf)) : last
    }

    private func raise(_ last: inout Interval, by part: Int, counts: RoleSet) {
        let role = nodes[part].role
        if role == .unknown {
            last = Interval(earliest: last.earliest, latest: max(last.latest, own(part).latest))
        } else if counts.has(role) {
            last = Self.later(last, own(part))
        }
    }

    private func own(_ index: Int) -> Interval { Self.later(nodes[index].created, nodes[index].own) }

    private func parts(of index: Int, _ kind: Kind) -> [Int] {
        nodes.indices.filter { nodes[$0].kind == kind && nodes[$0].containers.contains(index) }
    }
}
