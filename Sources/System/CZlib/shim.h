#pragma once
#if !__has_include(<zlib.h>)
#error "zlib1g-dev is missing: run `make deps`"
#endif
#include <zlib.h>

/* inflateInit2 is a macro. 15 window bits, plus 16: a gzip header is required. */
static inline int czlib_inflate_gzip(z_streamp stream) { return inflateInit2(stream, 15 + 16); }
