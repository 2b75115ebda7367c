public import Chronology
import Files
import YAML

/// Adds and releases holds in the documents, which stay the truth: they are edited in place, as a person would.
public struct HoldEditor {
    /// The documents as they are.
    public let before: LoadedPolicies
    private let directory: String
    private let asOf: Instant
    private let files: [(path: String, bytes: [UInt8])]

    /// Reads the documents of a directory, which must be without an error.
    public init(_ directory: String, asOf: Instant) throws(HoldEditError) {
        var finder = DocumentFinder()
        finder.find(directory)
        self.directory = directory
        self.asOf = asOf
        files = finder.files
        before = PolicyLoader.load(directory, asOf: asOf)
        guard !before.hasErrors else { throw .unusable(before.diagnostics) }
    }

    /// Documents with a change that is not yet written.
    public struct Edit {
        /// The documents as they will be.
        public let after: LoadedPolicies
        let files: [(path: String, bytes: [UInt8])]
        /// What stood in these files when they were read; nil for a file that was not there.
        let originals: [[UInt8]?]

        /// The paths of what changes.
        public var paths: [String] { files.map(\.path) }

        /// Writes the files, each whole or not at all, unless somebody else wrote them since they were read.
        public func write() throws(HoldEditError) {
            do throws(FileError) {
                for (file, original) in zip(files, originals) {
                    let isThere = Files.kind(of: file.path) != nil
                    guard try isThere ? Files.read(file.path, limit: .max) == original : original == nil else {
                        throw FileError(
                            path: file.path, operation: "write", reason: "somebody else wrote it meanwhile",
                            hint: "nothing was changed: look at it, then run again")
                    }
                    var output = try AtomicFile(path: file.path)
                    try output.write(file.bytes)
                    try output.commit()
                }
            } catch {
                throw .file(error)
            }
        }
    }

    /// Adds a hold behind the register, or in `holds.yaml`, and its name to the register where there is one.
    public func adding(_ draft: HoldDraft) throws(HoldEditError) -> Edit {
        guard place(of: .legalHold, named: draft.name) == nil else { throw .exists(draft.name) }
        let register = place(of: .holdRegister, named: nil)
        let isDirectory = Files.kind(of: directory) == .directory
        let path = register?.path ?? (isDirectory ? Files.path(directory, "holds.yaml") : directory)
        var editor = YAMLEditor(files.first { $0.path == path }?.bytes ?? [])
        if let register {
            guard let list = register.spec["holds"], editor.append(draft.name, to: list) else {
                throw .unwritable(path, "holds")
            }
        }
        editor.append(document: draft.document)
        return try checked([(path, editor.bytes)]) { $0.holds.contains { $0.name == draft.name } }
    }

    /// Releases a hold: its last day is written down, and how long it stays in effect after it.
    ///
    /// - Parameters:
    ///   - name: the hold's.
    ///   - day: its last day.
    ///   - grace: how long it stays in effect after it; nil for what the document says already.
    public func releasing(_ name: String, after day: CivilDate, grace: Period?) throws(HoldEditError) -> Edit {
        guard let hold = before.policies?.holds.first(where: { $0.name == name }),
            let place = place(of: .legalHold, named: name)
        else { throw .unknown(name, known: before.policies?.holds.map(\.name) ?? []) }
        if let until = hold.until { throw .released(name, until) }
        var editor = YAMLEditor(place.bytes)
        guard editor.set("until", to: day.description, in: place.spec) else { throw .unwritable(place.path, "until") }
        if let grace {
            guard editor.set("releaseGrace", to: grace.description, in: place.spec) else {
                throw .unwritable(place.path, "releaseGrace")
            }
        }
        let end = hold.zone.endOfDay(day)
        return try checked([(place.path, editor.bytes)]) { set in
            set.holds.contains { $0.name == name && $0.until == end }
        }
    }

    /// Whether the document of a hold says how long it stays in effect after its release.
    public func saysGrace(_ name: String) -> Bool { place(of: .legalHold, named: name)?.spec["releaseGrace"] != nil }

    /// The change, once the documents with it say just what was meant.
    private func checked(
        _ changed: [(path: String, bytes: [UInt8])], says isMeant: (PolicySet) -> Bool
    ) throws(HoldEditError) -> Edit {
        var all = files.map { file in changed.first { $0.path == file.path } ?? file }
        all += changed.filter { new in !files.contains { $0.path == new.path } }
        let after = PolicyLoader.load(files: all, unreadable: [], in: directory, asOf: asOf)
        guard let set = after.policies, let old = before.policies else { throw .unusable(after.diagnostics) }
        // What is no hold must be what it was.
        let others = DocumentDifference.all(from: before, to: after).filter { difference in
            difference.kind != DocumentKind.legalHold.rawValue && difference.kind != DocumentKind.holdRegister.rawValue
        }
        guard isMeant(set), others.isEmpty, set.register.map(\.name) == old.register.map(\.name) else {
            throw .unwritable(changed[0].path, "the hold")
        }
        return Edit(
            after: after, files: changed,
            originals: changed.map { new in files.first { $0.path == new.path }?.bytes })
    }

    private struct Place {
        let path: String
        let bytes: [UInt8]
        let spec: Node
    }

    /// Where a document stands; the first of its kind where no name is asked for.
    private func place(of kind: DocumentKind, named name: String?) -> Place? {
        for file in files where !PolicyLock.isLock(file.path) {
            for node in YAMLFile(file.bytes).documents where node["kind"]?.scalar?.text == kind.rawValue {
                guard let spec = node["spec"], name == nil || node["metadata"]?["name"]?.scalar?.text == name else {
                    continue
                }
                return Place(path: file.path, bytes: file.bytes, spec: spec)
            }
        }
        return nil
    }
}
