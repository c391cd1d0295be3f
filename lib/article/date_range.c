/* date_range - dates and ranges of the query language. */
#include "article/date.h"

#include <stdio.h>

#include "date_internal.h"

#define HINT                                                                        \
    "write 2025, 2025-06, 2025-06-05, today, yesterday, 3d, 2w, 6m, 1y, last-week " \
    "or a range of those, 2025-05..2025-06-05"

/* One value: the days it covers. */
typedef struct value {
    kh_date first;
    kh_date last;
    bool is_ago; /* 3d: as the end of a range it is the day itself */
} value;

static uint32_t at_most(int64_t number, uint32_t max)
{
    return number < 1 ? 1 : number > max ? max : (uint32_t)number;
}

/* So many months before a day; the 31st becomes the last of a shorter month. */
static kh_date months_before(const kh_date *day, int64_t months)
{
    int64_t total = (int64_t)day->year * 12 + day->month - 1 - months;
    kh_date out = { .year = 1, .month = 1, .day = 1, .precision = KH_DATE_DAY };
    if (total < 12)
        return out;
    out.year = (int32_t)at_most(total / 12, 9999);
    out.month = (uint8_t)(total % 12 + 1);
    uint8_t length = kh_date_month_days(out.year, out.month);
    out.day = day->day > length ? length : day->day;
    return out;
}

static kh_date days_before(const kh_date *day, int64_t days)
{
    const kh_date least = { .year = 1, .month = 1, .day = 1, .precision = KH_DATE_DAY };
    int64_t number = kh_date_days(day) - days;
    return number < kh_date_days(&least) ? least : kh_date_from_days(number);
}

/* All days of a date that may be a month or a year. */
static value days_of(const kh_date *date)
{
    value out = { .first = *date, .last = *date };
    out.first.precision = out.last.precision = KH_DATE_DAY;
    if (date->month == 0) {
        out.first.month = 1;
        out.last.month = 12;
    }
    if (date->day == 0) {
        out.first.day = 1;
        out.last.day = kh_date_month_days(date->year, out.last.month);
    }
    return out;
}

/* 3d 2w 6m 1y */
static bool read_ago(value *out, kh_str text, const kh_date *today)
{
    unsigned long long number;
    if (text.len < 2 ||
        !kh_str_number(kh_str_slice(text, 0, text.len - 1), 1000000, &number))
        return false;
    int64_t n = (int64_t)number;
    out->last = *today;
    out->is_ago = true;
    switch (text.ptr[text.len - 1] | 0x20) {
    case 'd':
        out->first = days_before(today, n);
        return true;
    case 'w':
        out->first = days_before(today, 7 * n);
        return true;
    case 'm':
        out->first = months_before(today, n);
        return true;
    case 'y':
        out->first = months_before(today, 12 * n);
        return true;
    default:
        return false;
    }
}

bool kh_date_is_ago(kh_str text)
{
    const kh_date any = { .year = 2000, .month = 1, .day = 1 };
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, KH_BUF_MAX);
    kh_date_fold(&folded, text);
    value ignored;
    return read_ago(&ignored, kh_str_trim(kh_buf_str(&folded)), &any);
}

/* "last-week" and "last week" for "last week". */
static bool is_phrase(kh_str text, const char *phrase)
{
    char spaced[16];
    if (text.len == 0 || text.len >= sizeof(spaced))
        return false;
    memcpy(spaced, text.ptr, text.len);
    for (size_t i = 0; i < text.len; i++)
        if (spaced[i] == '-' || spaced[i] == '_')
            spaced[i] = ' ';
    return kh_str_equal_ascii(kh_str_make(spaced, text.len), kh_str_from(phrase));
}

/* Weeks begin on Monday (ISO 8601). */
static value week_of(const kh_date *day)
{
    int64_t days = kh_date_days(day);
    int64_t from_monday = ((days + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
    value out = { .first = kh_date_from_days(days - from_monday),
                  .last = kh_date_from_days(days - from_monday + 6) };
    return out;
}

static value span_of(const kh_date *day, bool has_month)
{
    kh_date span = { .year = day->year,
                     .month = has_month ? day->month : 0,
                     .precision = has_month ? KH_DATE_MONTH : KH_DATE_YEAR };
    return days_of(&span);
}

static bool read_name(value *out, kh_str text, const kh_date *today)
{
    kh_date day = *today;
    if (is_phrase(text, "today")) {
        *out = days_of(&day);
        return true;
    }
    if (is_phrase(text, "yesterday")) {
        day = days_before(today, 1);
        *out = days_of(&day);
        return true;
    }
    bool is_last = kh_str_equal_ascii(kh_str_slice(text, 0, 4), KH_STR("last"));
    if (is_phrase(text, "last week") || is_phrase(text, "this week")) {
        day = is_last ? days_before(today, 7) : day;
        *out = week_of(&day);
        return true;
    }
    if (is_phrase(text, "last month") || is_phrase(text, "this month")) {
        day = is_last ? months_before(today, 1) : day;
        *out = span_of(&day, true);
        return true;
    }
    if (is_phrase(text, "last year") || is_phrase(text, "this year")) {
        day = is_last ? months_before(today, 12) : day;
        *out = span_of(&day, false);
        return true;
    }
    return false;
}

/* a/b/2025 and a-b-2025 where either may be the month: KH_ERR_ARGUMENT, both named. */
static kh_status refuse_two_readings(kh_str text, kh_error *err)
{
    kh_date both[2];
    if (!kh_date_two_readings(both, text))
        return KH_OK;
    kh_date a = both[0];
    kh_date b = both[1];
    static const char *const names[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"
    };
    kh_fail(err, KH_ERR_ARGUMENT,
            "'%" KH_FMT "' has two readings: %u %s %d and %u %s %d", KH_ARG(text),
            a.day, names[a.month - 1], a.year, b.day, names[b.month - 1], b.year);
    kh_hint(err, "write %04d-%02u-%02u or %04d-%02u-%02u", a.year, a.month, a.day,
            b.year, b.month, b.day);
    return KH_ERR_ARGUMENT;
}

static kh_status read_value(value *out, kh_str text, const kh_date *today,
                            kh_error *err)
{
    text = kh_str_trim(text);
    *out = (value){ 0 };
    if (read_ago(out, text, today) || read_name(out, text, today))
        return KH_OK;
    kh_status status = refuse_two_readings(text, err);
    if (status != KH_OK)
        return status;
    kh_date date;
    if (!kh_date_parse(&date, text, kh_language_find(KH_STR("en")))) {
        kh_fail(err, KH_ERR_ARGUMENT, "'%" KH_FMT "' is no date", KH_ARG(text));
        kh_hint(err, HINT);
        return KH_ERR_ARGUMENT;
    }
    *out = days_of(&date);
    return KH_OK;
}

/* kh_date_range_parse() of a folded text. */
static kh_status parse_range(kh_date_range *out, kh_str text, const kh_date *today,
                             kh_error *err)
{
    value from;
    value to;
    size_t dots = kh_str_find(text, KH_STR(".."), 0);
    if (dots == SIZE_MAX) {
        kh_status status = read_value(&from, text, today, err);
        if (status == KH_OK)
            *out =
                (kh_date_range){ kh_date_pack(&from.first), kh_date_pack(&from.last) };
        return status;
    }

    kh_date_range range = { 0, UINT32_MAX };
    kh_str left = kh_str_trim(kh_str_slice(text, 0, dots));
    kh_str right = kh_str_trim(kh_str_slice(text, dots + 2, text.len));
    kh_status status = KH_OK;
    if (left.len == 0 && right.len == 0) {
        kh_fail(err, KH_ERR_ARGUMENT, "'%" KH_FMT "' has no date", KH_ARG(text));
        kh_hint(err, HINT);
        return KH_ERR_ARGUMENT;
    }
    if (left.len > 0) {
        status = read_value(&from, left, today, err);
        if (status != KH_OK)
            return status;
        range.first = kh_date_pack(&from.first);
    }
    if (right.len > 0) {
        status = read_value(&to, right, today, err);
        if (status != KH_OK)
            return status;
        range.last = kh_date_pack(to.is_ago ? &to.first : &to.last);
    }
    if (range.first > range.last)
        return kh_fail(err, KH_ERR_ARGUMENT, "'%" KH_FMT "' ends before it begins",
                       KH_ARG(text));
    *out = range;
    return KH_OK;
}

kh_status kh_date_range_parse(kh_date_range *out, kh_str text, const kh_date *today,
                              kh_error *err)
{
    KH_AUTO_BUF folded;
    kh_buf_init(&folded, KH_BUF_MAX);
    kh_date_fold(&folded, text);
    return parse_range(out, kh_str_trim(kh_buf_str(&folded)), today, err);
}
