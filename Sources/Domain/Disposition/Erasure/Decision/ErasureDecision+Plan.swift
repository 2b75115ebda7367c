public import ProviderFacts

extension ErasureDecision {
    /// The plan for what goes, with the grounds for what the law keeps.
    ///
    /// - Parameter graph: how the source of this name deletes; nil where nothing is known of it.
    public func plan<Defect: Error>(
        _ request: Plan.Request, graph: (_ source: String) throws(Defect) -> DeletionGraph?
    ) throws(Defect) -> DraftPlan {
        var draft = try DeletionPlanner(result, graph: graph).plan()
        draft.request = request
        draft.grounds = Dictionary(kept.map { ($0.row, $0.grounds) }) { first, _ in first }
        return draft
    }
}
