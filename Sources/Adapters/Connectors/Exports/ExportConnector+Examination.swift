internal import Files
public import Records

extension ExportConnector {
    /// Finds out of which kinds an export has files, without reading them.
    public func examine() -> Examination {
        var examination = Examination(source: source, type: "export", place: directory, credential: nil)
        let listing: ExportListing
        do throws(ConnectorError) {
            listing = try list()
        } catch {
            examination.obstacle = Examination.Obstacle(error)
            return examination
        }
        let named = KindSet(listing.files.compactMap(\.kind))
        let others = listing.files.count { $0.kind == nil }
        examination.kinds = Kind.allCases.map { kind in
            if let broken = listing.unreadable.first(where: { $0.kind == kind || $0.kind == nil }) {
                return KindExamination(
                    kind, sight: .nothing, answer: .failed, deletion: .never,
                    gap: .init(
                        "\(broken.name) \(broken.reason)", remedy: "correct the export", alwaysCounts: true,
                        canBeAccepted: false))
            }
            if named.has(kind) { return KindExamination(kind, sight: .all, answer: .read, deletion: .never) }
            let reason = others == 0 ? "the export has no file of it" : "no file of the export is named after it"
            return KindExamination(
                kind, sight: .nothing, answer: others == 0 ? .noCall : .untried, deletion: .never,
                gap: .init(
                    reason, remedy: "export it as \(kind.fileStem).ndjson, be it empty", alwaysCounts: false))
        }
        return examination
    }
}
