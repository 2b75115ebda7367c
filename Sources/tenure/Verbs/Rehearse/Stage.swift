internal import Chronology
internal import Connectors
internal import Disposition
internal import Files
internal import Policies
internal import Records
internal import Twin

/// The twins that play the places of a plan, and the documents as if they were these places.
///
/// No credential of the documents is read: a twin takes what this makes up.
final class Stage {
    /// What goes wrong; nil for nothing.
    let faults: Faults?
    /// The documents, whose only services are the twins.
    let policies: PolicySet
    /// The time of all executions.
    let time: RehearsedTime
    private let twins: [String: Twin]
    private let scratch: ScratchDirectory

    /// - Parameter estates: a directory for all places, or `NAME=DIR` for one.
    init(
        _ plan: Plan, _ documents: PolicySet, _ estates: [String], _ faults: Faults?, retired: [String], asOf: Instant
    ) throws(Failure) {
        let time = RehearsedTime(start: asOf)
        self.time = time
        self.faults = faults
        scratch = try Self.scratch()
        let choice = try EstateChoice(estates, of: plan)
        var twins: [String: Twin] = [:]
        var sources: [Source] = []
        for source in documents.sources {
            guard plan.binding.places.contains(where: { $0.name == source.name }),
                let profile = TwinProfile(sourceType: source.type)
            else { continue }
            let estate = try choice.directory(of: source.name)
            let twin: Twin
            do throws(TwinError) {
                twin = try Twin(
                    estate: estate, profile: profile, retired: retired, faults: faults,
                    now: asOf.seconds, clock: { time.now.seconds }, isStill: true)
            } catch {
                throw .usage("rehearse: \(error)")
            }
            twins[source.name] = twin
            sources.append(try Self.rebound(source, to: twin, profile, Files.path(scratch.path, source.name)))
        }
        self.twins = twins
        var policies = documents
        policies.sources = sources
        self.policies = policies
    }

    private static func scratch() throws(Failure) -> ScratchDirectory {
        do throws(FileError) {
            return try ScratchDirectory(for: "rehearsal")
        } catch {
            throw .incomplete("rehearse: \(error)")
        }
    }

    /// A directory of the stage's own that is not there yet.
    func path(_ name: String) -> String { Files.path(scratch.path, ".\(name)") }

    /// The source as if the twin were its service.
    private static func rebound(
        _ source: Source, to twin: Twin, _ profile: TwinProfile, _ keyPath: String
    ) throws(Failure) -> Source {
        var source = source
        source.address = "http://127.0.0.1:\(twin.port)\(profile.base)"
        source.authentication = profile == .foundry ? .token : .key
        source.transport = Source.Transport(inFlight: source.transport.inFlight)
        source.credentials = .file(keyPath)
        do throws(FileError) {
            var file = try OutputFile(path: keyPath, mode: 0o600)
            try file.write(profile == .foundry ? Twin.usualToken : Twin.usualKey)
            try file.close()
        } catch {
            throw .incomplete("rehearse: \(error)")
        }
        return source
    }

    /// What all twins hold.
    func state() -> EstateState {
        let kinds = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0.fileStem, $0) })
        var state = EstateState()
        for (source, twin) in twins {
            for record in twin.records() {
                guard let kind = kinds[record.file] else { continue }
                // These have their container's id before their own.
                let isEntry = kind == .vectorStoreFile || kind == .containerFile
                let id = isEntry ? "\(record.above ?? "")/\(record.id)" : record.id
                state.add(kind, id, of: source, content: record.json, isReachable: record.isReachable)
            }
        }
        return state
    }

    /// Whether nothing goes wrong, whatever the faults say.
    func calm(_ isCalm: Bool) { for twin in twins.values { twin.isCalm = isCalm } }
}

extension TwinProfile {
    /// Who plays the services of such a source; nil for nobody.
    init?(sourceType: String) {
        switch sourceType {
        case "openai": self = .openai
        case "azure-openai": self = .azure
        case "azure-foundry": self = .foundry
        default: return nil
        }
    }
}
