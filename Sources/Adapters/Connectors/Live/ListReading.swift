/// What one list gave.
struct ListReading: Sendable {
    let request: SurfaceRequest
    /// What its pages gave, in their order.
    var hauls: [Haul] = []
    /// The ids of what it gave beside that, and what is not read now.
    var heldBack: [String] = []
    /// How many elements there were, readable or not.
    var elements = 0
    /// Whether one page at least was what was asked for.
    var hasWholePage = false
    /// Why it was not read to its end; nil where it was.
    var failure: ListFailure?
}
