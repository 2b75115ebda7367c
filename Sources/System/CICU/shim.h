#pragma once
#if !__has_include(<unicode/ucal.h>)
#error "libicu-dev is missing: run `make deps`"
#endif
#include <unicode/ucal.h>
#include <unicode/uenum.h>

// ICU's names are macros that append its version, and Swift does not import macros.

static inline UCalendar *icu_calendar_open(const UChar *zone, int32_t length, UErrorCode *status) {
    return ucal_open(zone, length, "", UCAL_GREGORIAN, status);
}

static inline void icu_calendar_close(UCalendar *calendar) { ucal_close(calendar); }

static inline void icu_calendar_set(UCalendar *calendar, UDate milliseconds, UErrorCode *status) {
    ucal_setMillis(calendar, milliseconds, status);
}

/// Milliseconds that local time is ahead of UTC, daylight saving included.
static inline int32_t icu_calendar_offset(const UCalendar *calendar, UErrorCode *status) {
    return ucal_get(calendar, UCAL_ZONE_OFFSET, status) + ucal_get(calendar, UCAL_DST_OFFSET, status);
}

static inline UBool icu_calendar_next_transition(const UCalendar *calendar, UDate *transition, UErrorCode *status) {
    return ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, transition, status);
}

static inline UEnumeration *icu_zone_names(UErrorCode *status) { return ucal_openTimeZones(status); }

static inline const char *icu_names_next(UEnumeration *names, int32_t *length, UErrorCode *status) {
    return uenum_next(names, length, status);
}

static inline void icu_names_close(UEnumeration *names) { uenum_close(names); }

static inline const char *icu_zone_data_version(UErrorCode *status) { return ucal_getTZDataVersion(status); }

static inline UBool icu_failed(UErrorCode status) { return U_FAILURE(status); }
