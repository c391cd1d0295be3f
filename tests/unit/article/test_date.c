/* test_date - the calendar, and how a date is written, packed and turned into terms. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "article/date.h"

TestSuite(date);

static kh_date parse(const char *text)
{
    kh_date date = { 0 };
    if (text[0] != '\0')
        cr_assert(kh_date_parse(&date, kh_str_from(text), kh_language_neutral()));
    return date;
}

static void check_format(const kh_date *date, const char *wanted)
{
    KH_AUTO_BUF got;
    kh_buf_init(&got, 100);
    kh_date_format(&got, date);
    cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)wanted));
}

Test(date, is_written_as_exact_as_it_is)
{
    static const char *const texts[] = {
        "",
        "2025",
        "0007",
        "2025-06",
        "2025-06-05",
        "2025-06-05T10:30:00",
        "2025-06-05T10:30:00Z",
        "2025-06-05T10:30:15+05:30",
        "2025-06-05T00:00:00-04:00",
        "2025-06-05T00:00:00-00:30",
    };
    for (size_t i = 0; i < KH_COUNT_OF(texts); i++) {
        kh_date date = parse(texts[i]);
        check_format(&date, texts[i]);
    }
}

Test(date, packs_so_that_numbers_sort_as_days)
{
    static const char *const texts[] = { "1799",       "1950-01",    "1950-01-01",
                                         "1950-01-31", "1950-12-31", "1951",
                                         "2025-06-05", "9999" };
    uint32_t before = 0;
    for (size_t i = 0; i < KH_COUNT_OF(texts); i++) {
        kh_date date = parse(texts[i]);
        uint32_t packed = kh_date_pack(&date);
        cr_expect(gt(u32, packed, before), "%s", texts[i]);
        kh_date again = kh_date_unpack(packed);
        check_format(&again, texts[i]);
        before = packed;
    }
    kh_date none = kh_date_unpack(0);
    cr_expect(eq(int, (int)none.precision, KH_DATE_NONE));
    cr_expect(eq(u32, kh_date_pack(&none), 0));
}

Test(date, counts_days_from_1970)
{
    static const struct {
        const char *text;
        int64_t days;
    } cases[] = { { "1970-01-01", 0 },      { "1969-12-31", -1 },
                  { "2000-02-29", 11016 },  { "2025-06-05", 20244 },
                  { "1900-03-01", -25508 }, { "0001-01-01", -719162 },
                  { "2025-06", 20240 },     { "9999-12-31", 2932896 } };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_date date = parse(cases[i].text);
        cr_expect(eq(i64, kh_date_days(&date), cases[i].days), "%s", cases[i].text);
    }
    kh_date before = kh_date_from_days(-719162);
    for (int64_t days = -719161; days <= 2932896; days++) {
        kh_date date = kh_date_from_days(days);
        cr_assert(kh_date_days(&date) == days &&
                      kh_date_pack(&date) > kh_date_pack(&before),
                  "day %ld", (long)days);
        before = date;
    }
}

Test(date, without_a_year_takes_the_one_nearest_before)
{
    static const struct {
        unsigned month;
        unsigned day;
        const char *known;
        const char *wanted;
    } cases[] = {
        { 6, 5, "2025-06-05", "2025-06-05" },   { 6, 6, "2025-06-05", "2024-06-06" },
        { 12, 31, "2025-01-01", "2024-12-31" }, { 6, 5, "2025", "2025-06-05" },
        { 6, 5, "2025-06", "2025-06-05" },      { 7, 1, "2025-06", "2024-07-01" },
        { 2, 29, "2025-06-05", "2024-02-29" },  { 2, 29, "1903-06-05", "1896-02-29" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_date date = { .month = (uint8_t)cases[i].month,
                         .day = (uint8_t)cases[i].day,
                         .precision = KH_DATE_DAY };
        kh_date known = parse(cases[i].known);
        kh_date_complete(&date, &known);
        check_format(&date, cases[i].wanted);
    }
    kh_date date = parse("2001-06-05");
    kh_date known = parse("2025");
    kh_date_complete(&date, &known);
    check_format(&date, "2001-06-05");
}

Test(date, of_today_is_fixed_by_the_environment)
{
    setenv("KHABAR_NOW", "2025-06-05", 1);
    kh_date today = kh_date_today();
    check_format(&today, "2025-06-05");

    setenv("KHABAR_NOW", "2025-06-05T10:30:00Z", 1);
    today = kh_date_today();
    check_format(&today, "2025-06-05");

    setenv("KHABAR_NOW", "soon", 1);
    today = kh_date_today();
    cr_expect(ge(int, today.year, 2024));

    unsetenv("KHABAR_NOW");
    today = kh_date_today();
    cr_expect(ge(int, today.year, 2024));
    cr_expect(eq(int, (int)today.precision, KH_DATE_DAY));
}

Test(date, has_terms_as_exact_as_it_is)
{
    static const struct {
        const char *text;
        const char *terms;
    } cases[] = {
        { "", "" },
        { "2025", "D20250000 Y2025 " },
        { "2025-06", "D20250600 M202506 Y2025 " },
        { "2025-06-05", "D20250605 M202506 Y2025 " },
        { "2025-06-05T23:30:00-08:00", "D20250605 M202506 Y2025 " },
        { "0812-01-01", "D08120101 M081201 Y0812 " },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_date date = parse(cases[i].text);
        char terms[KH_DATE_TERMS_MAX][KH_DATE_TERM_BYTES];
        size_t n = kh_date_terms(terms, &date);
        KH_AUTO_BUF got;
        kh_buf_init(&got, 100);
        for (size_t t = 0; t < n; t++)
            kh_buf_printf(&got, "%s ", terms[t]);
        cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)cases[i].terms));
    }
}
