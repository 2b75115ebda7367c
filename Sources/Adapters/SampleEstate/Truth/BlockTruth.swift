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
        for thread in block.threads {
            tell(.thread, "thread_", thread.id, [(thread.product.rule, thread.state(asOf: block.now))], &tally)
        }
        for conversation in block.conversations {
            let pair = (conversation.product.rule, conversation.state(asOf: block.now))
            tell(.conversation, "conv_", conversation.id, [pair], &tally)
        }
        for response in block.responses {
            tell(.response, "resp_", response.id, [(.responses, response.state(asOf: block.now))], &tally)
        }
        for store in block.vectorStores {
            let pairs = [(rule: Rule.vectorStores, state: store.state(asOf: block.now))]
            tell(.vectorStore, "vs_", store.id, pairs, isShared: store.threads > 1, &tally)
        }
        for place in block.files.indices { tellFile(place, &tally) }
    }

    private func tellFile(_ place: Int, _ tally: inout Tally) {
        let file = block.files[place]
        let pairs = [Rule.filesAbandoned, .filesInUse].map { (rule: $0, state: file.state($0, asOf: block.now)) }
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
