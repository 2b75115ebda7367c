import Foundation
import Records
import TestSupport
import Testing

/// Random estates, documents and faults: planned and executed by the command against a service, and what that has
/// afterwards held against what the words of the design let go.
@Suite struct LiveExecutionPropertyTests {
    private static let rounds = Campaign.isSoak ? 20_000 : 200

    @Test func `what may not go is not touched, and what may go goes, whatever happens (cases 18-24, 53-62)`() async {
        let tally = await Self.tally(Self.rounds, isKilled: false)
        for (event, percent) in [
            ("without faults", 20), ("with faults", 20), ("changed since", 5), ("held since", 5), ("over a limit", 0),
        ] {
            #expect(tally.events[event, default: 0] > percent * Self.rounds / 100, "\(event)")
        }
        for kind in Kind.allCases where ![.batch, .upload].contains(kind) {
            #expect(tally.gone[kind, default: 0] > 0, "\(kind)")
        }
        #expect(tally.gone.values.reduce(0, +) > Self.rounds && tally.kept > 4 * Self.rounds)
        for outcome in [
            "deleted-verified", "cancelled-verified", "already-absent", "changed-since-plan", "held-since-plan",
        ] {
            #expect(tally.outcomes[outcome, default: 0] > 0, "\(outcome)")
        }
        for reason in ["no-call", "unread", "verdict", "no policy deletes it"] {
            #expect(tally.left[reason, default: 0] > 0, "\(reason)")
        }
    }

    @Test func `whenever it is killed, the next run finds its way, and what may not go is not touched (case 61)`() async
    {
        let rounds = Campaign.isSoak ? 500 : 30
        let tally = await Self.tally(rounds, isKilled: true)
        for moment in WatchedTwin.Interception.Moment.allCases {
            #expect(tally.events["killed when \(moment.rawValue)", default: 0] >= rounds / 8, "\(moment)")
        }
        #expect(tally.events["killed on the way", default: 0] > 0)
        let (begun, between) = ("begun to be killed", "killed between an intent and its outcome")
        // The others fall at any request, or wait for a call that is not made any more.
        #expect(tally.events[between, default: 0] * 10 > tally.events[begun, default: 0] * 6)
        #expect(tally.outcomes["deleted-verified", default: 0] > rounds && tally.kept > 4 * rounds)
    }

    /// Plays so many rounds, and says what came of them.
    private static func tally(_ rounds: Int, isKilled: Bool) async -> LiveExecutionTally {
        let tally = await onThread {
            var tally = LiveExecutionTally()
            for seed in 0..<UInt64(rounds) where tally.problems.count < 5 {
                do {
                    var round = try LiveExecutionRound(seed: seed, isKilled: isKilled)
                    try round.play(&tally)
                } catch {
                    tally.problems.append("round \(seed): \(error)")
                }
            }
            return tally
        }
        print(tally.summary)
        for problem in tally.problems { Issue.record(Comment(rawValue: problem)) }
        return tally
    }

    /// Waits on a thread of its own, as none of the pool may.
    static func onThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }
}
