extension CELLibrary {
    /// Values that may be missing: `a.?b`, `a[?k]`, `[?x]`, `{?k: x}`, and what can be done with them.
    public static let optionals: CELLibrary = {
        var library = CELLibrary(name: "optionals", functions: optionalFunctions)
        let (a, b) = (CELType.parameter("A"), CELType.parameter("B"))
        let containers: [(CELType, key: CELType, element: CELType)] = [(.list(a), .int, a), (.map(a, b), a, b)]
        library.signatures = [
            "_[_]": containers.map { Signature([.optional($0), $1], .optional($2)) },
            "_[?_]": containers.flatMap { container, key, element in
                [container, .optional(container)].map { Signature([$0, key], .optional(element)) }
            },
            "_?._": [Signature([.dyn, .string], .optional(.dyn))],
            "?_": [Signature([.optional(a)], a)],
            "or": [Signature([.optional(a), .optional(a)], .optional(a), isMember: true)],
            "orValue": [Signature([.optional(a), a], a, isMember: true)],
        ]
        library.macros = [
            Macro(name: "optMap", arguments: 2, operation: .optMap),
            Macro(name: "optFlatMap", arguments: 2, operation: .optFlatMap),
        ]
        library.types = [.optional(.dyn)]
        library.hasOptionalSyntax = true
        return library
    }()

    private static let optionalFunctions: [CELFunction] = {
        let a = CELType.parameter("A")
        return [
            CELFunction("optional.none", [], returns: .optional(a), .variadic { _ in .success(.optional(nil)) })
                .estimated { _ in CELCallEstimate(giving: .optional(.scalar)) },
            CELFunction("optional.of", [a], returns: .optional(a), .unary { .success(.optional($0)) })
                .estimated { CELCallEstimate(giving: .optional($0[0])) },
            CELFunction(
                "optional.ofNonZeroValue", [a], returns: .optional(a),
                .unary { .success(.optional($0.isZero ? nil : $0)) }
            ).estimated { CELCallEstimate(giving: .optional($0[0])) },
            CELFunction(
                "hasValue", [.optional(a)], returns: .bool, isMember: true,
                .unary { optional in
                    guard case .opaque(let optional as CELOptional) = optional else {
                        return .mismatch("hasValue", optional)
                    }
                    return .success(.bool(optional.value != nil))
                }),
            CELFunction(
                "value", [.optional(a)], returns: a, isMember: true,
                .unary { optional in
                    guard case .opaque(let optional as CELOptional) = optional else {
                        return .mismatch("value", optional)
                    }
                    return optional.value.map { .success($0) }
                        ?? .failure(CELError(.invalidArgument, "the optional holds no value; orValue(x) gives another"))
                }
            ).estimated { CELCallEstimate(giving: $0[0].wrapped) },
        ]
    }()
}
