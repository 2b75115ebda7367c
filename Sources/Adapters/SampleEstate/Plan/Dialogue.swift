/// The line of business a thread or conversation belongs to: its metadata `product`.
enum Product: Int {
    case support, sales, other

    /// The rule that ends it.
    var rule: Rule {
        switch self {
        case .support: .support
        case .sales: .sales
        case .other: .defaultRetention
        }
    }
}

/// What a thread or a conversation is planned to be.
struct Dialogue {
    let id: Token
    var created: Int64
    var lastActivity: Int64
    let product: Product
    let isRegulated: Bool
    let isPilot: Bool
    let tenant: Int
    let owner: Int
    let subject: Int
    /// How many messages or items.
    let parts: Int

    /// What an access policy must find in it.
    var flaw: Flaw?

    /// Files of the block that its last user message, or its first item, carries.
    var attachments: [Int] = []
    /// A file of the block that its code interpreter was given.
    var toolFile: Int?
    /// A vector store of the block that its file search was given.
    var vectorStore: Int?
    /// Whether a response of the conversation gives it its last activity.
    var isAnchored = false

    /// The instant before which it must exist.
    var kept: Int64 {
        let minimum = product == .support ? lastActivity + Rule.supportMinimum : Int64.min
        return isRegulated ? max(minimum, Calendar.adding(years: Rule.regulatedYears, to: created)) : minimum
    }

    func state(asOf now: Int64) -> State {
        let excepted = isPilot && product == .support && now < Rule.pilotEnds
        return State.of(product.rule, clock: lastActivity, kept: kept, asOf: now, excepted: excepted)
    }

    /// Whether it may go, so that it holds on to nothing.
    func goes(asOf now: Int64) -> Bool { product.rule.deletes && state(asOf: now).isDue }
}

extension Dialogue {
    /// Every record of these ages may lend a file its last activity without bringing `files-in-use` near its limit.
    static let oldestUser = 390 * Calendar.day

    /// A dialogue of a given fate.
    ///
    /// - Parameters:
    ///   - pace: how many seconds apart its parts are at most.
    ///   - neighbourhood: the number of its block, whose threads and conversations share a few tenants.
    init(
        id: Token, fate: Fate, parts: Int, pace: Int64, neighbourhood: Int, now: Int64, dice: inout Dice
    ) {
        let lines = dice.below(100)
        let isPilot: Bool
        if fate == .excepted {
            product = .support
            isPilot = true
        } else {
            product = lines < 60 ? .support : lines < 85 ? .sales : .other
            isPilot = dice.below(1000) < 8 && fate == .young
        }
        self.isPilot = isPilot
        isRegulated = fate == .obliged || (fate == .young && dice.chance(percent: 2))
        let age = Dialogue.age(fate, product.rule, &dice)
        let span = Int64(parts) * (60 + dice.low(0..<pace))
        self.id = id
        self.parts = parts
        lastActivity = now - age
        created = now - age - span
        tenant = Dialogue.tenant(in: neighbourhood, &dice)
        owner = dice.below(12)
        subject = 1 + dice.below(50_000)
    }

    /// One of the few tenants that live beside each other.
    static func tenant(in neighbourhood: Int, _ dice: inout Dice) -> Int {
        1 + (neighbourhood * 5 + dice.below(5)) % 200
    }

    /// The place of its last answer, where it has any.
    var lastAnswer: Int? { parts < 2 ? nil : parts % 2 == 0 ? parts - 1 : parts - 2 }

    /// Whether the place is that of the run which is flawed, and always there.
    func hasFlawedRun(at place: Int) -> Bool {
        (flaw == .stuckRun || flaw == .unansweredRun) && place == lastAnswer
    }

    /// Seconds since the last activity that make the fate come true.
    private static func age(_ fate: Fate, _ rule: Rule, _ dice: inout Dice) -> Int64 {
        let overdue = rule.keep + rule.tolerance
        return switch fate {
        case .overdue: dice.low(overdue..<(rule == .defaultRetention ? 720 * Calendar.day : oldestUser))
        case .due: dice.within(rule.keep..<overdue)
        case .excepted: dice.low(rule.keep..<(340 * Calendar.day))
        case .obliged: dice.low(rule.keep..<(rule.keep + 400 * Calendar.day))
        case .busy, .young: dice.low(60..<rule.keep)
        }
    }
}
