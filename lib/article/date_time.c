/* date_time - the time and the zone behind a written date: 10:30 pm IST, 22.30, +0530.
 */
#include "date_internal.h"

#define HOUR 60

typedef struct zone {
    const char *name; /* folded */
    int16_t minutes;
} zone;

/* Ambiguous ones as most news writes them: IST is India, CST and PST are American, BST
 * is British. */
static const zone zones[] = {
    { "z", 0 },
    { "utc", 0 },
    { "gmt", 0 },
    { "ut", 0 },
    { "est", -5 * HOUR },
    { "edt", -4 * HOUR },
    { "cst", -6 * HOUR },
    { "cdt", -5 * HOUR },
    { "mst", -7 * HOUR },
    { "mdt", -6 * HOUR },
    { "pst", -8 * HOUR },
    { "pdt", -7 * HOUR },
    { "ist", 330 },
    { "pkt", 5 * HOUR },
    { "npt", 345 },
    { "bst", HOUR },
    { "wet", 0 },
    { "west", HOUR },
    { "cet", HOUR },
    { "cest", 2 * HOUR },
    { "mez", HOUR },
    { "mesz", 2 * HOUR },
    { "eet", 2 * HOUR },
    { "eest", 3 * HOUR },
    { "msk", 3 * HOUR },
    { "trt", 3 * HOUR },
    { "eat", 3 * HOUR },
    { "cat", 2 * HOUR },
    { "wat", HOUR },
    { "sast", 2 * HOUR },
    { "gst", 4 * HOUR },
    { "wib", 7 * HOUR },
    { "ict", 7 * HOUR },
    { "sgt", 8 * HOUR },
    { "hkt", 8 * HOUR },
    { "pht", 8 * HOUR },
    { "jst", 9 * HOUR },
    { "kst", 9 * HOUR },
    { "aest", 10 * HOUR },
    { "aedt", 11 * HOUR },
    { "nzst", 12 * HOUR },
    { "nzdt", 13 * HOUR },
    { "brt", -3 * HOUR },
    { "art", -3 * HOUR },
};

static bool read_number(const kh_date_text *t, size_t *i, uint32_t max, uint32_t *out)
{
    if (*i >= t->n || t->tokens[*i].kind != KH_DATE_TOKEN_NUMBER ||
        t->tokens[*i].n_digits > 2 || t->tokens[*i].value > max)
        return false;
    *out = t->tokens[(*i)++].value;
    return true;
}

/* +0530, +05:30, -5 */
static bool read_offset(kh_date *out, const kh_date_text *t, size_t *i)
{
    size_t at = *i;
    bool is_west = kh_date_is_sign(t, at, '-') || kh_date_is_sign(t, at, 0x2212);
    if (!is_west && !kh_date_is_sign(t, at, '+'))
        return false;
    at++;
    if (at >= t->n || t->tokens[at].kind != KH_DATE_TOKEN_NUMBER)
        return false;
    uint32_t hours = t->tokens[at].value;
    uint32_t minutes = 0;
    size_t n_digits = t->tokens[at].n_digits;
    at++;
    if (n_digits == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (n_digits > 2) {
        return false;
    } else if (kh_date_is_sign(t, at, ':')) {
        at++;
        if (!read_number(t, &at, 59, &minutes))
            return false;
    }
    if (hours > 14 || minutes > 59)
        return false;
    int total = (int)(hours * HOUR + minutes);
    out->offset_minutes = (int16_t)(is_west ? -total : total);
    out->has_offset = true;
    *i = at;
    return true;
}

/* Names, offsets, names with offsets (GMT+5:30), in brackets or not. */
static void read_zone(kh_date *out, const kh_date_text *t, size_t *i)
{
    size_t at = *i;
    bool has_bracket = kh_date_is_sign(t, at, '(');
    at += has_bracket;
    bool is_named = false;
    for (size_t z = 0; z < KH_COUNT_OF(zones) && !is_named; z++) {
        if (!kh_date_is_word(t, at, zones[z].name))
            continue;
        is_named = true;
        out->offset_minutes = zones[z].minutes;
        out->has_offset = true;
    }
    at += is_named;
    if (!read_offset(out, t, &at) && !is_named)
        return;
    if (has_bracket) {
        if (!kh_date_is_sign(t, at, ')'))
            return;
        at++;
    }
    *i = at;
}

/* am, pm, a.m., p. m. */
static bool read_half(const kh_date_text *t, size_t *i, bool *is_pm)
{
    size_t at = *i;
    if (kh_date_is_word(t, at, "am pm")) {
        *is_pm = kh_date_is_word(t, at, "pm");
        *i = at + 1;
        return true;
    }
    if (!kh_date_is_word(t, at, "a p") || !kh_date_is_sign(t, at + 1, '.') ||
        !kh_date_is_word(t, at + 2, "m"))
        return false;
    *is_pm = kh_date_is_word(t, at, "p");
    *i = at + 3 + kh_date_is_sign(t, at + 3, '.');
    return true;
}

/* A fraction of a second, thrown away. */
static void skip_fraction(const kh_date_text *t, size_t *i)
{
    if ((kh_date_is_sign(t, *i, '.') || kh_date_is_sign(t, *i, ',')) && *i + 1 < t->n &&
        t->tokens[*i + 1].kind == KH_DATE_TOKEN_NUMBER && t->tokens[*i + 1].is_attached)
        *i += 2;
}

/* 10:30, 10:30:15, 10h30, 10.30 */
static bool read_clock(const kh_date_text *t, size_t *i, uint32_t clock[3])
{
    size_t at = *i;
    clock[1] = 0;
    clock[2] = 0;
    if (!read_number(t, &at, 23, &clock[0]))
        return false;
    bool has_colon = kh_date_is_sign(t, at, ':');
    if (has_colon || kh_date_is_sign(t, at, '.') || kh_date_is_word(t, at, "h u")) {
        size_t minute = at + 1;
        if (!read_number(t, &minute, 59, &clock[1]))
            return false;
        at = minute;
        if (has_colon && kh_date_is_sign(t, at, ':')) {
            at++;
            if (!read_number(t, &at, 60, &clock[2]))
                return false;
            skip_fraction(t, &at);
        }
    } else {
        bool unused;
        size_t half = at;
        if (!read_half(t, &half, &unused)) /* 10 pm is a time, 10 is none */
            return false;
    }
    *i = at;
    return true;
}

bool kh_date_read_time(kh_date *out, const kh_date_text *text, size_t *i)
{
    uint32_t clock[3];
    size_t at = *i;
    if (!read_clock(text, &at, clock))
        return false;
    bool is_pm;
    if (read_half(text, &at, &is_pm)) {
        if (clock[0] > 12 && !is_pm)
            return false;
        clock[0] = clock[0] > 12 ? clock[0] : clock[0] % 12 + (is_pm ? 12 : 0);
    } else if (kh_date_is_word(text, at, "uhr h hrs hours uur")) {
        at++;
    }
    out->hour = (uint8_t)clock[0];
    out->minute = (uint8_t)clock[1];
    out->second = (uint8_t)(clock[2] > 59 ? 59 : clock[2]);
    read_zone(out, text, &at);
    *i = at;
    return true;
}
