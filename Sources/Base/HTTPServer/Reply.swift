internal import CMicroHTTPD
internal import Glibc

/// An answer on its way out.
@safe
final class Reply {
    private let body: [UInt8]
    private let delivery: ServedResponse.Delivery

    private static let block = 16_384

    private init(_ response: ServedResponse) {
        body = response.body
        delivery = response.delivery
    }

    /// Queues an answer; `MHD_NO` closes the connection.
    @unsafe
    static func send(_ response: ServedResponse, on connection: OpaquePointer) -> MHD_Result {
        guard response.delivery != .none, let raw = unsafe make(response) else { return .NO }
        defer { unsafe MHD_destroy_response(raw) }
        for (name, value) in response.headers { unsafe MHD_add_response_header(raw, name, value) }
        return unsafe MHD_queue_response(connection, UInt32(clamping: response.status), raw)
    }

    private static func make(_ response: ServedResponse) -> OpaquePointer? {
        if response.delivery == .whole {
            return unsafe response.body.withUnsafeBufferPointer { body in
                unsafe MHD_create_response_from_buffer(
                    body.count, UnsafeMutableRawPointer(mutating: body.baseAddress), .RESPMEM_MUST_COPY)
            }
        }
        let reply = unsafe Unmanaged.passRetained(Reply(response)).toOpaque()
        let raw = unsafe MHD_create_response_from_callback(
            UInt64(response.body.count), block,
            { context, position, space, size in
                guard let context = unsafe context, let space = unsafe space else { return -2 }
                let reply = unsafe Unmanaged<Reply>.fromOpaque(context).takeUnretainedValue()
                return unsafe reply.fill(UnsafeMutableRawBufferPointer(start: space, count: size), Int(position))
            }, reply,
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<Reply>.fromOpaque(context).release()
            })
        if unsafe raw == nil { unsafe Unmanaged<Reply>.fromOpaque(reply).release() }
        return unsafe raw
    }

    /// Gives the next piece of the body: how many bytes, or -2 to break the connection.
    @unsafe
    private func fill(_ space: UnsafeMutableRawBufferPointer, _ position: Int) -> Int {
        var end = body.count
        switch delivery {
        case .whole, .none: break
        case .torn(let after):
            end = min(end, after)
            if position >= end { return -2 }
        case .slow(let bytes, let milliseconds):
            usleep(UInt32(clamping: milliseconds * 1000))
            end = min(end, position + max(1, bytes))
        }
        let count = min(space.count, max(0, end - position))
        unsafe body.withUnsafeBytes {
            unsafe space.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
        }
        return count
    }
}
