import Files

/// Where a lock can be that covers some documents: it covers its directory, and whatever is below.
///
/// Who names a part of the directory, a file or a directory in it, names documents that are locked all the same.
struct LockPlaces {
    /// The locks in directories above, relative where they are below the working directory.
    private(set) var paths: [String] = []

    /// - Parameter path: the file or directory of documents, where locks are looked for by those who read it.
    init(above path: String) {
        let named = Files.resolved(path)
        // A link belongs to the directory that it stands in, and to the one that it leads to.
        var seen: Set<String> = Files.kind(of: path) == .directory ? Set([named].compactMap(\.self)) : []
        for start in [named.map(Files.parent), Self.holder(of: path).flatMap(Files.resolved)] {
            var directory = start
            while let here = directory, seen.insert(here).inserted {
                let lock = Files.path(here, PolicyLock.fileName)
                if Files.kind(of: lock) != nil { paths.append(Self.shortened(lock)) }
                directory = here == "/" ? nil : Files.parent(of: here)
            }
        }
    }

    /// The directory that a path's last name stands in; nil where it is no name.
    private static func holder(of path: String) -> String? {
        guard let name = path.split(separator: "/").last, name != ".", name != ".." else { return nil }
        return Files.parent(of: path)
    }

    private static func shortened(_ path: String) -> String {
        guard let directory = Files.workingDirectory, path.hasPrefix(Files.path(directory, "")) else { return path }
        return String(path.dropFirst(Files.path(directory, "").count))
    }
}
