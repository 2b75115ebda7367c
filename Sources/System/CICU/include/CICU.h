#pragma once
#include <stdint.h>

// None of ICU's own types appears here: Foundation carries a copy of them, and a program that sees both does not
// compile. A status is ICU's, zero at first.

typedef struct icu_calendar icu_calendar;
typedef struct icu_names icu_names;

/// Null where it failed. `zone` is UTF-16.
icu_calendar *icu_calendar_open(const uint16_t *zone, int32_t length, int32_t *status);
void icu_calendar_close(icu_calendar *calendar);
void icu_calendar_set(icu_calendar *calendar, double milliseconds, int32_t *status);

/// Milliseconds that local time is ahead of UTC, daylight saving included.
int32_t icu_calendar_offset(const icu_calendar *calendar, int32_t *status);

/// Whether there is one.
int icu_calendar_next_transition(const icu_calendar *calendar, double *transition, int32_t *status);

/// Null where it failed.
icu_names *icu_zone_names(int32_t *status);

/// Null at the end. The name lives until the next call.
const char *icu_names_next(icu_names *names, int32_t *length, int32_t *status);
void icu_names_close(icu_names *names);

/// Null where it failed. The text lives as long as the process.
const char *icu_zone_data_version(int32_t *status);

int icu_failed(int32_t status);

/// UTF-16 in normalization form C. Returns how many units there are; where they are more than `capacity`, nothing of use
/// was written. Negative where it failed.
int32_t icu_compose(const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity);

/// A host name in UTF-16 as the DNS has it, by UTS #46, nontransitional. Returns and fails as above.
int32_t icu_host_to_ascii(const uint16_t *name, int32_t length, uint16_t *result, int32_t capacity);
