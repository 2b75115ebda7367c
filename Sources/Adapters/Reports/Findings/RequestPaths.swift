internal import Evaluation
internal import Policies
internal import ProviderFacts
internal import Records

/// Where something was read, without the ids in it: what a service gave stands in the paths of requests.
struct RequestPaths {
    /// By source, for services alone: what its paths look like, from the first word on.
    private var forms: [String: [[Surface.Segment]]] = [:]
    /// By source: files that somebody keeps beside it, whose names hold no ids.
    private var files: [String: Set<String>] = [:]

    init(_ sources: [Source]) throws(ReportError) {
        for source in sources {
            let facts: ProviderFacts?
            do throws(FactsError) {
                facts = try ProviderFacts.facts(ofType: source.type, version: source.apiVersion)
            } catch {
                throw .request("\(error)", hint: "report it")
            }
            guard let facts else { continue }
            forms[source.name] = facts.surfaces.map { surface in
                surface.family.root.map(Surface.Segment.word) + surface.path
            }
            files[source.name] = Set(
                source.registry.compactMap { entry in
                    switch entry.place {
                    case .file(let path): path
                    case .query(let database, _): database
                    case .metadata: nil
                    }
                })
        }
    }

    /// The problem with tokens for the ids in the path of the request that it came with.
    func redacted(_ problem: Problem) throws(ReportError) -> Problem {
        guard let place = problem.place, let forms = forms[problem.source],
            !(files[problem.source]?.contains(place.file) ?? false)
        else { return problem }
        return Problem(
            code: problem.code, source: problem.source,
            place: Place(file: try redacted(place.file, source: problem.source, forms), line: place.line),
            kind: problem.kind, id: problem.id, message: problem.message, losesData: problem.losesData)
    }

    private func redacted(
        _ path: String, source: String, _ forms: [[Surface.Segment]]
    ) throws(ReportError) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let form = forms.first { form in
            form.count == parts.count
                && zip(form, parts).allSatisfy { segment, part in
                    if case .word(let word) = segment { word == part } else { true }
                }
        }
        guard let form else { return "(redacted)" }
        var shown = ""
        for (segment, part) in zip(form, parts) {
            switch segment {
            case .word(let word): shown += "/" + word
            case .id(let kind): shown += "/" + (try Redaction.token(source: source, kind: kind, id: String(part)))
            }
        }
        return shown
    }
}

extension ScanReport {
    /// What is wrong with the data, in its order; where ids are redacted, those in places are too.
    func shownProblems() throws(ReportError) -> [Problem] {
        let problems = result.inventory.problems.sorted
        guard redacts else { return problems }
        let paths = try RequestPaths(result.policies.sources)
        var shown: [Problem] = []
        for problem in problems { shown.append(try paths.redacted(problem)) }
        return shown
    }
}
