internal import Chronology
internal import Crypto
internal import Disposition
internal import Evaluation
internal import Policies
internal import Records

/// Decides anew, about records as they are now, what a plan was made from: under its reviews, and for the person of its
/// privacy request.
///
/// Who it is stands in the request that was taken in. What a plan says to be that person's is never taken from the plan.
struct PlanDecisions: Sendable {
    let asOf: Instant
    let inventory: Inventory
    private let reviews: [PlannedReview]
    private let request: PrivacyRequest?

    init(_ plan: Plan, _ survey: Survey, _ request: PrivacyRequest?) {
        reviews = plan.binding.reviews
        self.request = request
        asOf = survey.asOf
        inventory = survey.inventory
    }

    /// The answer about every record under these documents; nil where nobody can be looked for.
    func decide(_ policies: PolicySet) -> ScanResult? {
        let result = Evaluator(
            policies: policies.deciding(reviews), asOf: Moment(asOf), options: ScanOptions()
        ).evaluate(inventory)
        guard let request else { return result }
        return try? ErasureDecision(request, in: result).result
    }
}
