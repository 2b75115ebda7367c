internal import Chronology
internal import Policies

/// A value that can be written on a command line.
protocol OptionValue {
    init(option text: String) throws(InvalidValue)
    /// How it is written.
    var optionText: String { get }
    /// All values, where they are few.
    static var choices: [String] { get }
}

extension OptionValue {
    static var choices: [String] { [] }
}

/// A value of an option that cannot be used.
struct InvalidValue: Error {
    let message: String
}

extension String: OptionValue {
    init(option text: String) throws(InvalidValue) {
        guard !text.isEmpty else { throw InvalidValue(message: "the value is empty") }
        self = text
    }

    var optionText: String { self }
}

extension UInt64: OptionValue {
    init(option text: String) throws(InvalidValue) {
        guard let number = UInt64(text), text.first != "+" else {
            throw InvalidValue(message: "\"\(text)\" is not a whole number")
        }
        self = number
    }

    var optionText: String { String(self) }
}

extension Int: OptionValue {
    init(option text: String) throws(InvalidValue) {
        guard let number = Int(text), text.first != "+", number >= 0 else {
            throw InvalidValue(message: "\"\(text)\" is not a whole number")
        }
        self = number
    }

    var optionText: String { String(self) }
}

extension Double: OptionValue {
    init(option text: String) throws(InvalidValue) {
        guard let number = Double(text), number.isFinite else {
            throw InvalidValue(message: "\"\(text)\" is not a number")
        }
        self = number
    }

    var optionText: String { self == rounded() && magnitude < 1e15 ? String(Int64(self)) : String(self) }
}

extension Instant: OptionValue {
    init(option text: String) throws(InvalidValue) {
        do throws(ChronologyError) {
            try self.init(rfc3339: text)
        } catch {
            throw InvalidValue(message: error.description)
        }
    }

    var optionText: String { rfc3339 }
}

extension CivilDate: OptionValue {
    init(option text: String) throws(InvalidValue) {
        do throws(ChronologyError) {
            try self.init(text)
        } catch {
            throw InvalidValue(message: error.description)
        }
    }

    var optionText: String { description }
}

extension Severity: OptionValue {
    init(option text: String) throws(InvalidValue) {
        guard let severity = Severity(named: text) else { throw InvalidValue(text, among: Self.choices) }
        self = severity
    }

    var optionText: String { name }
    static var choices: [String] { allCases.map(\.name) }
}

/// What a verb prints on its standard output.
enum OutputFormat: String, CaseIterable, OptionValue {
    case text, json
}

/// An enumeration of words is an option's value as it stands.
extension OptionValue where Self: RawRepresentable<String> & CaseIterable {
    init(option text: String) throws(InvalidValue) {
        guard let value = Self(rawValue: text) else { throw InvalidValue(text, among: Self.choices) }
        self = value
    }

    var optionText: String { rawValue }
    static var choices: [String] { allCases.map(\.rawValue) }
}
