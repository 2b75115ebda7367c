#pragma once
#if !__has_include(<sqlite3.h>)
#error "libsqlite3-dev is missing: run `make deps`"
#endif
#include <sqlite3.h>

/* The destructor that says "copy it" is a cast that Swift does not import, and the settings are variadic. */

static inline int csqlite_bind_text(sqlite3_stmt *statement, int place, const char *bytes, int count) {
    return sqlite3_bind_text(statement, place, bytes, count, SQLITE_TRANSIENT);
}
static inline int csqlite_bind_blob(sqlite3_stmt *statement, int place, const void *bytes, int count) {
    return sqlite3_bind_blob(statement, place, bytes, count, SQLITE_TRANSIENT);
}
static inline int csqlite_set(sqlite3 *database, int option, int value) {
    return sqlite3_db_config(database, option, value, (int *)0);
}

/* The first statement of a text, and whether it is the only one. The end of it is an address inside of the text, which
   Swift may not keep beyond the call. */
static inline int csqlite_prepare(sqlite3 *database, const char *sql, sqlite3_stmt **statement, int *is_alone) {
    const char *rest = 0;
    sqlite3_stmt *next = 0;
    int result = sqlite3_prepare_v2(database, sql, -1, statement, &rest);
    *is_alone = 1;
    if (result == SQLITE_OK && rest && *rest) {
        /* Blanks and comments make no statement. */
        *is_alone = sqlite3_prepare_v2(database, rest, -1, &next, 0) == SQLITE_OK && !next;
        sqlite3_finalize(next);
    }
    return result;
}
