internal import Glibc

/// The words that a process is started with.
public enum Arguments {
    /// Whether all of them are UTF-8; those that are not are given to Swift with other characters in the place of theirs.
    public static var areText: Bool {
        let words = unsafe UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        return unsafe words.allSatisfy { word in
            unsafe word.map { unsafe String(validatingCString: $0) != nil } ?? true
        }
    }
}

/// The variables that a process is started with.
public enum Environment {
    /// The variable's value; nil where it is not set or empty.
    public static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// All variables, as `NAME=VALUE`: what a child process is started with that is to see what this one sees.
    public static var all: [String] {
        var variables: [String] = []
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            variables.append(unsafe String(cString: text))
            unsafe entry += 1
        }
        return variables
    }
}
