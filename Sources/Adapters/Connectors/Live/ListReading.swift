/// What one list gave.
struct ListReading: Sendable {
    let request: SurfaceRequest
    /// What its pages gave, in their order.
    var hauls: [Haul] = []
    /// How many elements there were, readable or not.
    var elements = 0
    /// Whether one page at least was what was asked for.
    var hasWholePage = false
    /// Why it was not read to its end; nil where it was.
    var failure: ListFailure?
}
