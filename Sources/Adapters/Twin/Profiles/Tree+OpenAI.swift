extension Tree {
    /// OpenAI's API: everything as its shelf says.
    static let openai = Tree(
        root: ["v1"], version: .ignored, asksForBeta: true,
        offers: Dictionary(uniqueKeysWithValues: Shelf.all.map { ($0.object, Offer()) }))
}
