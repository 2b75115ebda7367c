/// What a JSON value of a report may be: as much of JSON Schema (2020-12) as reports need.
///
/// Objects are closed, and each of their members is always there: what does not apply is null.
struct Form: Sendable {
    indirect enum Shape: Sendable {
        case string(pattern: String?)
        case integer(least: Int?)
        case boolean
        case constant(String)
        case words([String])
        case numbers([Int])
        case list(Form)
        case object([(name: String, form: Form)])
        case map(keys: Form, values: Form)
        case either([Form])
        /// A definition of its own, under this name.
        case named(String, Form)
    }

    let shape: Shape
    /// What it means, where its name does not say so.
    private(set) var about: String?
    private(set) var isNullable = false

    private init(_ shape: Shape) { self.shape = shape }

    static let text = Form(.string(pattern: nil))
    static let integer = Form(.integer(least: nil))
    static let flag = Form(.boolean)

    static func text(_ pattern: String) -> Form { Form(.string(pattern: pattern)) }
    static func integer(atLeast least: Int) -> Form { Form(.integer(least: least)) }
    static func constant(_ text: String) -> Form { Form(.constant(text)) }
    static func one(of words: [String]) -> Form { Form(.words(words)) }
    static func one(of numbers: [Int]) -> Form { Form(.numbers(numbers)) }
    static func list(of form: Form) -> Form { Form(.list(form)) }
    static func map(_ keys: Form, to values: Form) -> Form { Form(.map(keys: keys, values: values)) }
    static func either(_ forms: Form...) -> Form { Form(.either(forms)) }

    static func object(_ members: KeyValuePairs<String, Form>) -> Form {
        Form(.object(members.map { (name: $0.key, form: $0.value) }))
    }

    /// The object whose members all have one form.
    static func object(_ names: [String], each form: Form) -> Form {
        Form(.object(names.map { (name: $0, form: form) }))
    }

    /// The object with more members behind its own.
    func adding(_ members: KeyValuePairs<String, Form>) -> Form {
        guard case .object(let own) = shape else { preconditionFailure("only an object has members") }
        return Form(.object(own + members.map { (name: $0.key, form: $0.value) }))
    }

    /// The names and forms of an object's members; empty for what is none.
    var members: [(name: String, form: Form)] {
        if case .object(let members) = shape { members } else { [] }
    }

    /// The same under a name, of which the schema has one definition.
    func named(_ name: String) -> Form { Form(.named(name, self)) }

    /// The shape alone.
    var bare: Form { Form(shape) }

    func about(_ text: String) -> Form {
        var form = self
        form.about = text
        return form
    }

    /// The same, or null.
    var orNull: Form {
        var form = self
        form.isNullable = true
        return form
    }
}
