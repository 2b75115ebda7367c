internal import Records

/// A surface as the facts write it down.
struct ListedSurface {
    /// The kind's name.
    let kind: String
    /// The path of the list, with the kind of a container in braces: `vector_stores/{vectorStore}/files`.
    let path: String
    /// The most elements of a page that the API gives; nil where the list has one page.
    let limit: Int?

    func surface(of provider: String) throws(FactsError) -> Surface {
        guard let kind = Kind(named: kind) else { throw FactsError(provider, self.kind, "is no kind") }
        var segments: [Surface.Segment] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            if part.hasPrefix("{"), part.hasSuffix("}") {
                guard let container = Kind(named: part.dropFirst().dropLast()) else {
                    throw FactsError(provider, path, "\(part) is no kind")
                }
                segments.append(.id(container))
            } else if !part.isEmpty, part.utf8.allSatisfy({ isWordByte($0) }) {
                segments.append(.word(String(part)))
            } else {
                throw FactsError(provider, path, "is no path")
            }
        }
        if let limit, !(1...10_000).contains(limit) {
            throw FactsError(provider, path, "no page has \(limit) elements")
        }
        let surface = Surface(kind: kind, path: segments, paging: limit.map { .after(limit: $0) } ?? .onePage)
        if let container = surface.container, !kind.containers.has(container) {
            throw FactsError(provider, path, "a \(kind.name) is no part of a \(container.name)")
        }
        return surface
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
    }
}
