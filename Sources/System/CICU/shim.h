#pragma once
#if !__has_include(<unicode/ucal.h>)
#error "libicu-dev is missing: run `make deps`"
#endif
#include <unicode/ucal.h>
