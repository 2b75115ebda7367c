internal import Disposition
internal import Files

/// Where the estate of each place of a plan is.
struct EstateChoice {
    private var named: [String: String] = [:]
    private var common: String?
    private let isOnly: Bool

    /// - Parameter words: directories for all places, or `NAME=DIR` for one of them.
    init(_ words: [String], of plan: Plan) throws(Failure) {
        let names = plan.binding.places.map(\.name)
        isOnly = names.count == 1
        for word in words {
            if let name = names.first(where: { word.hasPrefix("\($0)=") }) {
                guard named.updateValue(String(word.dropFirst(name.count + 1)), forKey: name) == nil else {
                    throw .usage("rehearse: --estate names \(name) twice")
                }
            } else {
                guard common == nil else {
                    throw .usage(
                        "rehearse: --estate \(word): there is one directory for all places already; name the place: "
                            + "--estate NAME=DIR (\(names.joined(separator: ", ")))")
                }
                common = word
            }
        }
    }

    /// The directory of a place, with a file of records in it.
    func directory(of name: String) throws(Failure) -> String {
        guard let path = try path(of: name) else {
            throw .usage("rehearse: say what the twin of \(name) holds: --estate DIR (tenure inventory --out DIR)")
        }
        let files: [String]
        do throws(FileError) { files = try Files.list(path) } catch { throw .usage("rehearse: \(error)") }
        guard files.contains(where: { $0.hasSuffix(".ndjson") }) else {
            throw .usage(
                "rehearse: \(path) holds no file of records, such as threads.ndjson; name what tenure inventory --out wrote"
            )
        }
        return path
    }

    private func path(of name: String) throws(Failure) -> String? {
        if let path = named[name] { return path }
        guard let common else { return nil }
        let own = Files.path(common, name)
        if Files.kind(of: own) == .directory { return own }
        guard isOnly else {
            throw .usage("rehearse: \(common) has no directory \(name): name it, --estate \(name)=DIR")
        }
        return common
    }
}
