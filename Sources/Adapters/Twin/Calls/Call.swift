internal import HTTPServer

/// A call that changes something, or that is more than a look at a shelf.
struct Call: Sendable {
    typealias Answer = @Sendable (inout Service, Asked) throws(Refused) -> ServedResponse

    let method: String
    /// The words of its path; an asterisk stands for an id.
    let path: [String]
    /// The shelf that it belongs to: where that is not offered, neither is the call.
    let shelf: Shelf
    let answer: Answer

    init(_ method: String, _ path: String, _ shelf: Shelf, _ answer: @escaping Answer) {
        self.method = method
        self.path = path.split(separator: "/").map(String.init)
        self.shelf = shelf
        self.answer = answer
    }

    static let all = [
        Service.fileCalls, Service.vectorStoreCalls, Service.vectorStoreFileCalls, Service.fileBatchCalls,
        Service.assistantCalls, Service.threadCalls, Service.messageCalls, Service.runCalls,
        Service.conversationCalls, Service.responseCalls, Service.completionCalls, Service.containerCalls,
        Service.batchCalls, Service.uploadCalls,
    ].flatMap(\.self)

    /// The call that a method and a path are; a word goes before an id.
    static func find(_ method: String, _ words: [String]) -> (call: Call, ids: [String])? {
        let fitting = all.filter { call in
            call.method == method && call.path.count == words.count
                && zip(call.path, words).allSatisfy { $0 == "*" || $0 == $1 }
        }
        guard let call = fitting.min(by: { $0.wildcards < $1.wildcards }) else { return nil }
        return (call, zip(call.path, words).compactMap { $0 == "*" ? $1 : nil })
    }

    private var wildcards: Int { path.count { $0 == "*" } }
}
