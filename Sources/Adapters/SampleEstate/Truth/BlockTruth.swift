internal import Records

/// Says what the generator knows of a planned block.
struct BlockTruth {
    let block: Block
    let truth: TruthFile

    func tell(_ tally: inout Tally) {
        if !block.assistants.isEmpty {
            let state = State.of(
                .defaultRetention, clock: block.assistant.created, kept: Int64.min, asOf: block.now)
            tell(.assistant, "asst_", block.assistant.id, [(.defaultRetention, state)], &tally)
        }
        for (place, thread) in block.threads.enumerated() {
            let pairs: [(rule: Rule, state: State)] = [
                (thread.product.rule, thread.state(asOf: block.now)),
                (.ownerTag, thread.flaw == .ownerless ? .denied : .allowed),
                (.addresses, thread.flaw == .address ? .denied : .allowed),
            ]
            tell(.thread, "thread_", thread.id, pairs, &tally)
            tellRun(of: thread, index: block.threadRange.lowerBound + place, &tally)
        }
        for conversation in block.conversations {
            let pair = (conversation.product.rule, conversation.state(asOf: block.now))
            tell(.conversation, "conv_", conversation.id, [pair], &tally)
        }
        for response in block.responses {
            tell(.response, "resp_", response.id, [(.responses, response.state(asOf: block.now))], &tally)
        }
        for store in block.vectorStores {
            let pairs: [(rule: Rule, state: State)] = [
                (.vectorStores, store.state(asOf: block.now)), (.storeExpiry, store.expires ? .allowed : .denied),
            ]
            tell(.vectorStore, "vs_", store.id, pairs, isShared: store.threads > 1, &tally)
        }
        for place in block.files.indices { tellFile(place, &tally) }
    }

    /// Only a flawed run is told of.
    private func tellRun(of thread: Dialogue, index: Int, _ tally: inout Tally) {
        guard let place = thread.lastAnswer, thread.hasFlawedRun(at: place) else { return }
        let rule = thread.flaw == .stuckRun ? Rule.stuckRuns : .unansweredRuns
        tell(.run, "run_", block.token(.run, BlockWriter.number(index, place)), [(rule, .denied)], &tally)
    }

    private func tellFile(_ place: Int, _ tally: inout Tally) {
        let file = block.files[place]
        let pairs =
            [Rule.filesAbandoned, .filesInUse].map { (rule: $0, state: file.state($0, asOf: block.now)) } + [
                (.failedFiles, file.flaw == .failedFile ? .denied : .allowed),
                (.tenantIsolation, file.tenants.count > 1 ? .denied : .allowed),
            ]
        let isShared = file.threads > 1
        tell(.file, "file-", file.id, pairs, isShared: isShared, &tally)
        guard isShared else { return }
        let users = block.threads.filter { $0.attachments.contains(place) || $0.toolFile == place }
        truth.suggestHold(file: "file-" + file.id.text, threads: users.map { "thread_" + $0.id.text })
    }

    private func tell(
        _ kind: Kind, _ prefix: String, _ id: Token, _ pairs: [(rule: Rule, state: State)], isShared: Bool = false,
        _ tally: inout Tally
    ) {
        tally.count(kind, pairs)
        truth.list(kind, id: { prefix + id.text }, pairs, isShared: isShared)
    }
}
