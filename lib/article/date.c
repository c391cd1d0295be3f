/* date - the calendar, and how a date is written, packed and turned into terms.
 *
 * Days are counted by Howard Hinnant's days_from_civil (2013): years that begin in
 * March, so that the leap day is the last one. */
#include "article/date.h"

#include <limits.h>
#include <stdlib.h>
#include <time.h>

#include "date_internal.h"

#define DAYS_OF_400_YEARS 146097
#define DAYS_TO_1970      719468 /* from 0000-03-01 */

bool kh_date_is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

uint8_t kh_date_month_days(int32_t year, unsigned month)
{
    static const uint8_t days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return (uint8_t)(days[month - 1] + (month == 2 && kh_date_is_leap(year)));
}

bool kh_date_set(kh_date *out, uint32_t year, uint32_t month, uint32_t day)
{
    /* Of a date without a year a 29 February may be right. */
    int32_t calendar = year == 0 ? 2000 : (int32_t)year;
    if (year > 9999 || month > 12 || (month == 0 && day > 0))
        return false;
    if (month > 0 && day > kh_date_month_days(calendar, month))
        return false;
    kh_date_precision precision = day > 0     ? KH_DATE_DAY
                                  : month > 0 ? KH_DATE_MONTH
                                              : KH_DATE_YEAR;
    *out = (kh_date){ .year = (int32_t)year,
                      .month = (uint8_t)month,
                      .day = (uint8_t)day,
                      .precision = precision };
    return true;
}

void kh_date_complete(kh_date *date, const kh_date *known)
{
    if (date->precision == KH_DATE_NONE || date->year != 0 || known->year < 1)
        return;
    date->year = known->year;
    unsigned month = known->month > 0 ? known->month : 12;
    unsigned day = known->day > 0 ? known->day : 31;
    if (date->month > month || (date->month == month && date->day > day))
        date->year--;
    /* 29 February: the leap year before. */
    while (date->month == 2 && date->day == 29 && date->year > 4 &&
           !kh_date_is_leap(date->year))
        date->year--;
    if (date->year < 1)
        date->year = 1;
}

/* n digits behind a sign; printf would be a tenth of packing an article. */
static void add_number(kh_buf *out, char sign, unsigned value, size_t n)
{
    char text[8] = { sign };
    for (size_t i = n; i > 0; i--, value /= 10)
        text[i] = (char)('0' + value % 10);
    kh_buf_add_bytes(out, text + (sign == '\0'), n + (sign != '\0'));
}

static void format_time(kh_buf *out, const kh_date *date)
{
    add_number(out, 'T', date->hour, 2);
    add_number(out, ':', date->minute, 2);
    add_number(out, ':', date->second, 2);
    if (!date->has_offset)
        return;
    unsigned minutes = (unsigned)abs(date->offset_minutes);
    if (minutes == 0) {
        kh_buf_add_char(out, 'Z');
        return;
    }
    add_number(out, date->offset_minutes < 0 ? '-' : '+', minutes / 60, 2);
    add_number(out, ':', minutes % 60, 2);
}

void kh_date_format(kh_buf *out, const kh_date *date)
{
    if (date->precision == KH_DATE_NONE)
        return;
    add_number(out, '\0', (unsigned)date->year, 4);
    if (date->precision >= KH_DATE_MONTH)
        add_number(out, '-', date->month, 2);
    if (date->precision >= KH_DATE_DAY)
        add_number(out, '-', date->day, 2);
    if (date->precision >= KH_DATE_TIME)
        format_time(out, date);
}

uint32_t kh_date_pack(const kh_date *date)
{
    if (date->precision == KH_DATE_NONE || date->year < 1)
        return 0;
    return (uint32_t)date->year << 9 | (uint32_t)date->month << 5 | date->day;
}

kh_date kh_date_unpack(uint32_t packed)
{
    kh_date date = { .year = (int32_t)(packed >> 9),
                     .month = (uint8_t)(packed >> 5 & 15),
                     .day = (uint8_t)(packed & 31) };
    if (packed > 0)
        date.precision = date.day > 0     ? KH_DATE_DAY
                         : date.month > 0 ? KH_DATE_MONTH
                                          : KH_DATE_YEAR;
    return date;
}

int64_t kh_date_days(const kh_date *date)
{
    int64_t month = date->month > 0 ? date->month : 1;
    int64_t day = date->day > 0 ? date->day : 1;
    int64_t year = date->year - (month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_OF_400_YEARS + day_of_era - DAYS_TO_1970;
}

kh_date kh_date_from_days(int64_t days)
{
    days += DAYS_TO_1970;
    int64_t era =
        (days >= 0 ? days : days - (DAYS_OF_400_YEARS - 1)) / DAYS_OF_400_YEARS;
    int64_t day_of_era = days - era * DAYS_OF_400_YEARS;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / (DAYS_OF_400_YEARS - 1)) /
                          365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t month = month_from_march + (month_from_march < 10 ? 3 : -9);
    kh_date date = {
        .year = (int32_t)(year_of_era + era * 400 + (month <= 2)),
        .month = (uint8_t)month,
        .day = (uint8_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
        .precision = KH_DATE_DAY,
    };
    return date;
}

kh_date kh_date_today(void)
{
    kh_date date;
    const char *fixed = getenv("KHABAR_NOW");
    if (fixed && kh_date_parse_iso(&date, kh_str_from(fixed)) &&
        date.precision >= KH_DATE_DAY) {
        (void)kh_date_set(&date, (uint32_t)date.year, date.month, date.day);
        return date;
    }
    time_t now = time(NULL);
    struct tm local;
    if (localtime_r(&now, &local) == NULL)
        return kh_date_from_days((int64_t)now / 86400);
    kh_date today = { .year = local.tm_year + 1900,
                      .month = (uint8_t)(local.tm_mon + 1),
                      .day = (uint8_t)local.tm_mday,
                      .precision = KH_DATE_DAY };
    return today;
}

/* A letter and two digits of each part. */
static void write_term(char *out, char letter, const unsigned *parts, size_t n)
{
    *out++ = letter;
    for (size_t i = 0; i < n; i++) {
        *out++ = (char)('0' + parts[i] / 10 % 10);
        *out++ = (char)('0' + parts[i] % 10);
    }
    *out = '\0';
}

size_t kh_date_terms(char out[KH_DATE_TERMS_MAX][KH_DATE_TERM_BYTES],
                     const kh_date *date)
{
    if (date->precision == KH_DATE_NONE || date->year < 1 || date->year > 9999)
        return 0;
    const unsigned year = (unsigned)date->year;
    const unsigned parts[] = { year / 100, year % 100, date->month, date->day };
    size_t n = 0;
    write_term(out[n++], 'D', parts, 4);
    if (date->precision >= KH_DATE_MONTH)
        write_term(out[n++], 'M', parts, 3);
    write_term(out[n++], 'Y', parts, 2);
    return n;
}
