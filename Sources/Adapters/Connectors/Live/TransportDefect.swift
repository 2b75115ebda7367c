internal import Files
internal import HTTP
internal import Policies

/// What is wrong with the way to a service, as its document states it.
struct TransportDefect: Error {
    let reason: String
    let hint: String
}

extension HTTPTrust {
    private static let beginning = Array("-----BEGIN CERTIFICATE-----".utf8)
    /// More than any system's certificates.
    private static let mostBytes = 1 << 24

    /// Whom a document trusts.
    init(_ transport: Source.Transport) throws(TransportDefect) {
        self.init()
        isVerified = transport.isVerified
        if let path = transport.authorities {
            try Self.check(path)
            authorities = path
        }
        switch transport.proxy {
        case .ofEnvironment: proxy = .ofEnvironment
        case .none: proxy = .none
        case .at(let text):
            do throws(HTTPError) {
                proxy = .at(try HTTPAddress(text))
            } catch {
                throw TransportDefect(reason: "the proxy's address \(error.reason)", hint: "write http://HOST:PORT")
            }
        }
    }

    /// Whether there is a certificate in it, so that a wrong name is no failure of the network.
    private static func check(_ path: String) throws(TransportDefect) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Files.read(path, limit: mostBytes)
        } catch {
            throw TransportDefect(
                reason: "the file of authorities \(path) cannot be read: \(error.reason)",
                hint: "name a file of certificates in PEM")
        }
        guard bytes.split(separator: UInt8(ascii: "\n")).contains(where: { $0.starts(with: beginning) }) else {
            throw TransportDefect(
                reason: "the file of authorities \(path) holds no certificate in PEM",
                hint: "write it so: openssl x509 -in CERTIFICATE -outform PEM")
        }
    }
}

extension HTTPLimits {
    /// How much a document allows at a time.
    init(_ transport: Source.Transport) {
        self.init()
        inFlight = transport.inFlight
    }
}
