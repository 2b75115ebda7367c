/// How a function may be called: its parameters, its result, and whether the first parameter is a receiver.
struct Signature: Sendable {
    let parameters: [CELType]
    let result: CELType
    let isMember: Bool

    init(_ parameters: [CELType], _ result: CELType, isMember: Bool = false) {
        self.parameters = parameters
        self.result = result
        self.isMember = isMember
    }
}

/// The standard functions and operators by name, as in the language's definition.
enum StandardSignatures {
    static let all: [String: [Signature]] = operators.merging(functions) { first, _ in first }

    private static let a = CELType.parameter("A")
    private static let b = CELType.parameter("B")
    private static let numbers: [CELType] = [.int, .uint, .double]

    private static let operators: [String: [Signature]] = [
        "!_": [Signature([.bool], .bool)],
        "-_": [.int, .double].map { Signature([$0], $0) },
        "_==_": [Signature([a, a], .bool)],
        "_!=_": [Signature([a, a], .bool)],
        "_<_": ordering, "_<=_": ordering, "_>_": ordering, "_>=_": ordering,
        "_+_": (numbers + [.string, .bytes, .list(a)]).map { Signature([$0, $0], $0) } + [
            Signature([.timestamp, .duration], .timestamp), Signature([.duration, .timestamp], .timestamp),
            Signature([.duration, .duration], .duration),
        ],
        "_-_": numbers.map { Signature([$0, $0], $0) } + [
            Signature([.timestamp, .timestamp], .duration), Signature([.timestamp, .duration], .timestamp),
            Signature([.duration, .duration], .duration),
        ],
        "_*_": numbers.map { Signature([$0, $0], $0) },
        "_/_": numbers.map { Signature([$0, $0], $0) },
        "_%_": [.int, .uint].map { Signature([$0, $0], $0) },
        "_?_:_": [Signature([.bool, a, a], a)],
        "_[_]": [Signature([.list(a), .int], a), Signature([.map(a, b), a], b)],
        "@in": [Signature([a, .list(a)], .bool), Signature([a, .map(a, b)], .bool)],
    ]

    /// Numbers of different types compare too, on one line of numbers.
    private static let ordering: [Signature] =
        ([.bool, .string, .bytes, .timestamp, .duration] as [CELType]).map { Signature([$0, $0], .bool) }
        + numbers.flatMap { left in numbers.map { Signature([left, $0], .bool) } }

    private static let functions: [String: [Signature]] = {
        var table: [String: [Signature]] = [
            "size": ([.string, .bytes, .list(a), .map(a, b)] as [CELType]).flatMap {
                [Signature([$0], .int), Signature([$0], .int, isMember: true)]
            },
            "matches": [
                Signature([.string, .string], .bool), Signature([.string, .string], .bool, isMember: true),
            ],
            "type": [Signature([a], .type(a))],
            "dyn": [Signature([a], .dyn)],
            "bool": [Signature([.bool], .bool), Signature([.string], .bool)],
            "int": ([.int, .uint, .double, .string, .timestamp] as [CELType]).map { Signature([$0], .int) },
            "uint": ([.int, .uint, .double, .string] as [CELType]).map { Signature([$0], .uint) },
            "double": ([.int, .uint, .double, .string] as [CELType]).map { Signature([$0], .double) },
            "string": ([.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration] as [CELType]).map {
                Signature([$0], .string)
            },
            "bytes": [Signature([.bytes], .bytes), Signature([.string], .bytes)],
            "timestamp": ([.timestamp, .string, .int] as [CELType]).map { Signature([$0], .timestamp) },
            "duration": [Signature([.duration], .duration), Signature([.string], .duration)],
        ]
        for name in ["contains", "startsWith", "endsWith"] {
            table[name] = [Signature([.string, .string], .bool, isMember: true)]
        }
        for accessor in TimePart.allCases {
            var signatures = [
                Signature([.timestamp], .int, isMember: true), Signature([.timestamp, .string], .int, isMember: true),
            ]
            if accessor.isOfDurations { signatures.append(Signature([.duration], .int, isMember: true)) }
            table[accessor.rawValue] = signatures
        }
        return table
    }()
}

/// The functions that read one part of a time.
enum TimePart: String, CaseIterable, Sendable {
    case getFullYear, getMonth, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear
    case getHours, getMinutes, getSeconds, getMilliseconds

    var isOfDurations: Bool {
        switch self {
        case .getHours, .getMinutes, .getSeconds, .getMilliseconds: true
        default: false
        }
    }
}
