import Foundation

/// nginx on a port of this machine's, in front of another server, with TLS and HTTP/2.
///
/// It gets the socket from the test, which listens already: nobody waits for it to be up, and no port is guessed.
package final class Nginx {
    package let port: Int
    private let process = Process()
    private let scratch: Scratch

    /// One line of its log.
    package struct Exchange: Equatable {
        /// The connection's number.
        package let connection: Int
        /// `HTTP/2.0` or `HTTP/1.1`.
        package let version: String
        package let path: String
    }

    /// - Parameters:
    ///   - locations: what goes into its `server`, such as `location / { … }`.
    package init(
        _ program: String, _ leaf: Certificates.Leaf, isHTTP2: Bool = true, locations: String
    ) throws {
        scratch = try Scratch()
        let listener = try Listener()
        port = listener.port
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \($0);" }
        try scratch.write(
            "nginx.conf",
            """
            daemon off; worker_processes 1; pid nginx.pid; error_log error.log;
            events { worker_connections 512; }
            http {
              \(temporary.joined(separator: " "))
              log_format told '$connection $server_protocol $uri';
              access_log access.log told;
              keepalive_requests 100000;
              server {
                listen 127.0.0.1:\(port) ssl\(isHTTP2 ? " http2" : "");
                ssl_certificate \(leaf.certificate);
                ssl_certificate_key \(leaf.key);
                \(locations)
              }
            }
            """)
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "exec 5<&0 0</dev/null; NGINX='5;' exec \"$0\" -p \"$1\" -e error.log -c nginx.conf", program,
            "\(scratch.path)/",
        ]
        process.standardInput = FileHandle(fileDescriptor: listener.descriptor)
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// What hands all requests to a server on another port.
    package static func passing(to port: UInt16) -> String {
        """
        location / { proxy_pass http://127.0.0.1:\(port); proxy_http_version 1.1; proxy_set_header Connection ''; \
        proxy_buffering off; }
        """
    }

    /// Ends it, and gives what it was asked, in the order of the answers' ends.
    package func stop() throws -> [Exchange] {
        end()
        return try scratch.text("access.log").split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            return Exchange(connection: Int(words[0]) ?? 0, version: words[1], path: words[2])
        }
    }

    deinit { end() }

    /// Lets what is under way come to its end.
    private func end() {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGQUIT)
        process.waitUntilExit()
    }
}

/// A socket of this process that listens on any free port of the loopback address.
package final class Listener {
    package let descriptor: Int32
    package let port: Int

    package init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 256) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}
