#include "CICU.h"

#if !__has_include(<unicode/ucal.h>)
#error "libicu-dev is missing: run `make deps`"
#endif
#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>

icu_calendar *icu_calendar_open(const uint16_t *zone, int32_t length, int32_t *status) {
    UErrorCode code = (UErrorCode)*status;
    UCalendar *calendar = ucal_open((const UChar *)zone, length, "", UCAL_GREGORIAN, &code);
    *status = (int32_t)code;
    return (icu_calendar *)calendar;
}

void icu_calendar_close(icu_calendar *calendar) { ucal_close((UCalendar *)calendar); }

void icu_calendar_set(icu_calendar *calendar, double milliseconds, int32_t *status) {
    UErrorCode code = (UErrorCode)*status;
    ucal_setMillis((UCalendar *)calendar, milliseconds, &code);
    *status = (int32_t)code;
}

int32_t icu_calendar_offset(const icu_calendar *calendar, int32_t *status) {
    UErrorCode code = (UErrorCode)*status;
    const UCalendar *opened = (const UCalendar *)calendar;
    int32_t offset = ucal_get(opened, UCAL_ZONE_OFFSET, &code) + ucal_get(opened, UCAL_DST_OFFSET, &code);
    *status = (int32_t)code;
    return offset;
}

int icu_calendar_next_transition(const icu_calendar *calendar, double *transition, int32_t *status) {
    UErrorCode code = (UErrorCode)*status;
    UBool found = ucal_getTimeZoneTransitionDate(
        (const UCalendar *)calendar, UCAL_TZ_TRANSITION_NEXT, transition, &code);
    *status = (int32_t)code;
    return found;
}

icu_names *icu_zone_names(int32_t *status) {
    UErrorCode code = (UErrorCode)*status;
    UEnumeration *names = ucal_openTimeZones(&code);
    *status = (int32_t)code;
    return (icu_names *)names;
}

const char *icu_names_next(icu_names *names, int32_t *length, int32_t *status) {
    UErrorCode code = (UErrorCode)*status;
    const char *name = uenum_next((UEnumeration *)names, length, &code);
    *status = (int32_t)code;
    return name;
}

void icu_names_close(icu_names *names) { uenum_close((UEnumeration *)names); }

const char *icu_zone_data_version(int32_t *status) {
    UErrorCode code = (UErrorCode)*status;
    const char *version = ucal_getTZDataVersion(&code);
    *status = (int32_t)code;
    return version;
}

int icu_failed(int32_t status) { return U_FAILURE((UErrorCode)status) != 0; }

int32_t icu_compose(const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *composer = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status)) return -1;
    int32_t count = unorm2_normalize(composer, (const UChar *)text, length, (UChar *)result, capacity, &status);
    return U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR ? -1 : count;
}

int32_t icu_host_to_ascii(const uint16_t *name, int32_t length, uint16_t *result, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    UIDNA *idna = uidna_openUTS46(
        UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ, &status);
    if (U_FAILURE(status)) return -1;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    int32_t count = uidna_nameToASCII(
        idna, (const UChar *)name, length, (UChar *)result, capacity, &info, &status);
    uidna_close(idna);
    if (info.errors != 0) return -1;
    return U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR ? -1 : count;
}
