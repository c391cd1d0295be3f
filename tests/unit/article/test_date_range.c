/* test_date_range - dates of queries, and the terms that cover them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/date.h"

TestSuite(date_range);

static uint32_t pack(const char *text)
{
    kh_date date;
    cr_assert(kh_date_parse(&date, kh_str_from(text), kh_language_neutral()));
    return kh_date_pack(&date);
}

static kh_date a_day(const char *text)
{
    return kh_date_unpack(pack(text));
}

/* A range as text: "2025-06-05..2025-06-06", an open end is empty. */
static void add_range(kh_buf *out, kh_date_range range)
{
    kh_date first = kh_date_unpack(range.first);
    kh_date last = kh_date_unpack(range.last == UINT32_MAX ? 0 : range.last);
    kh_date_format(out, &first);
    kh_buf_add(out, KH_STR(".."));
    kh_date_format(out, &last);
}

Test(date_range, reads_the_dates_of_queries)
{
    static const struct {
        const char *text;
        const char *wanted;
    } cases[] = {
        { "2025", "2025-01-01..2025-12-31" },
        { "2024-02", "2024-02-01..2024-02-29" },
        { "2025-06-05", "2025-06-05..2025-06-05" },
        { "20250605", "2025-06-05..2025-06-05" },
        { " 2025-06-05 ", "2025-06-05..2025-06-05" },
        { "today", "2025-06-05..2025-06-05" },
        { "Yesterday", "2025-06-04..2025-06-04" },
        { "0d", "2025-06-05..2025-06-05" },
        { "3d", "2025-06-02..2025-06-05" },
        { "2w", "2025-05-22..2025-06-05" },
        { "6m", "2024-12-05..2025-06-05" },
        { "1Y", "2024-06-05..2025-06-05" },
        { "1000000y", "0001-01-01..2025-06-05" },
        { "1000000d", "0001-01-01..2025-06-05" },
        { "last-week", "2025-05-26..2025-06-01" },
        { "last week", "2025-05-26..2025-06-01" },
        { "this week", "2025-06-02..2025-06-08" },
        { "last-month", "2025-05-01..2025-05-31" },
        { "last-year", "2024-01-01..2024-12-31" },
        { "2025-05..2025-06-05", "2025-05-01..2025-06-05" },
        { "2024..2025", "2024-01-01..2025-12-31" },
        { "..2025-02", "..2025-02-28" },
        { "2025-02..", "2025-02-01.." },
        { "1y..6m", "2024-06-05..2024-12-05" },
        { "2w..yesterday", "2025-05-22..2025-06-04" },
        { "2024 .. today", "2024-01-01..2025-06-05" },
        { "June 2025", "2025-06-01..2025-06-30" },
        { "5 June 2025", "2025-06-05..2025-06-05" },
        { "2025/06/05", "2025-06-05..2025-06-05" },
        { "05/05/2025", "2025-05-05..2025-05-05" },
        { "25/06/2025", "2025-06-25..2025-06-25" },
        { "2025-06-05T10:30:00Z", "2025-06-05..2025-06-05" },
    };
    const kh_date today = a_day("2025-06-05");
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_date_range range = { 1, 1 };
        KH_AUTO_BUF got;
        kh_buf_init(&got, 100);
        kh_error err = { 0 };
        cr_expect(eq(int,
                     (int)kh_date_range_parse(&range, kh_str_from(cases[i].text),
                                              &today, &err),
                     KH_OK),
                  "%s", err.message);
        add_range(&got, range);
        cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)cases[i].wanted),
                  "of '%s'", cases[i].text);
    }
}

Test(date_range, ends_a_short_month_on_its_last_day)
{
    const kh_date today = a_day("2025-03-31");
    kh_date_range range;
    cr_assert(
        eq(int, (int)kh_date_range_parse(&range, KH_STR("1m"), &today, NULL), KH_OK));
    cr_expect(eq(u32, range.first, pack("2025-02-28")));
}

Test(date_range, says_what_it_cannot_read)
{
    static const struct {
        const char *text;
        const char *message;
        const char *hint; /* what it begins with */
    } cases[] = {
        { "05/06/2025", "'05/06/2025' has two readings: 5 June 2025 and 6 May 2025",
          "write 2025-06-05 or 2025-05-06" },
        { "5-6-2025", "'5-6-2025' has two readings: 5 June 2025 and 6 May 2025",
          "write 2025-06-05 or 2025-05-06" },
        { "2025..05/06/2026",
          "'05/06/2026' has two readings: 5 June 2026 and 6 May 2026",
          "write 2026-06-05 or 2026-05-06" },
        { "soon", "'soon' is no date", "write 2025, 2025-06" },
        { "", "'' is no date", "write 2025, 2025-06" },
        { "2025-13", "'2025-13' is no date", "write 2025, 2025-06" },
        { "2025-02-30", "'2025-02-30' is no date", "write 2025, 2025-06" },
        { "2025...2026", "'.2026' is no date", "write 2025, 2025-06" },
        { "..", "'..' has no date", "write 2025, 2025-06" },
        { "2025..2024", "'2025..2024' ends before it begins", "" },
        { "d", "'d' is no date", "write 2025, 2025-06" },
        { "1000001d", "'1000001d' is no date", "write 2025, 2025-06" },
    };
    const kh_date today = a_day("2025-06-05");
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_date_range range = { 7, 8 };
        kh_error err = { 0 };
        cr_expect(eq(
            int,
            (int)kh_date_range_parse(&range, kh_str_from(cases[i].text), &today, &err),
            KH_ERR_ARGUMENT));
        cr_expect(eq(str, err.message, (char *)cases[i].message));
        cr_expect(kh_str_starts(kh_str_from(err.hint), kh_str_from(cases[i].hint)),
                  "%s", err.hint);
        cr_expect(eq(u32, range.first, 7));
    }
}

/* The terms of a range, each with a space behind it. */
static void add_cover(kh_buf *out, uint32_t first, uint32_t last, const char *oldest,
                      const char *newest)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_str *terms;
    size_t n = kh_date_cover(&terms, (kh_date_range){ first, last }, pack(oldest),
                             pack(newest), arena);
    for (size_t i = 0; i < n; i++)
        kh_buf_printf(out, "%" KH_FMT " ", KH_ARG(terms[i]));
}

Test(date_range, is_covered_by_few_terms)
{
    static const struct {
        const char *first;
        const char *last;
        const char *terms;
    } cases[] = {
        { "2025-06-05", "2025-06-05", "D20250605 D20250600 D20250000 " },
        { "2025-06-01", "2025-06-30", "M202506 D20250000 " },
        { "2025-01-01", "2025-12-31", "Y2025 " },
        { "2024-01-01", "2025-12-31", "Y2024 Y2025 " },
        { "2024-12-31", "2025-01-01",
          "D20241231 D20241200 D20240000 D20250101 D20250100 D20250000 " },
        { "2024-11-30", "2025-02-01",
          "D20241130 D20241100 M202412 D20240000 M202501 D20250201 D20250200 "
          "D20250000 " },
        { "1980-01-01", "1985-01-01", "" },
        { "2030-01-01", "2031-01-01", "" },
        { "2023-06-05", "2025-12-31", "Y2024 Y2025 " },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF got;
        kh_buf_init(&got, 1000);
        add_cover(&got, pack(cases[i].first), pack(cases[i].last), "2024-03",
                  "2025-06-05");
        cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)cases[i].terms));
    }
}

Test(date_range, with_open_ends_stops_at_the_years_of_the_archive)
{
    KH_AUTO_BUF got;
    kh_buf_init(&got, 1000);
    add_cover(&got, 0, UINT32_MAX, "2023-05-01", "2025");
    add_cover(&got, pack("2025-12-31"), UINT32_MAX, "2023-05-01", "2025");
    add_cover(&got, 0, pack("2023-01-31"), "2023-05-01", "2025");
    cr_expect(eq(str, (char *)kh_buf_text(&got),
                 "Y2023 Y2024 Y2025 D20251231 D20251200 D20250000 M202301 D20230000 "));

    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_str *terms;
    cr_expect(eq(
        sz, kh_date_cover(&terms, (kh_date_range){ 0, UINT32_MAX }, 0, 0, arena), 0));
}

static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* First and last day of what a date says. */
static void days_of(const kh_date *date, uint32_t *first, uint32_t *last)
{
    uint32_t packed = kh_date_pack(date);
    *first = packed;
    *last = packed;
    if (date->month == 0) {
        *first = packed | 1u << 5 | 1u;
        *last = packed | 12u << 5 | 31u;
    } else if (date->day == 0) {
        *first = packed | 1u;
        *last = packed | 31u;
    }
}

Test(date_range, covers_what_touches_it_and_nothing_else)
{
    uint64_t state = 11;
    for (int round = 0; round < 300; round++) {
        KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
        int64_t begin = 18000 + next_random(&state) % 1500;
        int64_t length = next_random(&state) % (round % 3 == 0 ? 40 : 900);
        kh_date from = kh_date_from_days(begin);
        kh_date to = kh_date_from_days(begin + length);
        kh_date_range range = { kh_date_pack(&from), kh_date_pack(&to) };
        range.first = round % 7 == 0 ? 0 : range.first;
        range.last = round % 11 == 0 ? UINT32_MAX : range.last;
        kh_str *terms;
        size_t n =
            kh_date_cover(&terms, range, pack("2017-12-01"), pack("2026-02"), arena);

        for (int article = 0; article < 300; article++) {
            kh_date date = kh_date_from_days(17600 + next_random(&state) % 2900);
            uint32_t cut = next_random(&state) % 3;
            if (cut > 0)
                date = kh_date_unpack(kh_date_pack(&date) >> (cut == 1 ? 5 : 9)
                                                                 << (cut == 1 ? 5 : 9));
            uint32_t first;
            uint32_t last;
            days_of(&date, &first, &last);
            bool touches = first <= range.last && last >= range.first;

            char own[KH_DATE_TERMS_MAX][KH_DATE_TERM_BYTES];
            size_t n_own = kh_date_terms(own, &date);
            size_t n_common = 0;
            for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < n_own; j++)
                    n_common += kh_str_equal(terms[i], kh_str_from(own[j]));
            cr_assert(n_common == (touches ? 1u : 0u), "%u in %u..%u: %zu",
                      kh_date_pack(&date), range.first, range.last, n_common);
        }
    }
}
