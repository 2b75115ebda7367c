extension CELLibrary {
    /// `base64.encode(b'…')` and `base64.decode('…')`: the standard alphabet, with or without padding when it is read.
    public static let encoders = CELLibrary(
        name: "encoders",
        functions: [
            CELFunction(
                "base64.encode", [.bytes], returns: .string,
                .metered { arguments, meter in
                    guard case .bytes(let bytes)? = arguments.first else {
                        return .mismatch("base64.encode", arguments)
                    }
                    guard meter.allocate(bytes: bytes.count / 3 * 4 + 4) else { return .success(.null) }
                    return .success(.string(Base64.encoded(bytes)))
                }
            ).estimated { arguments in
                let made = arguments[0].bytes.divided(by: 3) * 4 + CELBounds(exactly: 4)
                return CELCallEstimate(made.tenth, giving: .text(made.orNone))
            },
            CELFunction(
                "base64.decode", [.string], returns: .bytes,
                .metered { arguments, meter in
                    guard case .string(let text)? = arguments.first else {
                        return .mismatch("base64.decode", arguments)
                    }
                    guard meter.allocate(bytes: text.utf8.count) else { return .success(.null) }
                    guard let bytes = Base64.decoded(text) else {
                        return .failure(CELError(.invalidArgument, "the text is no base64"))
                    }
                    return .success(.bytes(bytes))
                }
            ).estimated { CELCallEstimate($0[0].bytes.tenth, giving: .text($0[0].bytes.orNone)) },
        ])
}
