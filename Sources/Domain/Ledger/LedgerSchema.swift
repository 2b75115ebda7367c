/// What the file holds. A record is a source, a kind and an id; nothing of its content, its metadata or its name.
///
/// All times are microseconds since 1970 in UTC; they are as-of instants, so that two runs of one instant write the same.
enum LedgerSchema {
    /// `application_id`: the letters TNRL.
    static let application: Int64 = 0x544E_524C
    /// `user_version`. A file of a later one is refused; an earlier one would be brought up here.
    static let version: Int64 = 1

    /// The tables of version 1.
    ///
    /// - genesis: when the ledger began, and the version of the program that began it.
    /// - runs: every run; one without `finished` was stopped, or goes on.
    /// - documents: names that duties refer to.
    /// - records: `container` is the id of what it was listed below; `run` and `first_run` are the runs that saw it last
    ///   and first; `gone` is the instant at which it was first seen to be absent, nothing while it is there; `deleted`
    ///   the one at which we deleted it.
    /// - duties: until when a document obliges to keep a record, by the last run that decided about it. An end that is
    ///   absent is none.
    static let tables = [
        "CREATE TABLE genesis (begun INTEGER NOT NULL, tool TEXT NOT NULL) STRICT",
        """
        CREATE TABLE runs (
            run INTEGER PRIMARY KEY AUTOINCREMENT, as_of INTEGER NOT NULL, policies TEXT NOT NULL, finished INTEGER
        ) STRICT
        """,
        "CREATE TABLE sources (source INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        """
        CREATE TABLE documents (
            document INTEGER PRIMARY KEY, origin TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (origin, name)
        ) STRICT
        """,
        """
        CREATE TABLE records (
            record INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, container TEXT,
            first_run INTEGER NOT NULL, run INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
            gone INTEGER, deleted INTEGER, UNIQUE (source, kind, id)
        ) STRICT
        """,
        """
        CREATE TABLE duties (
            record INTEGER NOT NULL, document INTEGER NOT NULL, until INTEGER, run INTEGER NOT NULL,
            PRIMARY KEY (record, document)
        ) STRICT, WITHOUT ROWID
        """,
    ]
}
