#pragma once
#if !__has_include(<yaml.h>)
#error "libyaml-dev is missing: run `make deps`"
#endif
#include <yaml.h>
