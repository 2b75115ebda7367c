internal import Files
internal import Glibc

/// A directory of this run's own, for its owner alone. It goes with whoever has it, and all that is in it.
final class ScratchDirectory {
    let path: String

    /// - Parameter purpose: what its name says of it.
    init(for purpose: String) throws(FileError) {
        let parent = Environment.variable("TMPDIR") ?? "/tmp"
        var number = 0
        while true {
            let path = Files.path(parent, "tenure-\(purpose)-\(getpid())-\(number)")
            if try Files.makePrivateDirectory(path) {
                self.path = path
                return
            }
            number += 1
        }
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        guard Files.kind(of: path) == .directory else {
            try? Files.remove(path)
            return
        }
        for name in (try? Files.list(path)) ?? [] { remove(Files.path(path, name)) }
        try? Files.removeDirectory(path)
    }
}
