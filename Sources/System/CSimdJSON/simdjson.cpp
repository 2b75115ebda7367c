#include "CSimdJSON.h"

#if !__has_include(<simdjson.h>)
#error "libsimdjson-dev is missing: run `make deps`"
#endif
#include <simdjson.h>

#include <new>

struct csj_parser {
    simdjson::dom::parser parser;
    /// For lines, which share one first stage. Its state outlives every line, so it is not the parser of single documents.
    simdjson::dom::parser lines;
    /// What `lines` is reading, which belongs to the caller.
    const uint8_t *text = nullptr;
};

extern "C" const size_t csj_padding = simdjson::SIMDJSON_PADDING;

extern "C" csj_parser *csj_new(void) { return new (std::nothrow) csj_parser; }

extern "C" void csj_free(csj_parser *parser) { delete parser; }

static int32_t code(simdjson::error_code error) {
    switch (error) {
    case simdjson::SUCCESS: return csj_ok;
    case simdjson::NUMBER_ERROR: return csj_number;
    case simdjson::STRING_ERROR:
    case simdjson::UNCLOSED_STRING:
    case simdjson::UNESCAPED_CHARS: return csj_string;
    case simdjson::UTF8_ERROR: return csj_utf8;
    case simdjson::DEPTH_ERROR: return csj_depth;
    case simdjson::EMPTY: return csj_empty;
    case simdjson::CAPACITY: return csj_size;
    case simdjson::MEMALLOC: return csj_memory;
    default: return csj_structure;
    }
}

extern "C" csj_document csj_parse(csj_parser *parser, const uint8_t *bytes, size_t length) {
    auto error = parser->parser.parse(bytes, length, false).error();
    if (error) return {code(error), nullptr, nullptr};
    return {csj_ok, parser->parser.doc.tape.get(), parser->parser.doc.string_buf.get()};
}

extern "C" int32_t csj_begin_lines(csj_parser *parser, const uint8_t *bytes, size_t length) {
    auto &lines = parser->lines;
    parser->text = bytes;
    if (!lines.implementation || lines.capacity() < length) {
        if (auto error = lines.allocate(length)) return code(error);
    }
    if (lines.doc.capacity() < length) {
        if (auto error = lines.doc.allocate(length)) return code(error);
    }
    return code(lines.implementation->stage1(bytes, length, simdjson::stage1_mode::regular));
}

extern "C" csj_document csj_next_line(csj_parser *parser, size_t end) {
    auto &lines = parser->lines;
    auto &stages = *lines.implementation;
    // A number alone is copied by simdjson with all that is behind it, so that lines of numbers would cost their square.
    auto first = parser->text[stages.structural_indexes[stages.next_structural_index]];
    if (first != '{' && first != '[') return {csj_structure, nullptr, nullptr};
    if (auto error = stages.stage2_next(lines.doc)) return {code(error), nullptr, nullptr};
    auto next = stages.next_structural_index;
    auto tokens = stages.structural_indexes.get();
    bool endsInLine = tokens[next - 1] < end && (next >= stages.n_structural_indexes || tokens[next] >= end);
    if (!endsInLine) return {csj_structure, nullptr, nullptr};
    return {csj_ok, lines.doc.tape.get(), lines.doc.string_buf.get()};
}
