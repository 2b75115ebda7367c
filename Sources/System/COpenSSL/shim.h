#pragma once
#if !__has_include(<openssl/evp.h>)
#error "libssl-dev is missing: run `make deps`"
#endif
#include <openssl/evp.h>
#include <openssl/hmac.h>
