import Foundation

/// An authority that nobody else knows, and certificates that it signed: made by the openssl command.
package final class Certificates {
    private let openssl: String
    private let scratch: Scratch
    private var count = 0

    /// The authority's own certificate, as a file in PEM.
    package var authority: String { scratch.path("authority.pem") }

    /// A certificate and its key, as files in PEM.
    package struct Leaf {
        package let certificate: String
        package let key: String
    }

    package init(_ openssl: String) throws {
        self.openssl = openssl
        scratch = try Scratch()
        try run(
            "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "2", "-subj", "/CN=An authority", "-keyout",
            scratch.path("authority.key"), "-out", authority)
    }

    /// A certificate for these names, such as `DNS:localhost`; one that has expired lasted until yesterday.
    package func sign(_ names: String, expired: Bool = false) throws -> Leaf {
        count += 1
        let leaf = Leaf(certificate: scratch.path("\(count).pem"), key: scratch.path("\(count).key"))
        let request = scratch.path("\(count).csr")
        let extensions = try scratch.write("\(count).ext", "subjectAltName=\(names)\n")
        try run("req", "-newkey", "ed25519", "-nodes", "-subj", "/CN=A service", "-keyout", leaf.key, "-out", request)
        try run(
            "x509", "-req", "-in", request, "-CA", authority, "-CAkey", scratch.path("authority.key"), "-days",
            expired ? "-1" : "1", "-extfile", extensions, "-out", leaf.certificate)
        return leaf
    }

    private func run(_ arguments: String...) throws {
        let outcome = try Tool.run(openssl, arguments)
        guard outcome.status == 0 else { throw Failed(errors: outcome.errors) }
    }

    private struct Failed: Error {
        let errors: String
    }
}
