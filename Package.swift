// swift-tools-version: 6.2
import PackageDescription

/// The house style's language settings, the same in every Swift target.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A target that wraps a C library also marks every unsafe expression.
let wrapper: [SwiftSetting] = strict + [.strictMemorySafety()]

/// A C library of the system. `make deps` installs the package that a missing one names.
func system(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func target(
    _ floor: String, _ name: String, _ dependencies: [String] = [], settings: [SwiftSetting] = strict
) -> Target {
    .target(
        name: name, dependencies: dependencies.map { .byName(name: $0) }, path: "Sources/\(floor)/\(name)",
        swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [String]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: (dependencies + ["TestSupport"]).map { .byName(name: $0) },
        path: "Tests/\(name)Tests", swiftSettings: strict)
}

let package = Package(
    name: "tenure",
    products: [
        .library(
            name: "Tenure",
            targets: ["Chronology", "Records", "CEL", "Policies", "Evaluation", "Connectors", "Reports"]),
        .executable(name: "tenure", targets: ["tenure"]),
    ],
    targets: [
        // System: module maps and shims, nothing else.
        system("COpenSSL", pkgConfig: "libcrypto", apt: "libssl-dev"),
        system("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
        system("CLibXML", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
        system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        .target(
            name: "CICU", path: "Sources/System/CICU",
            linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc"), .linkedLibrary("icudata")]),
        .systemLibrary(name: "CMalloc", path: "Sources/System/CMalloc"),
        .target(
            name: "CRE2", path: "Sources/System/CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .target(
            name: "CSimdJSON", path: "Sources/System/CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),

        // Base: one library each, wrapped once.
        target("Base", "Memory", ["CMalloc"], settings: wrapper),
        target("Base", "Files", settings: wrapper),
        target("Base", "Processes", settings: wrapper),
        target("Base", "Threads", settings: wrapper),
        target("Base", "Git", ["Processes"], settings: wrapper),
        target("Base", "Spelling"),
        target("Base", "Terminal"),
        target("Base", "CanonicalJSON"),
        target("Base", "Chronology", ["CICU", "Spelling"], settings: wrapper),
        target("Base", "TextForms", ["CICU"], settings: wrapper),
        target("Base", "Crypto", ["COpenSSL"], settings: wrapper),
        target("Base", "Patterns", ["CRE2"], settings: wrapper),
        target("Base", "YAML", ["CYAML"], settings: wrapper),
        target("Base", "JSONLines", ["CSimdJSON", "CZlib", "Files", "Threads"], settings: wrapper),
        target("Base", "XML", ["CLibXML"], settings: wrapper),
        target("Base", "SQLite", ["CSQLite", "Files"], settings: wrapper),
        target("Base", "HTTP", ["CCurl", "Threads"], settings: wrapper),
        target("Base", "HTTPServer", ["CMicroHTTPD"], settings: wrapper),

        // Domain.
        target("Domain", "Records", ["Chronology", "Spelling"]),
        target("Domain", "CEL", ["Chronology", "Patterns", "Spelling"]),
        target(
            "Domain", "Policies",
            [
                "Records", "CEL", "ProviderFacts", "Chronology", "YAML", "Crypto", "Files", "HTTP", "Spelling",
                "Terminal",
            ]),
        target("Domain", "Ledger", ["Records", "SQLite", "Crypto", "Chronology", "Files", "Threads"]),
        target("Domain", "ProviderFacts", ["Records", "Chronology"]),
        target(
            "Domain", "Evaluation",
            ["Policies", "ProviderFacts", "Records", "CEL", "Chronology", "Spelling", "Terminal"]),

        target("Domain", "AuditLog", ["CanonicalJSON", "Chronology", "Crypto", "Files", "Threads"]),
        target(
            "Domain", "Disposition",
            [
                "Evaluation", "AuditLog", "Ledger", "Policies", "Records", "ProviderFacts", "CanonicalJSON",
                "Chronology", "Crypto", "Files", "JSONLines", "Spelling", "TextForms", "Threads", "YAML",
            ]),

        // Adapters.
        target(
            "Adapters", "Connectors",
            [
                "Records", "Policies", "Ledger", "Disposition", "ProviderFacts", "JSONLines", "HTTP", "Chronology",
                "Files", "CanonicalJSON", "Crypto", "Processes", "SQLite", "Spelling", "Threads",
            ]),
        target(
            "Adapters", "Reports",
            [
                "Evaluation", "Policies", "ProviderFacts", "Records", "Disposition", "CanonicalJSON", "Chronology",
                "YAML", "XML", "Crypto", "Files",
                "Spelling", "Terminal",
            ]),
        target("Adapters", "SampleEstate", ["Records", "Chronology", "Files"]),
        target("Adapters", "Twin", ["HTTPServer", "JSONLines", "Chronology", "Files", "Threads"]),

        .executableTarget(
            name: "tenure",
            dependencies: [
                "AuditLog", "CanonicalJSON", "Chronology", "Crypto", "Memory", "Files", "Git", "Spelling", "Terminal",
                "Records", "CEL", "Policies", "Evaluation", "ProviderFacts", "Ledger", "Disposition", "Connectors",
                "Reports", "SampleEstate", "Threads", "Twin",
            ],
            path: "Sources/tenure", swiftSettings: strict),

        // Measures, and is no part of any product.
        .executableTarget(
            name: "EvaluationBench", dependencies: ["Chronology", "Records", "Policies", "Evaluation"],
            path: "Tests/Benchmarks/EvaluationBench", swiftSettings: strict),

        .executableTarget(
            name: "AuditLogBench", dependencies: ["AuditLog", "CanonicalJSON", "Chronology", "Crypto", "Files"],
            path: "Tests/Benchmarks/AuditLogBench", swiftSettings: strict),

        // Writes a log and kills itself on the way; part of a test, and of no product.
        .executableTarget(
            name: "AuditLogCrash", dependencies: ["AuditLog", "CanonicalJSON", "Chronology", "Crypto", "Files"],
            path: "Tests/AuditLogCrash", swiftSettings: strict),

        // What several suites share: seeded numbers, scratch directories, runs of the command.
        .target(
            name: "TestSupport", dependencies: ["HTTP", "Threads"], path: "Tests/TestSupport", swiftSettings: strict),
        // What the suites of rules share: estates and documents in words.
        .target(
            name: "RuleSupport", dependencies: ["Evaluation", "Policies", "Records", "CEL", "Chronology"],
            path: "Tests/RuleSupport", swiftSettings: strict),
        tests("Files", ["Files"]),
        tests("Git", ["Git", "Processes"]),
        tests("Spelling", ["Spelling"]),
        tests("Threads", ["Threads"]),
        tests("Terminal", ["Terminal"]),
        tests("Chronology", ["Chronology"]),
        tests("Crypto", ["Crypto"]),
        tests("TextForms", ["TextForms"]),
        tests("CanonicalJSON", ["CanonicalJSON"]),
        tests("AuditLog", ["AuditLog", "AuditLogCrash", "CanonicalJSON", "Chronology", "Crypto", "Files"]),
        tests("Patterns", ["Patterns"]),
        tests("YAML", ["YAML"]),
        tests("JSONLines", ["JSONLines", "Files"]),
        tests("XML", ["XML"]),
        tests("SQLite", ["SQLite", "Files"]),
        tests("HTTP", ["HTTP", "HTTPServer"]),
        tests("Records", ["Records", "Chronology"]),
        tests("CEL", ["CEL", "Chronology"]),
        tests("Policies", ["Policies", "Records", "CEL", "Chronology", "Crypto", "Files"]),
        tests(
            "Evaluation",
            [
                "Evaluation", "ProviderFacts", "Connectors", "Reports", "RuleSupport", "Policies", "Records", "CEL",
                "Chronology",
            ]),
        tests(
            "Connectors",
            [
                "Connectors", "Disposition", "Policies", "ProviderFacts", "Records", "Chronology", "Files", "HTTP",
                "HTTPServer", "SQLite", "SampleEstate", "Threads", "Twin",
            ]),
        tests("Reports", ["Reports", "Evaluation", "Policies", "Records", "Chronology", "XML", "Files"]),
        tests("Ledger", ["Ledger", "Records", "SQLite", "Chronology", "Files"]),
        tests("ProviderFacts", ["ProviderFacts", "Records", "Chronology"]),
        tests(
            "Disposition",
            [
                "Disposition", "RuleSupport", "Files", "Evaluation", "ProviderFacts", "Policies", "Records",
                "Chronology",
                "AuditLog", "CanonicalJSON", "Crypto", "Threads",
            ]),
        tests("Twin", ["Twin", "HTTP", "Chronology"]),
        tests("SampleEstate", ["SampleEstate", "Records", "Chronology", "Files"]),
        tests(
            "Tenure",
            [
                "tenure", "Files", "Chronology", "Records", "Policies", "Evaluation", "Connectors", "HTTP",
                "HTTPServer",
                "Ledger", "ProviderFacts", "Reports", "SQLite", "Threads", "Twin",
            ]),
    ],
    cxxLanguageStandard: .cxx17
)
