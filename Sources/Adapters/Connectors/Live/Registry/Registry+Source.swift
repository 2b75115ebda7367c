internal import Policies
internal import Records

extension Registry {
    /// Reads what a source's document names.
    ///
    /// - Throws: `ConnectorError`, with the place of the entry, at the first line that cannot be believed.
    init(of source: Source) throws(ConnectorError) {
        do throws(RegistryDefect) {
            self = try Registry(source.registry)
        } catch {
            throw ConnectorError(
                .misconfigured("the registry \(error.place) \(error.reason)", hint: error.hint), source: source.name,
                path: "\(error.location ?? source.location)")
        }
    }

    /// What is wrong with it, though nothing of it is lost.
    func problems(in source: String) -> [Problem] {
        conflicts.map { conflict in
            let names = conflict.attributes.map(\.name).joined(separator: ", ")
            return Problem(
                code: .conflictingFields, source: source, place: place(conflict.place), kind: conflict.kind,
                id: conflict.id,
                message: "the registry states its \(names) in several ways, so that nothing of that is known",
                losesData: false)
        }
    }
}
