#pragma once
#include <stddef.h>
#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

/// A simdjson DOM parser. One thread at a time.
typedef struct csj_parser csj_parser;

/// What became of one document. The pointers live until the next parse, or until the parser is freed.
typedef struct {
    /// 0 where the whole document is valid JSON, else one of the codes below.
    int32_t error;
    /// simdjson's tape: the format is described in its doc/tape.md. NULL on error.
    const uint64_t *tape;
    /// The unescaped strings: four bytes of length (native order), the bytes, a NUL.
    const uint8_t *strings;
} csj_document;

enum {
    csj_ok = 0,
    csj_structure = 1,
    csj_number = 2,
    csj_string = 3,
    csj_utf8 = 4,
    csj_depth = 5,
    csj_empty = 6,
    csj_size = 7,
    csj_memory = 8,
};

/// How many readable bytes a document needs behind its end.
extern const size_t csj_padding;

/// A parser, or NULL where memory is short.
csj_parser *csj_new(void);
void csj_free(csj_parser *parser);

/// Parses and validates the whole of `bytes`, skipped values included.
csj_document csj_parse(csj_parser *parser, const uint8_t *bytes, size_t length);

/// Begins a text of one document a line: finds the tokens of all lines at once. The byte behind the text must be 0.
///
/// Gives an error where any line has bad UTF-8, a string that does not end, or a control character in one.
int32_t csj_begin_lines(csj_parser *parser, const uint8_t *bytes, size_t length);

/// Parses and validates the next line, which ends at this offset and is not blank. What is neither an object nor an array
/// is an error here, whether or not it is JSON.
///
/// After an error the text cannot be gone on with: its lines must be parsed one by one.
csj_document csj_next_line(csj_parser *parser, size_t end);

#if defined(__cplusplus)
}
#endif
