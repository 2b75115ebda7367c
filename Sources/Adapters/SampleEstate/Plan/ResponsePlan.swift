/// What a response is planned to be.
struct ResponsePlan {
    let id: Token
    var created: Int64
    var completed: Int64
    /// The conversation of the block that it belongs to.
    var conversation: Int?
    /// The response of the block that it continues.
    var previous: Int?
    /// The vector store of the block that it searched.
    var vectorStore: Int?
    /// The files of the block that it was given.
    var attachments: [Int] = []
    /// The instant before which it must exist.
    var kept = Int64.min
    /// Whether it, or its conversation, may go.
    var goes = false

    func state(asOf now: Int64) -> State { State.of(.responses, clock: created, kept: kept, asOf: now) }
}

extension Block {
    mutating func planResponses(_ range: Range<Int>, _ fates: Fates) {
        for (place, index) in range.enumerated() {
            var dice = dice(.response, index)
            let fate = fates.fate(of: index)
            let rule = Rule.responses
            let age =
                switch fate {
                case .overdue: dice.low(rule.keep + rule.tolerance..<200 * Calendar.day)
                case .due: dice.within(rule.keep..<rule.keep + rule.tolerance)
                default: dice.low(120..<rule.keep)
                }
            let duration = Int64(2 + dice.below(40))
            var response = ResponsePlan(
                id: token(.response, index), created: now - age, completed: now - age + duration)
            if fate == .young, place < conversations.count, anchors(place) {
                response.completed = conversations[place].lastActivity
                response.created = response.completed - duration
                response.conversation = place
                conversations[place].isAnchored = true
            } else if !conversations.isEmpty {
                let other = dice.below(conversations.count)
                if takes(other, response, fate) { response.conversation = other }
            }
            response.previous = responses.lastIndex {
                $0.conversation == response.conversation && $0.created < response.created
            }
            responses.append(response)
        }
        settleConversations()
    }

    /// Whether a response may be the last word of the conversation: it must be young, or kept with it.
    private func anchors(_ place: Int) -> Bool {
        let conversation = conversations[place]
        return conversation.isRegulated || now - conversation.lastActivity < Rule.responses.keep - 60
    }

    /// Whether the response can stand in the conversation and change neither's fate.
    private func takes(_ place: Int, _ response: ResponsePlan, _ fate: Fate) -> Bool {
        let conversation = conversations[place]
        guard conversation.isAnchored, conversation.created <= response.created,
            response.completed <= conversation.lastActivity
        else { return false }
        return fate == .young || (conversation.product != .support && !conversation.isRegulated)
    }

    private mutating func settleConversations() {
        // Nothing but a response says when a conversation was last active: without one it is as old as it began.
        for place in conversations.indices where !conversations[place].isAnchored {
            conversations[place].created = conversations[place].lastActivity
        }
        for place in responses.indices {
            if let conversation = responses[place].conversation.map({ conversations[$0] }) {
                responses[place].kept = conversation.kept
                responses[place].goes = conversation.goes(asOf: now)
            }
            let isDue = responses[place].state(asOf: now).isDue
            responses[place].goes = responses[place].goes || isDue
        }
    }
}
