internal import Spelling

/// A command line that cannot be understood.
struct UsageError: Error, Equatable {
    let message: String

    init(_ message: String) { self.message = message }
}

extension InvalidValue {
    /// A word that is none of the few that are known.
    init(_ text: String, among choices: [String]) {
        let known = choices.joined(separator: ", ")
        message = "\"\(text)\" is unknown\(didYouMean(text, among: choices)) (known: \(known))"
    }
}

/// `, did you mean scan?` where a known word is near, else nothing.
func didYouMean(_ word: String, among words: [String]) -> String {
    Spelling.nearest(to: word, among: words).map { ", did you mean \($0)?" } ?? ""
}
