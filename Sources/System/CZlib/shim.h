#pragma once
#if !__has_include(<zlib.h>)
#error "zlib1g-dev is missing: run `make deps`"
#endif
#include <zlib.h>
