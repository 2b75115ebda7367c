internal import Files

/// A form that a report can take.
public enum ReportFormat: String, CaseIterable, Sendable {
    /// The complete form.
    case json
    /// Test results, for CI servers.
    case junit
    /// Results at the lines of their policies, for code hosts and editors.
    case sarif
}

/// A report that was asked for: `json=reports/scan.json`.
public struct ReportTarget: Equatable, Sendable {
    /// The report's form.
    public let format: ReportFormat
    /// Where it goes.
    public let path: String

    /// The report of this form at this path.
    public init(format: ReportFormat, path: String) {
        self.format = format
        self.path = path
    }

    /// Reads `FORMAT=PATH`.
    public init(_ text: String) throws(ReportError) {
        let hint = "write --report FORMAT=PATH, as in --report junit=reports/scan.xml"
        guard let equals = text.firstIndex(of: "=") else {
            throw .request("\(text) names no file", hint: hint)
        }
        let name = String(text[..<equals])
        guard let format = ReportFormat(rawValue: name) else {
            let known = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw .request("\(text): there is no format \(name)", hint: "there are \(known)")
        }
        let path = String(text[text.index(after: equals)...])
        guard !path.isEmpty else { throw .request("\(text) names no file", hint: hint) }
        self.init(format: format, path: path)
    }

    /// Refuses two reports under one name, of which the second would replace the first, and one under the name of a file
    /// that the run reads, which it would replace before that.
    ///
    /// - Parameters:
    ///   - read: files that the run reads.
    ///   - export: a directory of which the run reads every file, or nil.
    public static func check(
        _ targets: [ReportTarget], besides read: [String] = [], outside export: String? = nil
    ) throws(ReportError) {
        let own = Set(read.map(plain))
        var seen: Set<String> = []
        for target in targets {
            guard ![".yaml", ".yml"].contains(where: target.path.hasSuffix) else {
                throw .request(
                    "\(target.path) is a name for documents, and no report is one", hint: "give it another name")
            }
            if let export, Files.isSame(export, Files.parent(of: target.path)) {
                throw .request(
                    "\(target.path) would stand among the files of the export", hint: "write it to another directory")
            }
            let path = plain(target.path)
            guard !own.contains(path), !read.contains(where: { Files.isSame($0, target.path) }) else {
                throw .request(
                    "the report would replace \(target.path), which is to be read", hint: "give it another name")
            }
            guard seen.insert(path).inserted else {
                throw .request("two reports go to \(target.path)", hint: "give each its own file")
            }
        }
    }

    /// Makes a place for each report before there is one: from now on a file under its name speaks of this run, and says
    /// that it did not finish. The directories above it are made; a device or pipe is only asked whether it takes bytes.
    public static func prepare(_ targets: [ReportTarget], _ unfinished: AbortedReport) throws(ReportError) {
        for target in targets {
            do throws(FileError) {
                try Files.makeDirectory(Files.parent(of: target.path))
                if target.isStream { try Files.checkWritable(target.path) }
            } catch {
                throw .file(error)
            }
            if !target.isStream { try unfinished.write(to: [target]) }
        }
    }

    /// Whether what was written cannot be taken back.
    var isStream: Bool { Files.kind(of: path) == .other }

    /// The path without the detours that a name can take: `a//b`, `a/./b`, `a/c/../b`.
    private static func plain(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
