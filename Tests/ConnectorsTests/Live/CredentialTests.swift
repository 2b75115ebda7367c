import Policies
import TestSupport
import Testing

@testable import Connectors

@Suite struct CredentialTests {
    @Test func `reads a file, without the line break at its end`() throws {
        let scratch = try Scratch()
        let path = try scratch.write("key", " sk-secret\r\n")
        #expect(try Credential(.file(path)).secret == "sk-secret")
    }

    @Test(arguments: [
        ("printf sk-secret", "sk-secret"), ("printf '%s %s' sk \"secret key\"", "sk secret key"),
        (#"printf '{"accessToken": "ey.secret", "expiresOn": "2026-11-20"}'"#, "ey.secret"),
        ("printf $HOME;x", "$HOME;x"),
    ])
    func `runs a command without a shell`(command: String, secret: String) throws {
        #expect(try Credential(.command(command)).secret == secret)
    }

    @Test(arguments: ["sleep 600", "sh -c 'exec >&- 2>&-; sleep 600'", "sh -c 'sleep 600 & sleep 600'"])
    func `waits no longer for a command than a token can take`(command: String) {
        do throws(Credential.Absence) {
            _ = try Credential(.command(command), timeLimit: .milliseconds(300))
            Issue.record("there should be none")
        } catch {
            #expect(error.reason.contains("it took longer than 0.3 s"), "\(error.reason)")
        }
    }

    @Test func `takes no more of a command's words than a token has`() {
        #expect(throws: Credential.Absence.self) { try Credential(.command("yes")) }
    }

    @Test(arguments: [
        (
            Source.Credentials.environment("TENURE_TEST_ABSENT"),
            "the environment variable TENURE_TEST_ABSENT is not set"
        ),
        (.file("/nonexistent/key"), "the file /nonexistent/key cannot be read"),
        (.command("false"), "the command false ended with 1"), (.command("  "), "the command is empty"),
        (.command("tenure-no-such-program --key sk-secret"), "the command failed"), (.command("true"), "is empty"),
        (.command("sh -c 'echo sk-secret; echo sk-secret >&2; exit 3'"), "the command sh ended with 3"),
    ])
    func `says where a credential is missing, and nothing of what it may be`(
        place: Source.Credentials, reason: String
    ) {
        do throws(Credential.Absence) {
            _ = try Credential(place)
            Issue.record("there should be none")
        } catch {
            #expect(error.reason.hasPrefix(reason), "\(error.reason)")
            #expect(!error.reason.contains("secret"))
        }
    }
}
