internal import Crypto
public import Evaluation
internal import Files

/// The reports of one run. All of them are made from its result, and the same result makes the same bytes.
public struct ScanReport: Sendable {
    /// The version of what JSON reports look like: `schemaVersion` in each.
    public static let schemaVersion = "1"

    let result: ScanResult
    let toolVersion: String
    let redacts: Bool
    let baseline: BaselineOutcome?

    /// Reports on a result. `toolVersion` is printed in each; `redacts` puts tokens for ids; `baseline` is what one did
    /// to the result, where there is one.
    public init(_ result: ScanResult, toolVersion: String, redacts: Bool = false, baseline: BaselineOutcome? = nil) {
        self.baseline = baseline
        self.result = result
        self.toolVersion = toolVersion
        self.redacts = redacts
    }

    /// Writes the reports, each whole or not at all. The first that fails ends it.
    public func write(to targets: [ReportTarget]) throws(ReportError) {
        try ReportTarget.check(targets)
        for target in targets {
            switch target.format {
            case .json: try writeFile(target.path) { sink throws(ReportError) in try writeJSON(sink) }
            case .junit: try writeFile(target.path) { sink throws(ReportError) in try writeJUnit(sink) }
            case .sarif: try writeFile(target.path) { sink throws(ReportError) in try writeSARIF(sink) }
            }
        }
    }
}

extension ScanReport {
    /// The SHA-256 of the complete report, in hexadecimal: that of the file which `--report json` writes.
    public func digest() throws(ReportError) -> String {
        var digest = try Self.begun()
        try writeJSON { (bytes) throws(ReportError) in
            do throws(CryptoError) { try digest.update(bytes) } catch { throw .digest(error) }
        }
        do throws(CryptoError) { return try digest.finish().hex } catch { throw .digest(error) }
    }

    private static func begun() throws(ReportError) -> SHA256 {
        do throws(CryptoError) { return try SHA256() } catch { throw .digest(error) }
    }
}
