internal import AuditLog
internal import Crypto
internal import Files

/// Files that hold what nobody else may know. A secret never stands among the words of a command.
enum KeyFile {
    /// The text of a file that no one else may be able to read.
    static func secret(_ path: String, for verb: String) throws(Failure) -> String {
        let text: String
        do throws(FileError) {
            text = String(decoding: try Files.read(path, limit: 1 << 16), as: UTF8.self)
        } catch {
            throw .usage("\(verb): \(error)")
        }
        guard Files.isPrivate(path) else {
            throw .usage("\(verb): \(path) can be read by others (chmod 600 \(path))")
        }
        return text
    }

    /// The key of pseudonyms of a file.
    static func pseudonyms(_ path: String, for verb: String) throws(Failure) -> PseudonymKey {
        let text = try secret(path, for: verb)
        do throws(AuditError) {
            return try PseudonymKey(hexadecimal: text)
        } catch {
            throw .usage("\(verb): \(path): \(error)")
        }
    }

    /// The private key of a file.
    static func privateKey(_ path: String, for verb: String) throws(Failure) -> Ed25519.PrivateKey {
        guard let key = Ed25519.PrivateKey(pem: try secret(path, for: verb)) else {
            throw .usage("\(verb): \(path) is no Ed25519 key in PEM (openssl genpkey -algorithm ed25519 makes one)")
        }
        return key
    }
}
