internal import Records

/// Ids that are looked for, and which of them were met.
struct SoughtIds {
    private var table = StringTable()
    /// By code; nobody looks for the first, which stands for no id.
    private var isMet = [true]
    /// How many were not met as yet.
    private(set) var missing = 0

    /// How many ids are looked for together: they take about ten megabytes, and each time all that a list has is gone
    /// through.
    static let most = 200_000

    /// Looks for this one as well.
    mutating func seek(_ id: Span<UInt8>) {
        let code = Int(table.code(id))
        guard code == isMet.count else { return }
        isMet.append(false)
        missing += 1
    }

    /// Takes note of an id that is there.
    mutating func meet(_ id: Span<UInt8>) {
        guard let code = table.knownCode(id), !isMet[Int(code)] else { return }
        isMet[Int(code)] = true
        missing -= 1
    }

    /// Whether the id was met.
    func hasMet(_ id: Span<UInt8>) -> Bool { table.knownCode(id).map { isMet[Int($0)] } ?? false }

    /// Whether the id is looked for.
    func seeks(_ id: Span<UInt8>) -> Bool { table.knownCode(id) != nil }
}
