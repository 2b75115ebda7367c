/// What a host promises about the sizes of what its expressions look at. What is left out is bounded by its type alone.
public struct CELSizes: Sendable {
    /// A field of an object.
    public struct Field: Sendable, Hashable {
        /// What it holds.
        public var extent: CELExtent
        /// What reading it costs: ``CELObjectSource/cost(ofReading:of:)``.
        public var reading: CELBounds

        /// A field of that extent, free to read unless it is said otherwise.
        public init(_ extent: CELExtent, reading: CELBounds = .none) {
            self.extent = extent
            self.reading = reading
        }
    }

    /// What variables hold, by name.
    public var variables: [String: CELExtent]
    /// What fields hold, by the name of the object's type and then their own.
    public var fields: [String: [String: Field]]

    /// Promises of that much.
    public init(variables: [String: CELExtent] = [:], fields: [String: [String: Field]] = [:]) {
        self.variables = variables
        self.fields = fields
    }
}
