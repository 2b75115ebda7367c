/// What the file holds. A record is a source, a kind and an id; nothing of its content, its metadata or its name.
///
/// All times are microseconds since 1970 in UTC; they are as-of instants, so that two runs of one instant write the same.
enum LedgerSchema {
    /// `application_id`: the letters TNRL.
    static let application: Int64 = 0x544E_524C
    /// `user_version`. A file of a later one is refused; an earlier one is brought up when it is opened to be written.
    static let version: Int64 = 3
    /// The first version whose lists stand in stretches.
    static let firstWithStretches: Int64 = 3

    /// What is there, and was seen to be gone, is not what we deleted any more: the next time somebody else may take it.
    static let forgetsDeletion = "deleted = CASE WHEN gone IS NULL THEN deleted END"

    /// What makes a file of each version one of the next, from version 0, which holds nothing.
    static let steps = [tables, incremental, stretches]

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
    private static let tables = [
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

    /// What version 2 adds, for scans that do not read everything again.
    ///
    /// - bases: by source, what the rest is worth: `rules` and `registry` say under which documents and for which
    ///   attributes of records; `full` and `last` are the instants of the last run that read everything, and of the last
    ///   run; `leans` is 1 where some decision needs all that could be left out.
    /// - settled: containers of which, with all that is in them, nothing can change a decision before `until`, unless
    ///   something else than activity comes.
    /// - tallies: what such containers count for; most of them share one with others.
    /// - marks: how late such a container was active that uses or cites another record.
    private static let incremental = [
        """
        CREATE TABLE bases (
            source INTEGER PRIMARY KEY, rules TEXT NOT NULL, registry TEXT NOT NULL, full INTEGER NOT NULL,
            last INTEGER NOT NULL, leans INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE TABLE tallies (tally INTEGER PRIMARY KEY, words TEXT NOT NULL UNIQUE) STRICT",
        """
        CREATE TABLE settled (
            record INTEGER PRIMARY KEY, until INTEGER NOT NULL, tally INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE marks (
            record INTEGER NOT NULL, target INTEGER NOT NULL, activity INTEGER NOT NULL, PRIMARY KEY (record, target)
        ) STRICT, WITHOUT ROWID
        """,
    ]
    /// What version 3 adds: what a list gives stands in stretches, and is a record of its own only where more is to be
    /// said of it: an obligation, that it is gone, that we deleted it. What was a record before stays one.
    ///
    /// - records.listed: 1 where a stretch holds the id as well and says when the record was seen last. None that is gone
    ///   is in a stretch.
    /// - stretches: neighbours of one list; `digest` is SHA-256 over `container` and the ids, `container`, `first_run`,
    ///   `run`, `first_seen` and `last_seen` mean what they mean of records.
    /// - stretch_ids: the ids, as `IdList` packs them.
    private static let stretches = [
        "ALTER TABLE records ADD COLUMN listed INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX loose ON records (source, kind) WHERE listed = 0 OR gone IS NOT NULL",
        """
        CREATE TABLE stretches (
            stretch INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind TEXT NOT NULL, digest BLOB NOT NULL,
            container TEXT, count INTEGER NOT NULL, first_run INTEGER NOT NULL, run INTEGER NOT NULL,
            first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, UNIQUE (source, kind, digest)
        ) STRICT
        """,
        "CREATE TABLE stretch_ids (stretch INTEGER PRIMARY KEY, ids BLOB NOT NULL) STRICT",
    ]
}
