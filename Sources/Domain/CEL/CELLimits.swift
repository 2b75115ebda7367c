/// How much an expression may be, and how much evaluating it may cost.
public struct CELLimits: Sendable {
    /// The longest text, in UTF-8 bytes.
    public var sourceBytes: Int
    /// The deepest nesting of expressions. At 200, compiling and evaluating need less than 512 KiB of stack (measured in
    /// an optimised build on x86-64).
    public var depth: Int
    /// What one evaluation may cost. One unit is about one step: a node, ten bytes of a string that is looked at or made,
    /// one round of a macro.
    public var cost: Int
    /// What one evaluation may cost together with what the host evaluates for it, such as variables that are expressions
    /// themselves: see ``CELObjectSource/cost(ofReading:of:)``.
    public var total: Int
    /// How many bytes of strings, bytes, lists and maps one evaluation may make, counting also what it drops again.
    public var memory: Int

    /// Limits of this size.
    public init(
        sourceBytes: Int = 100_000, depth: Int = 200, cost: Int = 1_000_000, total: Int = 10_000_000,
        memory: Int = 64 << 20
    ) {
        self.sourceBytes = sourceBytes
        self.depth = depth
        self.cost = cost
        self.total = total
        self.memory = memory
    }

    /// A million units for a call and ten million for all that one question brings with it, which are Kubernetes'
    /// `PerCallLimit` and `RuntimeCELCostBudget`; 100,000 bytes of text, and 64 MiB of values.
    ///
    /// - Source: Kubernetes, `staging/src/k8s.io/apiserver/pkg/apis/cel/config.go`.
    public static let standard = CELLimits()
}
