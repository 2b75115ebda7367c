internal import Records

/// A surface as the facts write it down.
struct StatedSurface {
    /// The kind's name.
    let kind: String
    /// The path of the list, with the kinds of containers in braces, such as `vector_stores/{vectorStore}/files`; or that of
    /// the record, which ends with its own kind.
    let path: String
    private let way: Way

    private enum Way {
        case pages(limit: Int)
        case onePage
        case id
        case supplement(limit: Int)
    }

    init(_ kind: String, list path: String, limit: Int) {
        self.kind = kind
        self.path = path
        way = .pages(limit: limit)
    }

    /// A list that comes on one page.
    init(_ kind: String, wholeList path: String) {
        self.kind = kind
        self.path = path
        way = .onePage
    }

    init(_ kind: String, byId path: String) {
        self.kind = kind
        self.path = path
        way = .id
    }

    /// A list below a record, whose path ends behind the record's id and a word: what stands on it, the record uses.
    init(_ kind: String, supplement path: String, limit: Int) {
        self.kind = kind
        self.path = path
        way = .supplement(limit: limit)
    }

    func surface(of family: Family, _ provider: String) throws(FactsError) -> Surface {
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
        let surface = Surface(kind: kind, path: segments, access: try access(segments, kind, provider), family: family)
        if case .supplement = way {
            guard surface.isSupplement else {
                throw FactsError(provider, path, "does not stand right below a \(kind.name)")
            }
        } else if let container = surface.container, !kind.containers.has(container) {
            throw FactsError(provider, path, "a \(kind.name) is no part of a \(container.name)")
        }
        return surface
    }

    private func access(
        _ segments: [Surface.Segment], _ kind: Kind, _ provider: String
    ) throws(FactsError) -> Surface.Access {
        switch way {
        case .onePage: return .list(limit: nil)
        case .pages(let limit), .supplement(let limit):
            guard (1...10_000).contains(limit) else {
                throw FactsError(provider, path, "no page has \(limit) elements")
            }
            return .list(limit: limit)
        case .id:
            guard segments.last == .id(kind) else {
                throw FactsError(provider, path, "does not end with the id of a \(kind.name)")
            }
            return .id
        }
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
    }
}
