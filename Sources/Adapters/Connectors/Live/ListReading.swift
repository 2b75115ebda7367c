/// What one list gave.
struct ListReading: Sendable {
    let request: SurfaceRequest
    /// The pages, in their order.
    var pages: [Page] = []
    /// Why it was not read to its end; nil where it was.
    var failure: ListFailure?
}
