/* date_cover - the fewest terms that say a range of days.
 *
 *   2025-03-30..2026-01-02   D20250330 D20250331 D20250300   days and "in March 2025"
 *                            M202504 ... M202512 D20250000   months and "in 2025"
 *                            D20260101 D20260102 D20260100 D20260000
 *
 * Whole years and months are one term. Where a month or year is covered in part, the
 * articles that are dated to it as a whole have a term of their own. */
#include "article/date.h"

#include <stdio.h>

#include "date_internal.h"

typedef struct cover {
    kh_str *terms; /* in the arena */
    size_t n;
    size_t capacity;
    kh_arena *arena;
} cover;

/* A day of the range, taken apart. */
typedef struct day {
    uint32_t year;
    uint32_t month;
    uint32_t day;
} day;

static day take_apart(uint32_t packed)
{
    day out = { packed >> 9, packed >> 5 & 15, packed & 31 };
    return out;
}

static kh_str *push(cover *c)
{
    if (c->n == c->capacity)
        c->terms =
            kh_arena_grow(c->arena, c->terms, c->n, &c->capacity, sizeof(*c->terms));
    return &c->terms[c->n++];
}

static void add_day(cover *c, uint32_t year, uint32_t month, uint32_t number)
{
    *push(c) = kh_arena_printf(c->arena, "D%04u%02u%02u", year, month, number);
}

static void cover_month(cover *c, uint32_t year, uint32_t month, uint32_t first,
                        uint32_t last)
{
    uint32_t length = kh_date_month_days((int32_t)year, month);
    last = last > length ? length : last;
    if (first <= 1 && last == length) {
        *push(c) = kh_arena_printf(c->arena, "M%04u%02u", year, month);
        return;
    }
    for (uint32_t number = first; number <= last; number++)
        add_day(c, year, month, number);
    add_day(c, year, month, 0);
}

static void cover_year(cover *c, uint32_t year, day first, day last)
{
    day from = year == first.year ? first : (day){ year, 1, 1 };
    day to = year == last.year ? last : (day){ year, 12, 31 };
    if (from.month == 1 && from.day <= 1 && to.month == 12 && to.day == 31) {
        *push(c) = kh_arena_printf(c->arena, "Y%04u", year);
        return;
    }
    for (uint32_t month = from.month; month <= to.month; month++)
        cover_month(c, year, month, month == from.month ? from.day : 1,
                    month == to.month ? to.day : 31);
    add_day(c, year, 0, 0);
}

/* A packed date as the first or last day of what it says: 2025-06 begins on the 1st. */
static day first_day(uint32_t packed)
{
    day out = take_apart(packed);
    out.day = out.month == 0 || out.day == 0 ? 1 : out.day;
    out.month = out.month == 0 ? 1 : out.month;
    return out;
}

static day last_day(uint32_t packed)
{
    day out = take_apart(packed);
    bool has_month = out.month >= 1 && out.month <= 12;
    uint32_t length = has_month ? kh_date_month_days((int32_t)out.year, out.month) : 31;
    out.day = !has_month || out.day == 0 || out.day > length ? length : out.day;
    out.month = has_month ? out.month : 12;
    return out;
}

size_t kh_date_cover(kh_str **out, kh_date_range range, uint32_t oldest,
                     uint32_t newest, kh_arena *arena)
{
    cover c = { .arena = arena };
    *out = NULL;
    if (oldest == 0 || newest < oldest)
        return 0;

    uint32_t earliest = oldest >> 9 << 9;
    uint32_t latest = (newest >> 9 << 9) | 12u << 5 | 31u;
    day first = first_day(range.first < earliest ? earliest : range.first);
    day last = last_day(range.last > latest ? latest : range.last);
    if (range.first > latest || range.last < earliest)
        return 0;
    if (first.year == last.year &&
        (first.month > last.month ||
         (first.month == last.month && first.day > last.day)))
        return 0;
    for (uint32_t year = first.year; year <= last.year; year++)
        cover_year(&c, year, first, last);
    *out = c.terms;
    return c.n;
}
