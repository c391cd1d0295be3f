/* date_iso - the forms that machines write: ISO 8601, extended and basic.
 *
 *   2025  2025-06  2025-06-05  20250605   and behind a day
 *   T or space, hh:mm[:ss[.fff]] or hhmm[ss], Z  +05:30  +0530  +05 */
#include "date_internal.h"

/* What is left to read. */
typedef struct reader {
    kh_str text;
    size_t at;
} reader;

/* Exactly n digits; false and nothing read otherwise. */
static bool read_digits(reader *r, size_t n, uint32_t *out)
{
    if (r->text.len - r->at < n)
        return false;
    uint32_t value = 0;
    for (size_t i = 0; i < n; i++) {
        char c = r->text.ptr[r->at + i];
        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (uint32_t)(c - '0');
    }
    r->at += n;
    *out = value;
    return true;
}

static bool read_char(reader *r, const char *any_of)
{
    if (r->at == r->text.len || r->text.ptr[r->at] == '\0' ||
        strchr(any_of, r->text.ptr[r->at]) == NULL)
        return false;
    r->at++;
    return true;
}

static bool is_at_end(const reader *r)
{
    return r->at == r->text.len;
}

/* Z, +05:30, +0530, +05, with a space before it or none. */
static bool read_zone(reader *r, kh_date *date)
{
    (void)read_char(r, " ");
    if (read_char(r, "Zz")) {
        date->has_offset = true;
        return true;
    }
    bool is_west = r->at < r->text.len && r->text.ptr[r->at] == '-';
    uint32_t hours;
    uint32_t minutes = 0;
    if (!read_char(r, "+-") || !read_digits(r, 2, &hours))
        return false;
    bool has_colon = read_char(r, ":");
    if (!read_digits(r, 2, &minutes) && has_colon)
        return false;
    if (hours > 23 || minutes > 59)
        return false;
    if (hours > 14) /* of no place: some exports put the time again, 15:30+15:30 */
        return true;
    int total = (int)(hours * 60 + minutes);
    date->offset_minutes = (int16_t)(is_west ? -total : total);
    date->has_offset = true;
    return true;
}

static bool read_clock(reader *r, kh_date *date)
{
    uint32_t hour;
    uint32_t minute = 0;
    uint32_t second = 0;
    uint32_t digit;
    if (!read_digits(r, 2, &hour))
        return false;
    bool has_colon = read_char(r, ":");
    if (!read_digits(r, 2, &minute))
        return false;
    bool has_second = has_colon ? read_char(r, ":") : !is_at_end(r);
    if (has_second && !read_digits(r, 2, &second) && has_colon)
        return false;
    if (read_char(r, ".,")) {
        if (!read_digits(r, 1, &digit))
            return false;
        while (read_digits(r, 1, &digit))
            ;
    }
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    date->hour = (uint8_t)hour;
    date->minute = (uint8_t)minute;
    date->second = (uint8_t)(second == 60 ? 59 : second); /* a leap second */
    date->precision = KH_DATE_TIME;
    return true;
}

/* Year, and month and day in either form. */
static bool read_calendar(reader *r, kh_date *date)
{
    uint32_t year;
    uint32_t month = 0;
    uint32_t day = 0;
    if (!read_digits(r, 4, &year) || year == 0)
        return false;
    if (read_char(r, "-")) {
        if (!read_digits(r, 2, &month) || month == 0)
            return false;
        if (read_char(r, "-") && (!read_digits(r, 2, &day) || day == 0))
            return false;
    } else if (read_digits(r, 2, &month)) {
        if (!read_digits(r, 2, &day) || month == 0 || day == 0)
            return false;
    }
    return kh_date_set(date, year, month, day);
}

bool kh_date_parse_iso(kh_date *out, kh_str text)
{
    reader r = { .text = text };
    kh_date date;
    if (!read_calendar(&r, &date))
        return false;
    if (!is_at_end(&r)) {
        bool is_basic = date.precision == KH_DATE_DAY && r.at == 8;
        if (date.precision != KH_DATE_DAY || (!read_char(&r, "Tt ") && !is_basic) ||
            !read_clock(&r, &date))
            return false;
        if (!is_at_end(&r) && !read_zone(&r, &date))
            return false;
    }
    if (!is_at_end(&r))
        return false;
    *out = date;
    return true;
}
