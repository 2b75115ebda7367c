import Disposition
import HTTP
import ProviderFacts
import Records
import TestSupport
import Testing
import Twin

@testable import Connectors

/// Deletions while much goes wrong: what is concluded against what the service holds in the end.
@Suite(.serialized) struct FaultyDeletionTests {
    private static let mix =
        #"{"throttled":15,"throttledSilently":10,"failing":20,"reset":35,"torn":15,"slow":5,"lateLists":40,"#
        + #""lateRecords":40,"staleLists":10,"undeleted":20,"missingAs400":5}"#

    /// Whether the service has a record, asked plainly until nothing goes wrong with the answer any more.
    private func isThere(_ path: RecordPath, _ acting: Acting) async throws -> Bool {
        let client = try HTTPClient()
        var status = 0
        for _ in 0..<12 {
            let correspondent = acting.service.correspondent
            let request = path.record.request(
                .get, below: correspondent.base, version: correspondent.version,
                credential: correspondent.passport.current.header)
            status = (try? await client.send(request))?.status ?? 0
        }
        #expect([200, 400, 404].contains(status))
        return status == 200
    }

    @Test(arguments: ServiceKind.allCases)
    func `never calls gone what is there, nor believes what only says so (cases 56 to 59)`(
        service: ServiceKind
    ) async throws {
        var answers: [String: Int] = [:]
        var sightings: [String: Int] = [:]
        for seed in 1...12 as ClosedRange<UInt64> {
            let (twin, _) = try DeletionTests.twin(service, faults: Self.mix, seed: seed)
            let acting = try Acting(twin, as: service)
            for (kind, id, container) in try DeletionTests.deletable(service) {
                let target = DispositionTarget(kind: kind, id: id, container: container)
                // What stands below something that is gone is gone with it.
                guard case .present = await acting.service.look(at: target) else { continue }
                let verb: PlannedAction.Verb = kind == .vectorStoreFile ? .detach : .delete
                let answer = await acting.service.call(verb, on: target)
                let sighting = await acting.service.readBack(verb, on: target)
                let isThere = try await isThere(try RecordPath(target, service.facts), acting)
                answers[answer.word, default: 0] += 1
                sightings[sighting.word, default: 0] += 1
                let words: Comment = "seed \(seed): \(kind): \(answer), \(sighting), there: \(isThere)"
                #expect(sighting != .absent || !isThere, words)
                #expect(answer != .accepted || !isThere, words)
                #expect(answer != .denied || isThere, words)
                if case .present = sighting { #expect(isThere || answer.word == "lost", words) }
            }
        }
        print(
            "\(service): answers \(answers.sorted { $0.key < $1.key }), read back \(sightings.sorted { $0.key < $1.key })"
        )
        for word in ["accepted", "denied", "lost"] { #expect(answers[word, default: 0] > 2, "\(word)") }
        for word in ["absent", "present", "unreadable"] { #expect(sightings[word, default: 0] > 2, "\(word)") }
    }
}

extension CallAnswer {
    fileprivate var word: String { "\(self)".prefix { $0 != "(" }.description }
}

extension Sighting {
    fileprivate var word: String { "\(self)".prefix { $0 != "(" }.description }
}
