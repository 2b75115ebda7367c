/// One thing that a verb can be told: what it is called, what it means, and how to take it in.
///
/// The property wrappers `Option`, `Flag` and `Argument` each own one.
final class Parameter {
    /// How it is written.
    enum Shape {
        /// `--name`
        case flag
        /// `--name VALUE` or `--name=VALUE`
        case option(value: String)
        /// A bare word in its place.
        case argument(value: String)
    }

    let shape: Shape
    let help: String
    /// The default as help prints it.
    let defaultText: String?
    /// All values, where they are few; else none.
    let choices: [String]
    /// Whether it may be given more than once.
    let isRepeatable: Bool
    /// Whether it must be given.
    let isRequired: Bool
    /// The name of the property, in lower case with hyphens.
    fileprivate(set) var name = ""
    private(set) var isGiven = false
    private let accept: (String) throws(InvalidValue) -> Void

    init(
        _ shape: Shape, help: String, defaultText: String? = nil, choices: [String] = [], isRepeatable: Bool = false,
        isRequired: Bool = false, accept: @escaping (String) throws(InvalidValue) -> Void
    ) {
        self.shape = shape
        self.help = help
        self.defaultText = defaultText
        self.choices = choices
        self.isRepeatable = isRepeatable
        self.isRequired = isRequired
        self.accept = accept
    }

    /// How the user writes its name.
    var spelling: String {
        switch shape {
        case .flag, .option: "--\(name)"
        case .argument(let value): value
        }
    }

    /// How help writes it, value included.
    var usage: String {
        switch shape {
        case .flag, .argument: spelling
        case .option(let value): "\(spelling) \(value)"
        }
    }

    /// Takes a value in; of a flag, that it was given.
    func take(_ text: String) throws(UsageError) {
        guard isRepeatable || !isGiven else { throw UsageError("\(spelling) is given twice") }
        isGiven = true
        do throws(InvalidValue) {
            try accept(text)
        } catch {
            throw UsageError("\(spelling): \(error.message)")
        }
    }
}

/// A property wrapper around a parameter.
protocol ParameterHolder {
    var parameter: Parameter { get }
}

/// What a property wrapper of a struct refers to, so that parsing can reach it through reflection.
final class Box<Value> {
    var value: Value
    init(_ value: Value) { self.value = value }
}

extension Command {
    /// The parameters, in the order of the properties that declare them.
    var parameters: [Parameter] {
        Mirror(reflecting: self).children.compactMap { child in
            guard let holder = child.value as? any ParameterHolder, let label = child.label else { return nil }
            holder.parameter.name = Self.hyphenated(label)
            return holder.parameter
        }
    }

    /// `_failOn` becomes `fail-on`.
    private static func hyphenated(_ label: String) -> String {
        label.drop { $0 == "_" }.reduce(into: "") { name, character in
            name += character.isUppercase ? "-\(character.lowercased())" : String(character)
        }
    }
}
