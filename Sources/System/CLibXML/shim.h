#pragma once
#if !__has_include(<libxml/xmlversion.h>)
#error "libxml2-dev is missing: run `make deps`"
#endif
/* Debian builds libxml2 with ICU. Its encoding.h would then pull ICU's headers into this module, where they clash
   with the copies that Foundation carries. Nothing here uses the fields that this removes. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>
