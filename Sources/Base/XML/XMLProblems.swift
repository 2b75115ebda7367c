internal import CLibXML

/// Gathers what libxml2 reports through a structured error handler, during one call and on its thread.
final class Problems {
    private(set) var all: [XMLError] = []

    var first: XMLError? { all.first }

    /// Calls `body` with a handler and its context; the context is good until `body` returns.
    func collecting<Result>(
        _ body: (_ handler: @escaping xmlStructuredErrorFunc, _ context: UnsafeMutableRawPointer) -> Result
    ) -> Result {
        withExtendedLifetime(self) {
            unsafe body(
                { context, error in
                    guard let context = unsafe context else { return }
                    let problems = unsafe Unmanaged<Problems>.fromOpaque(context).takeUnretainedValue()
                    problems.all.append(unsafe XMLError(error, or: "unknown problem"))
                }, Unmanaged.passUnretained(self).toOpaque())
        }
    }
}

extension XMLError {
    /// Copies what libxml2 says; its own text ends with the next call.
    init(_ error: xmlErrorPtr?, or fallback: String) {
        guard let error = unsafe error, let text = unsafe error.pointee.message else {
            self.init(message: fallback)
            return
        }
        var message = unsafe String(cString: text)
        while message.last?.isWhitespace == true { message.removeLast() }
        let line = unsafe Int(error.pointee.line)
        self.init(message: message, line: line > 0 ? line : nil)
    }
}
