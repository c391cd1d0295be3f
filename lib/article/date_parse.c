/* date_parse - dates in texts: a whole text, the beginning of one, anywhere in one. */
#include "date_internal.h"

/* Words that stand before or between date and time in a line of its own, folded. */
static const char lead_words[] =
    "updated published posted on date le el am den il ngay dated last modified first "
    "issued released \xE0\xA4\xA6\xE0\xA4\xBF\xE0\xA4\xA8\xE0\xA4\xBE\xE0\xA4\x82"
    "\xE0\xA4\x95 \xD9\x8A\xD9\x88\xD9\x85 \xE0\xB8\xA7\xE0\xB8\xB1\xE0\xB8\x99"
    "\xE0\xB8\x97\xE0\xB8\xB5\xE0\xB9\x88 feira";
static const char time_words[] = "at um a las le kl klo alle om as of t h et ct mt pt "
                                 "\xD0\xB2";
static const char trail_words[] = "\xD0\xB3 \xD0\xB3\xD0\xBE\xD0\xB4\xD0\xB0 \xD1\x80 "
                                  "\xD1\x80\xD0\xBE\xD0\xBA\xD1\x83 "
                                  "d g m r \xD0\xB6 en an roku feira";

static bool is_loose_sign(const kh_date_text *t, size_t i)
{
    return i < t->n && t->tokens[i].kind == KH_DATE_TOKEN_SIGN;
}

static bool is_lead(const kh_date_text *t, size_t i)
{
    return is_loose_sign(t, i) || kh_date_is_word(t, i, lead_words) ||
           kh_date_is_weekday(t, i);
}

/* Read a date behind weekdays, signs and such words. */
static bool read_behind_lead(kh_date *out, const kh_date_text *t, size_t *i)
{
    for (size_t at = *i; at < t->n; at++) {
        size_t behind = at;
        if (kh_date_read_day(out, t, &behind, true)) {
            *i = behind;
            return true;
        }
        if (!is_lead(t, at))
            return false;
    }
    return false;
}

/* "10:30 IST, 5 June 2025" */
static bool read_behind_time(kh_date *out, const kh_date_text *t, size_t *i)
{
    kh_date clock = { 0 };
    kh_date day = { 0 };
    size_t at = *i;
    while (at < t->n && is_lead(t, at))
        at++;
    if (!kh_date_read_time(&clock, t, &at) || !read_behind_lead(&day, t, &at) ||
        day.precision < KH_DATE_DAY)
        return false;
    clock.year = day.year;
    clock.month = day.month;
    clock.day = day.day;
    clock.precision = KH_DATE_TIME;
    *out = clock;
    *i = at;
    return true;
}

/* Characters of the weekday behind a Chinese or Japanese date. */
static bool is_weekday_behind(const kh_date_text *t, size_t i)
{
    return kh_date_is_weekday(t, i) ||
           kh_date_is_word(t, i,
                           "\xE6\x98\x9F \xE6\x9C\x9F \xE6\x9B\x9C \xE6\x97\xA5 "
                           "\xE6\x9C\x88 \xE7\x81\xAB \xE6\xB0\xB4 \xE6\x9C\xA8 "
                           "\xE9\x87\x91 \xE5\x9C\x9F \xE4\xB8\x80 \xE4\xBA\x8C "
                           "\xE4\xB8\x89 \xE5\x9B\x9B \xE4\xBA\x94 \xE5\x85\xAD "
                           "\xE5\x91\xA8");
}

/* The time behind a day, and everything to the end; false if more is there than may. */
static bool read_rest(kh_date *date, const kh_date_text *t, size_t *i)
{
    bool has_time = false;
    while (*i < t->n) {
        if (!has_time && date->precision == KH_DATE_DAY &&
            kh_date_read_time(date, t, i)) {
            has_time = true;
            continue;
        }
        if (!is_loose_sign(t, *i) && !is_weekday_behind(t, *i) &&
            !kh_date_is_word(t, *i, time_words) && !kh_date_is_word(t, *i, trail_words))
            return false;
        (*i)++;
    }
    if (has_time)
        date->precision = KH_DATE_TIME;
    return true;
}

/* The time that stands between day and year: of the date that tokens from..to are. */
static bool find_time_inside(kh_date *date, const kh_date_text *t, size_t from,
                             size_t to)
{
    for (size_t i = from; i < to; i++) {
        size_t behind = i;
        if (kh_date_is_sign(t, i + 1, ':') && kh_date_read_time(date, t, &behind) &&
            behind < to) {
            date->precision = KH_DATE_TIME;
            return true;
        }
    }
    return false;
}

bool kh_date_parse(kh_date *out, kh_str text, const kh_language *language)
{
    text = kh_str_trim(text);
    if (kh_date_parse_iso(out, text))
        return true;
    kh_date_text t = { .language = language };
    kh_date_tokenise(&t, text, 0);
    if (t.n == KH_DATE_TOKENS)
        return false;
    kh_date date = { 0 };
    size_t i = 0;
    if (read_behind_lead(&date, &t, &i))
        (void)find_time_inside(&date, &t, 0, i);
    else if (!read_behind_time(&date, &t, &i))
        return false;
    if (!read_rest(&date, &t, &i))
        return false;
    *out = date;
    return true;
}

bool kh_date_two_readings(kh_date out[2], kh_str text)
{
    static const kh_language day_first = { .code = "" };
    static const kh_language month_first = { .code = "", .has_month_first = true };
    kh_date a;
    kh_date b;
    if (!kh_date_parse(&a, text, &day_first) ||
        !kh_date_parse(&b, text, &month_first) || kh_date_pack(&a) == kh_date_pack(&b))
        return false;
    out[0] = a;
    out[1] = b;
    return true;
}

static bool has_number(const kh_date_text *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->tokens[i].kind == KH_DATE_TOKEN_NUMBER)
            return true;
    return false;
}

/* Whether the first token may begin a date; most texts that are asked about begin with
 * another word. */
static bool may_begin_text(kh_date_text *t, kh_str text)
{
    kh_date_tokenise_some(t, text, 0, 1);
    return t->n > 0 && t->tokens[0].start == 0 && !is_loose_sign(t, 0) &&
           (t->tokens[0].kind != KH_DATE_TOKEN_WORD || kh_date_may_be_month(t, 0));
}

#define READ_TOKENS 32u /* the longest form of prose, with a day, has 24 */

size_t kh_date_read(kh_date *out, kh_str text, const kh_language *language)
{
    kh_date_text t;
    t.language = language;
    t.is_prose = true;
    if (!may_begin_text(&t, text))
        return 0;
    kh_date_tokenise_some(&t, text, 0, READ_TOKENS);
    size_t i = 0;
    if (!has_number(&t) || !kh_date_read_day(out, &t, &i, false))
        return 0;
    return t.tokens[i - 1].end;
}

/* Whether a date may begin at token i: no sign, not glued to a Latin word as in "A5",
 * and digits near. */
static bool may_begin(const kh_date_text *t, size_t i)
{
    const kh_date_token *token = &t->tokens[i];
    if (token->kind == KH_DATE_TOKEN_SIGN)
        return false;
    if (i > 0 && token->is_attached && t->tokens[i - 1].kind != KH_DATE_TOKEN_SIGN &&
        (unsigned char)t->text.ptr[token->start] < 0x80 &&
        (unsigned char)t->text.ptr[token->start - 1] < 0x80)
        return false;
    for (size_t j = i; j < i + 4 && j < t->n; j++)
        if (t->tokens[j].kind == KH_DATE_TOKEN_NUMBER)
            return true;
    return false;
}

bool kh_date_find(kh_date *out, size_t *start, size_t *end, kh_str text,
                  const kh_language *language)
{
    kh_date_text t = { .language = language, .is_prose = true };
    kh_date_tokenise(&t, text, 0);
    for (size_t at = 0; at < t.n; at++) {
        if (at > KH_DATE_TOKENS / 2 && t.n == KH_DATE_TOKENS) {
            /* The token before goes along: it says what this one is glued to. */
            kh_date_tokenise(&t, text, t.tokens[at - 1].start);
            at = 1;
        }
        size_t i = at;
        if (may_begin(&t, at) && kh_date_read_day(out, &t, &i, true)) {
            *start = t.tokens[at].start;
            *end = t.tokens[i - 1].end;
            return true;
        }
    }
    return false;
}
