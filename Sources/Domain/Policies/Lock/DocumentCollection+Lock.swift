import Files

extension DocumentCollection {
    /// What speaks against the lock, or against the documents because of it.
    ///
    /// - Parameters:
    ///   - files: the locks among the files; none where nothing is locked.
    ///   - anchor: the path of a lock that is trusted, or nil.
    ///   - age: of what time the documents may be.
    ///   - whole: what the documents were read from.
    func lockDiagnostics(
        _ files: [(path: String, bytes: [UInt8])], anchor: String?, _ age: LockAge,
        _ whole: SourceLocation
    ) -> [Diagnostic] {
        do throws(LockError) {
            let trusted = try anchor.map { path throws(LockError) in try PolicyLock(path: path) }
            guard let file = files.first else {
                guard let trusted else { return [] }
                guard age == .current else {
                    return [
                        Diagnostic(
                            .warning, "unlocked", at: whole,
                            "these documents have no \(PolicyLock.fileName), and lock number \(trusted.serial) is trusted",
                            hint:
                                "they are compared as they are; name a revision from after the first lock, if there is one"
                        )
                    ]
                }
                throw LockError(
                    "there is no \(PolicyLock.fileName), and lock number \(trusted.serial) was seen before",
                    hint: "restore it from version control; a policy is released by signing a lock without it")
            }
            guard files.count == 1 else {
                throw LockError(
                    "there is another lock at \(files[1].path)", hint: "keep one, at the top of the policies")
            }
            let lock = try PolicyLock(file.bytes, path: file.path)
            switch (trusted, age) {
            case (let trusted?, .current): try lock.verify(since: trusted)
            case (let trusted?, .earlier): try lock.verify(besides: trusted)
            case (nil, _): try lock.verify()
            }
            let check = LockCheck(
                lock, at: file.path, of: whole.file, retention: retention, documents: documents)
            return check.diagnostics
        } catch {
            let location = SourceLocation(file: files.first?.path ?? whole.file, line: 0, column: 0)
            return [Diagnostic(.error, "lock-untrusted", at: location, error.message, hint: error.hint)]
        }
    }
}

extension PolicyLock {
    /// Reads the lock at a path.
    public init(path: String) throws(LockError) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try Files.read(path, limit: Self.mostBytes)
        } catch {
            throw LockError(error.description, hint: "name the lock's file")
        }
        try self.init(bytes, path: path)
    }
}
