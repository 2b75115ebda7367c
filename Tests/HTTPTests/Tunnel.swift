import Foundation
import Synchronization
import TestSupport

/// A proxy that makes tunnels to one port of this machine, wherever they are asked to lead, and remembers every byte.
final class Tunnel: Sendable {
    let port: Int
    private let log = Log()
    private let listening: Int32

    private final class Log: Sendable {
        let questions = Mutex<[String]>([])
        let bytes = Mutex<[UInt8]>([])
    }

    /// The first lines of what it was asked.
    var questions: [String] { log.questions.withLock { $0 } }
    /// All that clients sent through it, the questions included.
    var passed: String { log.bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    /// - Parameters:
    ///   - target: the port that all tunnels lead to.
    ///   - answer: what it says to a question; a tunnel is only made with 200.
    init(to target: Int, answer: String = "200 OK") throws {
        let listener = try Listener()
        let (listening, log) = (dup(listener.descriptor), log)
        port = listener.port
        self.listening = listening
        Thread.detachNewThread {
            while true {
                let client = accept(listening, nil, nil)
                guard client >= 0 else { break }
                Thread.detachNewThread { Tunnel.serve(client, target, answer, log) }
            }
            close(listening)
        }
    }

    deinit { shutdown(listening, Int32(SHUT_RDWR)) }

    private static func serve(_ client: Int32, _ target: Int, _ answer: String, _ log: Log) {
        defer { close(client) }
        var head: [UInt8] = []
        while !head.ends(with: "\r\n\r\n") {
            var byte: UInt8 = 0
            guard read(client, &byte, 1) == 1 else { return }
            head.append(byte)
        }
        log.bytes.withLock { $0 += head }
        let first = String(decoding: head, as: UTF8.self).prefix { !$0.isNewline }
        log.questions.withLock { $0.append(String(first)) }
        send(Array("HTTP/1.1 \(answer)\r\nContent-Length: 0\r\n\r\n".utf8), client)
        guard answer.hasPrefix("200") else { return }
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(server) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        address.sin_port = UInt16(target).bigEndian
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return }
        let back = Pump()
        Thread.detachNewThread { back.run(from: server, to: client) { _ in } }
        Pump().run(from: client, to: server) { bytes in log.bytes.withLock { $0 += bytes } }
        shutdown(server, Int32(SHUT_RDWR))
        back.wait()
    }

    private static func send(_ bytes: [UInt8], _ descriptor: Int32) {
        _ = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// One direction of a tunnel.
    private final class Pump: Sendable {
        private let ended = DispatchSemaphore(value: 0)

        func run(from source: Int32, to target: Int32, _ note: ([UInt8]) -> Void) {
            var window = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = read(source, &window, window.count)
                guard count > 0 else { break }
                note(Array(window[..<count]))
                Tunnel.send(Array(window[..<count]), target)
            }
            shutdown(target, Int32(SHUT_WR))
            ended.signal()
        }

        func wait() { ended.wait() }
    }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
