internal import Crypto
public import Policies

/// What `lint` found, as a SARIF 2.1.0 log for editors and code hosts.
public enum LintSARIF {
    /// The log, deterministic and with a line feed at its end.
    ///
    /// - Parameters:
    ///   - diagnostics: in any order.
    ///   - exitCode: with what the run ends.
    ///   - workingDirectory: what the URIs are relative to.
    public static func text(
        _ diagnostics: [Diagnostic], exitCode: Int, toolVersion: String, workingDirectory: String?
    ) throws(ReportError) -> String {
        let sorted = diagnostics.sorted()
        let codes = Set(sorted.map(\.code)).sorted()
        var run = SARIFRun(toolVersion: toolVersion)
        run.exitCode = exitCode
        run.rules = codes.map { code in
            let rule = LintRule.named(code)
            let title = rule?.sentence ?? code
            return SARIFRun.Rule(
                id: code, title: title,
                help: "\(title). Each result says what to do; `tenure help lint` lists every rule.",
                level: (rule?.level ?? .error).sarif)
        }
        let indices = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
        let places = SARIFPlaces(workingDirectory: workingDirectory)
        var fingerprints = Fingerprints()
        var writer = JSONWriter()
        run.begin(&writer)
        for diagnostic in sorted {
            let fingerprint = try fingerprints.fingerprint([
                diagnostic.code, places.uri(diagnostic.location.file), diagnostic.message,
            ])
            writer.beginObject()
            writer.member("ruleId", diagnostic.code)
            writer.member("ruleIndex", indices[diagnostic.code] ?? -1)
            writer.member("level", diagnostic.level.sarif.rawValue)
            let more = [diagnostic.hint, diagnostic.witness.map { "witness:\n\($0)" }].compactMap(\.self)
            writer.object("message", .inline) {
                $0.member("text", ([diagnostic.message] + more).joined(separator: "\n"))
            }
            writer.objects("locations", [diagnostic.location], layout: .inline) { places.write($1, to: &$0) }
            writer.object("partialFingerprints", .inline) { $0.member(Fingerprints.name, fingerprint) }
            writer.endObject()
        }
        run.end(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// Fingerprints that stay when lines above are added or removed, so that a viewer knows a result again.
struct Fingerprints {
    static let name = "tenure/v1"

    private var counts: [String: Int] = [:]

    /// A digest of the parts, and which of those that have the same parts this is.
    mutating func fingerprint(_ parts: [String]) throws(ReportError) -> String {
        var digits: [UInt8] = []
        let text = parts.joined(separator: "\0")
        digits.append(hexadecimal: try digest(Array(text.utf8)))
        let hex = String(decoding: digits, as: UTF8.self)
        counts[hex, default: 0] += 1
        return "\(hex):\(counts[hex] ?? 1)"
    }
}

extension Diagnostic.Level {
    fileprivate var sarif: SARIFLevel {
        switch self {
        case .error: .error
        case .warning: .warning
        case .info: .note
        }
    }
}
