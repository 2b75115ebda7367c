internal import Chronology

extension Period: OptionValue {
    init(option text: String) throws(InvalidValue) {
        do throws(ChronologyError) {
            try self.init(text)
        } catch {
            throw InvalidValue(message: error.description)
        }
    }

    var optionText: String { description }
}
