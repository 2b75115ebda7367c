import Foundation
import JSONLines

/// What a reader said of one place, as text: compact JSON, or `!` and the defect.
struct Entry: Equatable, CustomStringConvertible {
    var line: Int
    var text: String
    var description: String { "\(line): \(text)" }
}

/// A file that lives as long as a test.
final class TemporaryFile {
    let path: String

    init(_ bytes: some Collection<UInt8>, ending: String = "ndjson") {
        path = NSTemporaryDirectory() + "tenure-\(UUID().uuidString).\(ending)"
        _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

func limits(window: Int = 1 << 20, record: Int = 1 << 26) -> JSONLimits {
    var limits = JSONLimits()
    limits.windowBytes = window
    limits.maximumRecordBytes = record
    return limits
}

/// Everything that a reader says of these files, in the order of its consumer.
func entries(_ paths: [String], threads: Int = 2, limits: JSONLimits = JSONLimits()) -> [[Entry]] {
    var result = [[Entry]](repeating: [], count: paths.count)
    var ended = 0
    JSONFiles(paths, threads: threads, limits: limits).read { window in
        var found: [Entry] = []
        window.forEach { line, record in
            switch record {
            case .value(let value):
                var json: [UInt8] = []
                value.appendJSON(to: &json)
                found.append(Entry(line: line, text: String(decoding: json, as: UTF8.self)))
            case .defect(.unreadable): found.append(Entry(line: line, text: "!unreadable"))
            case .defect(let defect): found.append(Entry(line: line, text: "!\(defect)"))
            }
        }
        return found
    } consume: { place, found in
        result[place.file] += found.map { Entry(line: $0.line + place.firstLine, text: $0.text) }
        if place.isLast { ended += 1 }
    }
    precondition(ended == paths.count, "every file ends once")
    return result
}

/// What a reader says of one file with this content.
func entries(
    of bytes: some Collection<UInt8>, ending: String = "ndjson", threads: Int = 2, limits: JSONLimits = JSONLimits()
) -> [Entry] {
    let file = TemporaryFile(bytes, ending: ending)
    let found = entries([file.path], threads: threads, limits: limits)[0]
    return found
}

func entries(of text: String, window: Int = 1 << 20, record: Int = 1 << 26, threads: Int = 2) -> [String] {
    entries(of: Array(text.utf8), threads: threads, limits: limits(window: window, record: record)).map(\.description)
}
