/* date - calendar dates as exact as an article gives them, and ranges of days. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "text/language.h"

KH_BEGIN_DECLS

typedef enum kh_date_precision {
    KH_DATE_NONE, /* no date; all fields are 0 */
    KH_DATE_YEAR,
    KH_DATE_MONTH,
    KH_DATE_DAY,
    KH_DATE_TIME, /* to the second; a second that is not said is 0 */
} kh_date_precision;

/* Fields are local in the article's own zone; proleptic Gregorian, years 1 to 9999.
 * What is finer than the precision is 0. */
typedef struct kh_date {
    int32_t year;
    uint8_t month; /* 1 to 12 */
    uint8_t day;   /* 1 to 31 */
    uint8_t hour;
    uint8_t minute;
    uint8_t second;
    int16_t offset_minutes; /* of the article's own zone, east positive */
    bool has_offset;        /* the zone is known */
    kh_date_precision precision;
} kh_date;

/**
 * Read a text that is a date: ISO 8601 (2025, 2025-06, 2025-06-05, 20250605, with or
 * without time and zone), RFC 5322 and 822, and what papers write ("June 5, 2025",
 * "5 de junio de 2025", "5. Juni 2025", 2025年6月5日, native digits, 05/06/2025 with
 * day or month first by the language). A weekday before it and a time behind it may
 * stand there; other words may not. Seconds since 1970 are no date.
 *
 * @param[out] out       untouched if it is no date
 * @param      language  of the article; the neutral row if unknown
 */
bool kh_date_parse(kh_date *out, kh_str text, const kh_language *language);

/* Both readings of a date in numbers either of which may be the month (05/06/2025), the
 * one with the day first first; false and nothing written if it has one, or none. */
bool kh_date_two_readings(kh_date out[2], kh_str text);

/**
 * The first date written in a running text, at least a month and a year ("June 2025",
 * "on 5 June 2025, he"): a bare year in prose is no date.
 *
 * @param[out] start,end  bytes of the text that it takes
 */
bool kh_date_find(kh_date *out, size_t *start, size_t *end, kh_str text,
                  const kh_language *language);

/**
 * The date that a text begins with, whatever follows it. Unlike the others it takes one
 * without a year ("June 5", "5 जून"): year 0 then, precision KH_DATE_DAY, and
 * kh_date_complete() gives it the year.
 *
 * @return bytes of the text that it takes; 0 and out untouched if there is none
 */
size_t kh_date_read(kh_date *out, kh_str text, const kh_language *language);

/* Give a date of year 0 the year in which it lies nearest before or on `known`. */
void kh_date_complete(kh_date *date, const kh_date *known);

/* Append it in ISO 8601, as exact as it is: 2025, 2025-06, 2025-06-05,
 * 2025-06-05T10:30:00, ...Z, ...+05:30; nothing for no date. */
void kh_date_format(kh_buf *out, const kh_date *date);

/* year << 9 | month << 5 | day: sorts by number; 0 for no date. */
uint32_t kh_date_pack(const kh_date *date);
kh_date kh_date_unpack(uint32_t packed);

/* Days since 1970-01-01, negative before; a missing month or day counts as 1. */
int64_t kh_date_days(const kh_date *date);
kh_date kh_date_from_days(int64_t days);

/* KHABAR_NOW (2025-06-05) if it is set and a day, else the day here and now. */
kh_date kh_date_today(void);

/* Packed days, both included; 0 and UINT32_MAX: open. */
typedef struct kh_date_range {
    uint32_t first;
    uint32_t last;
} kh_date_range;

/**
 * Read a date or range of the query language (khabar-query-syntax): 2025, 2025-06,
 * 2025-06-05, today, yesterday, 3d 2w 6m 1y (from so long ago until today), last-week
 * "last week" (the calendar week before, Monday to Sunday), a..b, ..b, a.., and written
 * dates with the month in letters. Digits may be those of any script.
 *
 * @return KH_OK or KH_ERR_ARGUMENT; the message of 05/06/2025 names both readings
 */
KH_MUST_USE kh_status kh_date_range_parse(kh_date_range *out, kh_str text,
                                          const kh_date *today, kh_error *err);

/* Whether a text says how long ago (2w): as the end of a range it is that day. */
bool kh_date_is_ago(kh_str text);

#define KH_DATE_TERMS_MAX  3
#define KH_DATE_TERM_BYTES 10 /* the longest, D20250605, and a NUL */

/* Index terms of an article's date: a day D20250605 M202506 Y2025; a month D20250600
 * M202506 Y2025; a year D20250000 Y2025. NUL-terminated; returns how many, 0 to 3. */
size_t kh_date_terms(char out[KH_DATE_TERMS_MAX][KH_DATE_TERM_BYTES],
                     const kh_date *date);

/**
 * The fewest terms of which an article has one exactly if its date touches the range:
 * one dated to a month or year matches every range that touches that.
 *
 * @param[out] out     array in the arena
 * @param      oldest  packed date of the oldest and newest article (what is older than
 * @param      newest  its year gets no term); 0: none is dated, so no terms
 * @return             number of terms
 */
size_t kh_date_cover(kh_str **out, kh_date_range range, uint32_t oldest,
                     uint32_t newest, kh_arena *arena);

KH_END_DECLS
