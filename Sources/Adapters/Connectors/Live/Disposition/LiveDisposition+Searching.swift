internal import CanonicalJSON
public import Disposition
internal import HTTP
internal import JSONLines
internal import ProviderFacts
internal import Records
internal import Spelling

extension LiveDisposition {
    /// The most results that one search gives.
    ///
    /// - Source: OpenAI's OpenAPI document 2.3.0, `VectorStoreSearchRequest.max_num_results`.
    private static let mostResults = 50

    /// Reads the contents of a file in a store, keeps some words of them until the next file is read, and searches.
    public func learnWords(of target: DispositionTarget) async -> SearchSighting {
        memory.forgetWords()
        let path: RecordPath
        switch entry(target) {
        case .success(let found): path = found
        case .failure(let absence): return .unreadable(absence.reason)
        }
        let answer = await ask { base, version, credential in
            path.record.request(.get, "content", below: base, version: version, credential: credential)
        }
        switch answer {
        case .body(let body):
            do throws(SearchWords.Absence) {
                memory.keep(try SearchWords(from: body), of: target)
            } catch {
                return .unreadable(error.reason)
            }
            return await search(for: target)
        case .missing: return .unreadable("the service has no call that reads its contents, or has them no more")
        case .notAllowed: return .unreadable("the service has no call that reads its contents")
        case .refused(let reason): return .refused("its contents: \(reason)")
        case .unreadable(let reason): return .unreadable("its contents: \(reason)")
        }
    }

    /// Searches the store for the words that are kept of a file in it.
    public func search(for target: DispositionTarget) async -> SearchSighting {
        guard let words = memory.words(of: target) else { return .unreadable("nothing of it was read") }
        guard case .success(let path) = entry(target), let store = path.record.ids.first,
            let stores = facts.surfaces.first(where: { $0.kind == .vectorStore }),
            let query = Self.query(words)
        else { return .unreadable("there is no way to ask for it") }
        let answer = await ask { base, version, credential in
            var request = SurfaceRequest(surface: stores.record, ids: [store]).request(
                .post, "search", below: base, version: version, credential: credential)
            request.headers.append(HTTPHeader("Content-Type", "application/json"))
            request.body = query
            request.onlyLooks = true
            return request
        }
        switch answer {
        case .body(let body): return Self.sighting(of: path.id, in: body)
        case .missing: return .unreadable("the service has no call that searches its store, or has that store no more")
        case .notAllowed: return .unreadable("the service has no call that searches its store")
        case .refused(let reason): return .refused("a search of its store: \(reason)")
        case .unreadable(let reason): return .unreadable("a search of its store: \(reason)")
        }
    }

    /// Waits as long as before a further look.
    public func pause(after searches: Int) async -> Bool {
        guard patience.waits.indices.contains(searches - 1), !Task.isCancelled else { return false }
        await clock.sleep(patience.waits[searches - 1])
        return !Task.isCancelled
    }

    private func entry(_ target: DispositionTarget) -> Result<RecordPath, RecordPath.Absence> {
        guard target.kind == .vectorStoreFile else {
            return .failure(RecordPath.Absence(reason: "a \(target.kind.name) is in no store that can be searched"))
        }
        return Result { () throws(RecordPath.Absence) in try RecordPath(target, facts) }
    }

    /// Asks, and takes a 404 for what it says of this call alone: a service may have no such call, and all else.
    private func ask(_ form: Correspondent.Form) async -> Asked {
        do throws(HTTPError) {
            return Asked(try await send(form))
        } catch {
            return .unreadable(error.reason)
        }
    }

    private static func query(_ words: SearchWords) -> [UInt8]? {
        let query: CanonicalValue = .object([
            "query": .string(words.text), "max_num_results": .integer(mostResults), "rewrite_query": .boolean(false),
        ])
        return try? query.canonical()
    }

    /// Whether a file is among the results.
    ///
    /// - Source: OpenAI's OpenAPI document 2.3.0, `VectorStoreSearchResultsPage`.
    private static func sighting(of file: String, in body: [UInt8]) -> SearchSighting {
        JSONDocument.read(body) { record in
            guard case .value(let value) = record, let data = value["data"], data.kind == .array else {
                return .unreadable("a search of its store: the answer is no list of results")
            }
            var isWhole = true
            for result in data.elements {
                guard let found = result["file_id"]?.text?.string else {
                    isWhole = false
                    continue
                }
                if found.hasSameBytes(as: file) { return .found }
            }
            return isWhole ? .notFound : .unreadable("a search of its store: a result does not say whose it is")
        }
    }
}
