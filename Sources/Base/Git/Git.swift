internal import Glibc
internal import Processes

/// Questions to the `git` program about one directory.
///
/// Nothing that the user's shell or a hook left in `GIT_` variables reaches it; no hook, filter, pager, prompt or
/// network is used, and nothing is written.
struct Git {
    let directory: String

    func run(_ arguments: [String], input: [UInt8] = [], limit: Int = 1 << 20) throws(GitError) -> ChildProcess.Outcome
    {
        let settings = [
            "--no-pager", "--no-replace-objects", "--literal-pathspecs", "-c", "core.hooksPath=/dev/null", "-c",
            "core.fsmonitor=false", "-c", "protocol.allow=never", "-C", directory,
        ]
        do throws(ProcessError) {
            return try ChildProcess.run(
                "git", settings + arguments, environment: Self.environment, input: input, limit: limit)
        } catch {
            throw GitError(error.description)
        }
    }

    /// The first line of an answer; nil where git says no.
    func line(_ arguments: [String]) throws(GitError) -> String? {
        let outcome = try run(arguments)
        guard outcome.status == 0 else { return nil }
        return String(decoding: outcome.output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    private static var environment: [String] {
        let kept = ["PATH", "HOME", "XDG_CONFIG_HOME"].compactMap { name -> String? in
            guard let value = unsafe getenv(name) else { return nil }
            return unsafe "\(name)=\(String(cString: value))"
        }
        return kept + ["LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0"]
    }
}
