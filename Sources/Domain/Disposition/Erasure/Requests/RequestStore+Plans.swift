internal import Files

/// The plans that were made for a request, kept beside it: what any of them deleted is told at the end.
///
/// They name records by their ids, and nobody.
extension RequestStore {
    /// A plan of everything that a person has in a service of a million records takes some hundred megabytes.
    private static let mostPlanBytes = 1 << 30

    /// Keeps a plan that was written to a file.
    public func keep(planAt path: String, digest: String, of name: String) throws(RequestError) {
        do throws(FileError) {
            _ = try Files.makePrivateDirectory(plans(name))
            var file = try AtomicFile(path: plan(digest, name), mode: 0o600)
            try file.write(try Files.read(path, limit: Self.mostPlanBytes))
            try file.commit()
        } catch {
            throw .file(error)
        }
    }

    /// A plan of a request; nil where it is not kept.
    public func plan(_ digest: String, of name: String) throws(RequestError) -> Plan? {
        let path = plan(digest, name)
        guard Files.kind(of: path) != nil else { return nil }
        if let plan = try? Plan(path: path), plan.digest == digest, plan.request?.name == name { return plan }
        throw .mistakes([
            RequestMistake(
                path, line: 0, column: 0, "this is not the plan that was kept here",
                hint: "restore it from where you keep copies of this directory")
        ])
    }

    private func plans(_ name: String) -> String { Files.path(directory, "\(name).plans") }

    private func plan(_ digest: String, _ name: String) -> String {
        Files.path(plans(name), "\(digest)\(Self.suffix)")
    }
}
