internal import Chronology
internal import Files

/// Writes a first set of policies, their test, and a CI job that checks both.
struct Init: Command {
    static let name = "init"
    static let sentence = "Write a first policy, its test and CI files that pass, to be edited."
    static let example = "tenure init && sh ci/retention.sh"
    static let details = """
        Nothing that exists is overwritten: where one of the files is there already, nothing is written at all.
        """

    @Argument("DIR", help: "The root of the repository to start in.") var directory = "."

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let files = StartingFiles.all(today: Zone.utc.civil(at: .now()).date)
        if let existing = files.map(path).first(where: { Files.kind(of: $0) != nil }) {
            throw .usage("init: \(existing) exists already; nothing was written (choose another DIR, or move it away)")
        }
        for (index, file) in files.enumerated() {
            do throws(FileError) {
                try write(file)
            } catch {
                // All or nothing: half a set would pass for one, and a second try would find it there.
                for written in files[..<index] { try? Files.remove(path(written)) }
                throw .usage("init: \(error); nothing was written")
            }
        }
        for file in files { try console.print("wrote \(path(file))") }
        try console.print("Next: edit \(path(files[0])), then run `sh ci/retention.sh`.")
        return .clean
    }

    private func write(_ file: StartingFiles.File) throws(FileError) {
        let path = path(file)
        try Files.makeDirectory(Files.parent(of: path))
        var output = try AtomicFile(path: path, mode: file.isProgram ? 0o755 : 0o644)
        try output.write(file.text)
        try output.commit()
    }

    private func path(_ file: StartingFiles.File) -> String {
        directory == "." ? file.path : Files.path(directory, file.path)
    }
}
