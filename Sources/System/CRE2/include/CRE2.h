#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled expression. Matching is safe from any number of threads at once.
typedef struct cre2_pattern cre2_pattern;

typedef enum {
    cre2_ok = 0,
    /// The expression is not in RE2's language.
    cre2_syntax,
    /// The expression, or what matching it needs, does not fit into its memory.
    cre2_memory,
    /// RE2 broke a promise.
    cre2_internal,
} cre2_status;

/// Compiles an expression of UTF-8 text. Writes one pattern, to be freed whatever the status, or NULL where there is no
/// memory at all.
cre2_status cre2_compile(const char *text, size_t length, int64_t max_memory, cre2_pattern **pattern);

/// What is wrong with an expression that did not compile: valid as long as the pattern is.
const char *cre2_error(const cre2_pattern *pattern, size_t *length);

/// The part of the expression that is wrong: valid as long as the pattern is.
const char *cre2_error_part(const cre2_pattern *pattern, size_t *length);

/// Whether the expression occurs anywhere in the text.
cre2_status cre2_search(const cre2_pattern *pattern, const char *text, size_t length, bool *found);

/// How many instructions a compiled expression has: one byte of text costs at most a step for each.
int cre2_size(const cre2_pattern *pattern);

void cre2_free(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif
