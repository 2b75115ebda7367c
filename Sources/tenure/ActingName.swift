internal import Disposition

/// Who acts, by a name that the audit log can have.
enum ActingName {
    /// The name that a command was given.
    ///
    /// - Parameter question: what to ask for where nobody was named.
    static func of(_ name: String?, for verb: String, asking question: String) throws(Failure) -> String {
        guard let name, !name.isEmpty else { throw .usage("\(verb): \(question): --as NAME") }
        guard RunEntry.isName(name) else {
            throw .usage(
                "\(verb): --as takes a name of up to 128 letters, digits, '.', '-' and '_': it stands in plans and in the "
                    + "audit log for good, where nobody's address belongs")
        }
        return name
    }
}
