#if !__has_include(<re2/re2.h>)
#error "libre2-dev is missing: run `make deps`"
#endif
#include "CRE2.h"

#include <new>
#include <re2/re2.h>
#include <string>

struct cre2_pattern {
    re2::RE2 expression;

    cre2_pattern(re2::StringPiece text, const re2::RE2::Options &options) : expression(text, options) {}
};

static const char *piece(const std::string &text, size_t *length) {
    *length = text.size();
    return text.data();
}

// An exception must not cross into Swift: what is thrown here can only be std::bad_alloc and its like.
extern "C" {

cre2_status cre2_compile(const char *text, size_t length, int64_t max_memory, cre2_pattern **pattern) {
    *pattern = nullptr;
    try {
        re2::RE2::Options options(re2::RE2::Quiet);
        options.set_encoding(re2::RE2::Options::EncodingUTF8);
        options.set_max_mem(max_memory);
        *pattern = new cre2_pattern(re2::StringPiece(text, length), options);
    } catch (...) {
        return cre2_memory;
    }
    switch ((*pattern)->expression.error_code()) {
    case re2::RE2::NoError:
        return cre2_ok;
    case re2::RE2::ErrorPatternTooLarge:
        return cre2_memory;
    case re2::RE2::ErrorInternal:
        return cre2_internal;
    default:
        return cre2_syntax;
    }
}

const char *cre2_error(const cre2_pattern *pattern, size_t *length) {
    return piece(pattern->expression.error(), length);
}

const char *cre2_error_part(const cre2_pattern *pattern, size_t *length) {
    return piece(pattern->expression.error_arg(), length);
}

cre2_status cre2_search(const cre2_pattern *pattern, const char *text, size_t length, bool *found) {
    // Where the lazily built automaton outgrows its memory, RE2 goes on with a slower one: never a miss.
    try {
        *found = pattern->expression.Match(
            re2::StringPiece(text, length), 0, length, re2::RE2::UNANCHORED, nullptr, 0);
        return cre2_ok;
    } catch (...) {
        return cre2_memory;
    }
}

int cre2_size(const cre2_pattern *pattern) { return pattern->expression.ProgramSize(); }

void cre2_free(cre2_pattern *pattern) { delete pattern; }

}
