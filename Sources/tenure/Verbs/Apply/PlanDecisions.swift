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
    private let plan: Plan
    private let asOf: Instant
    /// The documents as they are.
    let policies: PolicySet
    private let inventory: Inventory
    private let reviews: [PlannedReview]
    private let request: PrivacyRequest?

    init(_ plan: Plan, _ survey: Survey, _ request: PrivacyRequest?) {
        (self.plan, self.request) = (plan, request)
        reviews = plan.binding.reviews
        (policies, inventory, asOf) = (survey.policies, survey.inventory, survey.asOf)
    }

    /// The answer about every record as of now; nil where nobody can be looked for.
    func decide() -> ScanResult? { decide(policies, inventory) }

    /// What an execution works with, that reads the documents of a directory again on the way.
    func setting(
        _ result: ScanResult, places: [PlanBinding.Place], services: [String: any DispositionService],
        documents directory: String, now: @escaping @Sendable () -> Instant
    ) -> ExecutionSetting {
        let standing = StandingPolicies(directory, asOf: asOf)
        return ExecutionSetting(
            plan, policies, result, places: places, services: services, now: now, documents: { standing.current() },
            decide: { policies, inventory in
                guard Set(policies.metadataKeys).isSubset(of: inventory.metadataKeys) else { return nil }
                return decide(policies, inventory)
            })
    }

    /// The reviews, as far as they are about what is there now: what was active since they were made is not released,
    /// whatever the plan says of it.
    private func counted(_ policies: PolicySet, _ inventory: Inventory) -> [PlannedReview] {
        guard !reviews.isEmpty else { return [] }
        let result = Evaluator(policies: policies, asOf: Moment(asOf), options: ScanOptions()).evaluate(inventory)
        return reviews.map { $0.counted(for: result) }
    }

    private func decide(_ policies: PolicySet, _ inventory: Inventory) -> ScanResult? {
        let result = Evaluator(
            policies: policies.deciding(counted(policies, inventory)), asOf: Moment(asOf), options: ScanOptions()
        ).evaluate(inventory)
        guard let request else { return result }
        return try? ErasureDecision(request, in: result).result
    }
}
