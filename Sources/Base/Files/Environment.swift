internal import Glibc

/// The variables that a process is started with.
public enum Environment {
    /// The variable's value; nil where it is not set or empty.
    public static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
