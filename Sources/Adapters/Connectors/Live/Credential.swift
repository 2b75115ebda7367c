internal import Files
internal import HTTP
internal import JSONLines
internal import Policies
internal import Processes
internal import ProviderFacts

/// A key or a token, from where a document says that it is. It is never printed.
struct Credential {
    let secret: String
    /// Whether it is a token of some hours, and no key: what a command prints, and what says so itself.
    let isToken: Bool

    /// More than any token has.
    private static let mostBytes = 1 << 16
    /// Longer than a command needs that asks its provider for a token; whoever asks a person instead waits in vain.
    static let timeLimit = Duration.seconds(60)

    /// Fetches it.
    ///
    /// - Throws: in words that hold nothing of it, and nothing of what a command printed.
    init(_ place: Source.Credentials, timeLimit: Duration = timeLimit) throws(Absence) {
        let text =
            switch place {
            case .environment(let name): try Self.variable(name)
            case .file(let path): try Self.content(of: path)
            case .command(let command): try Self.output(of: command, timeLimit)
            }
        let token = Self.token(in: text)
        let secret = token ?? text
        let trimmed = secret.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        guard !trimmed.isEmpty else { throw Absence("is empty", hint: "put the key or token there") }
        self.secret = String(trimmed)
        if case .command = place { isToken = true } else { isToken = token != nil }
    }

    /// Why there is none.
    struct Absence: Error {
        let reason: String
        let hint: String

        init(_ reason: String, hint: String) {
            self.reason = reason
            self.hint = hint
        }
    }

    private static func variable(_ name: String) throws(Absence) -> String {
        guard let text = Environment.variable(name) else {
            throw Absence("the environment variable \(name) is not set", hint: "set it to the key or token")
        }
        return text
    }

    private static func content(of path: String) throws(Absence) -> String {
        do throws(FileError) {
            return String(decoding: try Files.read(path, limit: mostBytes), as: UTF8.self)
        } catch {
            throw Absence("the file \(path) cannot be read: \(error.reason)", hint: "put the key or token there")
        }
    }

    private static func output(of command: String, _ timeLimit: Duration) throws(Absence) -> String {
        let words = words(of: command)
        guard let program = words.first else { throw Absence("the command is empty", hint: "name a program") }
        let outcome: ChildProcess.Outcome
        do throws(ProcessError) {
            outcome = try ChildProcess.run(
                program, Array(words.dropFirst()), environment: Environment.all, limit: mostBytes,
                timeLimit: timeLimit)
        } catch {
            throw Absence("the command failed: \(error)", hint: "run it by hand")
        }
        guard outcome.status == 0 else {
            throw Absence("the command \(program) ended with \(outcome.status)", hint: "run it by hand")
        }
        return String(decoding: outcome.output, as: UTF8.self)
    }

    /// The words of a command: no shell reads it, so that only spaces and quotes mean anything.
    private static func words(of command: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for letter in command {
            if letter == quote {
                quote = nil
            } else if quote == nil, letter == "\"" || letter == "'" {
                (quote, word) = (letter, word ?? "")
            } else if quote == nil, letter.isWhitespace {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(letter)
            }
        }
        return words + (word.map { [$0] } ?? [])
    }

    /// What `az account get-access-token` prints: an object with the token in it.
    private static func token(in text: String) -> String? {
        guard text.hasPrefix("{") else { return nil }
        return JSONDocument.read(Array(text.utf8)) { record in
            guard case .value(let value) = record else { return nil }
            return value["accessToken"]?.text?.string
        }
    }
}

extension Credential {
    /// The header that brings it.
    ///
    /// - Parameter stated: what the document says that it is; nil where its place says it.
    func header(_ facts: ProviderFacts, _ stated: Source.Authentication?) -> HTTPHeader {
        let isKey = stated.map { $0 == .key } ?? !isToken
        if isKey, let name = facts.keyHeader { return HTTPHeader(name, secret) }
        return HTTPHeader("Authorization", "Bearer \(secret)")
    }
}
