/// `--name VALUE`: the property's name is the option's, its initial value the default.
@propertyWrapper
struct Option<Value>: ParameterHolder {
    private let box: Box<Value>
    let parameter: Parameter

    var wrappedValue: Value { box.value }

    /// An option with a default.
    init(wrappedValue: Value, _ value: String, help: String) where Value: OptionValue {
        let box = Box(wrappedValue)
        self.box = box
        parameter = Parameter(
            .option(value: value), help: Self.explained(help, Value.choices), defaultText: wrappedValue.optionText,
            choices: Value.choices
        ) { (text) throws(InvalidValue) in
            box.value = try Value(option: text)
        }
    }

    /// An option that may be absent.
    init<Element: OptionValue>(wrappedValue: Value = nil, _ value: String, help: String) where Value == Element? {
        let box = Box(wrappedValue)
        self.box = box
        parameter = Parameter(
            .option(value: value), help: Self.explained(help, Element.choices), choices: Element.choices
        ) { (text) throws(InvalidValue) in
            box.value = try Element(option: text)
        }
    }

    /// An option that may be given any number of times.
    init<Element: OptionValue>(wrappedValue: Value = [], _ value: String, help: String) where Value == [Element] {
        let box = Box(wrappedValue)
        self.box = box
        parameter = Parameter(
            .option(value: value), help: Self.explained(help, Element.choices), choices: Element.choices,
            isRepeatable: true
        ) { (text) throws(InvalidValue) in
            box.value.append(try Element(option: text))
        }
    }

    private static func explained(_ help: String, _ choices: [String]) -> String {
        choices.isEmpty ? help : "\(help) One of \(choices.joined(separator: ", "))."
    }
}

/// `--name`: false unless given.
@propertyWrapper
struct Flag: ParameterHolder {
    private let box = Box(false)
    let parameter: Parameter

    var wrappedValue: Bool { box.value }

    init(help: String) {
        let box = box
        parameter = Parameter(.flag, help: help) { _ in box.value = true }
    }
}

/// A bare word, in the order of declaration.
@propertyWrapper
struct Argument<Value>: ParameterHolder {
    private let box: Box<Value>
    let parameter: Parameter

    var wrappedValue: Value { box.value }

    /// A word with a default.
    init(wrappedValue: Value, _ value: String, help: String) where Value: OptionValue {
        let box = Box(wrappedValue)
        self.box = box
        parameter = Parameter(
            .argument(value: value), help: help,
            defaultText: wrappedValue.optionText.isEmpty ? nil : wrappedValue.optionText, choices: Value.choices
        ) { (text) throws(InvalidValue) in
            box.value = try Value(option: text)
        }
    }

    /// A word that must be there: parsing fails without it, so that whoever runs the verb finds a value.
    init<Element: OptionValue>(wrappedValue: Value = nil, _ value: String, help: String) where Value == Element? {
        let box = Box(wrappedValue)
        self.box = box
        parameter = Parameter(.argument(value: value), help: help, choices: Element.choices, isRequired: true) {
            (text) throws(InvalidValue) in
            box.value = try Element(option: text)
        }
    }
}
