/* date_written - the forms that people write, as rows of tokens.
 *
 *   June 5, 2025    June 2025       5 June 2025     5 de junio de 2025    5. Juni 2025
 *   2025. június 5. 2025年6月5日    05/06/2025      2025/6/5    5 tháng 6 năm 2025
 *   Thu Jun  5 10:30:00 2025 */
#include "date_internal.h"

#define YEAR_MIN 1000 /* of written dates: less is a count of something */
#define YEAR_MAX 2999
#define BUDDHIST 543

/* Words and endings that stand in dates, folded. */
static const char ordinals[] =
    "st nd rd th er ere re e o a \xC2\xBA \xC2\xAA eko ko an en go \xD0\xB3\xD0\xBE "
    "\xD0\xB5 \xCE\xB7\xCF\x82 ten te \xE0\xA4\xB5\xE0\xA5\x87\xE0\xA4\x82 de";
static const char links[] = "of de del d di da do du den la le ng ta "
                            "\xE0\xA6\x87 \xE0\xA4\x95\xE0\xA5\x80";
static const char year_links[] = "de del di of dal nam a "
                                 "\xD9\x85 \xD8\xB3\xD8\xA7\xD9\x84 \xE0\xB8\x9E "
                                 "\xE0\xB8\xA8 \xE0\xB8\x9E\xE0\xB8\xA8";
static const char after_year[] = "m metu gada g eko ko ev "
                                 "\xD0\xB6 \xD0\xB3 \xD1\x80 \xD0\xBE\xD0\xBD\xD1\x8B";
static const char months_by_number[] = "thang thg \xD0\xBC";

static bool is_number(const kh_date_text *t, size_t i, size_t max_digits)
{
    return i < t->n && t->tokens[i].kind == KH_DATE_TOKEN_NUMBER &&
           t->tokens[i].n_digits <= max_digits;
}

/* A day or month in digits. */
static bool read_small(const kh_date_text *t, size_t *i, uint32_t max, uint32_t *out)
{
    if (!is_number(t, *i, 2) || t->tokens[*i].value == 0 || t->tokens[*i].value > max)
        return false;
    *out = t->tokens[(*i)++].value;
    return true;
}

/* A year of four digits; the Thai one counts from the Buddha. */
static bool read_year(const kh_date_text *t, size_t *i, uint32_t *out)
{
    if (!is_number(t, *i, 4) || t->tokens[*i].n_digits != 4)
        return false;
    uint32_t year = t->tokens[*i].value;
    const char *code = t->language->code;
    if (year > 2400 && (strcmp(code, "th") == 0 || code[0] == '\0'))
        year -= BUDDHIST;
    /* Persian years count from 622; those dates need another calendar. */
    uint32_t least =
        strcmp(code, "fa") == 0 || strcmp(code, "ps") == 0 ? 1700 : YEAR_MIN;
    if (year < least || year > YEAR_MAX)
        return false;
    (*i)++;
    *out = year;
    return true;
}

/* Two digits as mail means them. Source: RFC 5322, section 4.3. */
static bool read_short_year(const kh_date_text *t, size_t *i, uint32_t *out)
{
    if (t->is_prose || !is_number(t, *i, 2) || t->tokens[*i].n_digits != 2)
        return false;
    uint32_t year = t->tokens[(*i)++].value;
    *out = year + (year < 50 ? 2000 : 1900);
    return true;
}

static void skip_sign(const kh_date_text *t, size_t *i, const char *ascii)
{
    if (*i < t->n && t->tokens[*i].kind == KH_DATE_TOKEN_SIGN &&
        t->tokens[*i].value < 0x80 && t->tokens[*i].value > 0 &&
        strchr(ascii, (int)t->tokens[*i].value))
        (*i)++;
}

static void skip_comma(const kh_date_text *t, size_t *i)
{
    if (kh_date_is_sign(t, *i, ',') || kh_date_is_sign(t, *i, 0x060C) ||
        kh_date_is_sign(t, *i, 0xFF0C))
        (*i)++;
}

static void skip_word(const kh_date_text *t, size_t *i, const char *words)
{
    if (kh_date_is_word(t, *i, words))
        (*i)++;
}

/* A day and what hangs on it: 5th, 5., 5-go. */
static bool read_day_number(const kh_date_text *t, size_t *i, uint32_t *out)
{
    if (!read_small(t, i, 31, out))
        return false;
    bool has_hyphen = kh_date_is_sign(t, *i, '-') && t->tokens[*i].is_attached;
    size_t behind = *i + has_hyphen;
    if (behind < t->n && t->tokens[behind].is_attached &&
        kh_date_is_word(t, behind, ordinals))
        *i = behind + 1;
    else if (kh_date_is_sign(t, *i, 0xBA) || kh_date_is_sign(t, *i, 0xAA))
        (*i)++;
    skip_sign(t, i, ".");
    return true;
}

/* A month by its name, also by two of them (June/Haziran), with the stop of "Jan.". */
static bool read_month(const kh_date_text *t, size_t *i, uint32_t *out)
{
    size_t n = 0;
    unsigned month = kh_date_month(t, *i, &n);
    if (month > 0) {
        *i += n;
        skip_sign(t, i, ".");
        if (kh_date_is_sign(t, *i, '/') && kh_date_month(t, *i + 1, &n) == month)
            *i += 1 + n;
        *out = month;
        return true;
    }
    size_t at = *i + 1;
    if (!kh_date_is_word(t, *i, months_by_number) || !read_small(t, &at, 12, out))
        return false;
    *i = at;
    return true;
}

/* The year behind a month; *has_year is false if there is none. */
static void read_year_behind(const kh_date_text *t, size_t *i, uint32_t *out,
                             bool *has_year)
{
    size_t at = *i;
    skip_comma(t, &at);
    skip_sign(t, &at, "/-.");
    for (int j = 0; j < 2 && kh_date_is_word(t, at, year_links); j++) {
        at++;
        skip_sign(t, &at, ".'");
    }
    *has_year = read_year(t, &at, out);
    if (*has_year)
        *i = at;
}

/* "Thu Jun 5 10:30:00 IST 2025": the time stands before the year. */
static bool read_year_behind_time(const kh_date_text *t, size_t *i, uint32_t *out)
{
    kh_date unused = { 0 };
    size_t at = *i;
    if (t->is_prose || !kh_date_read_time(&unused, t, &at) || !read_year(t, &at, out))
        return false;
    *i = at;
    return true;
}

/* June 5, 2025; June 2025; June 5 */
static bool read_month_first(kh_date *out, const kh_date_text *t, size_t *i,
                             bool needs_year)
{
    size_t at = *i;
    uint32_t year = 0;
    uint32_t month;
    uint32_t day = 0;
    bool has_year = false;
    if (!read_month(t, &at, &month))
        return false;
    size_t behind_month = at;
    read_year_behind(t, &at, &year, &has_year);
    if (!has_year) {
        at = behind_month;
        skip_sign(t, &at, "-");
        if (!read_day_number(t, &at, &day))
            return false;
        size_t behind_day = at;
        read_year_behind(t, &at, &year, &has_year);
        if (!has_year) {
            at = behind_day;
            has_year = read_year_behind_time(t, &at, &year);
        }
    }
    if ((needs_year && !has_year) || !kh_date_set(out, year, month, day))
        return false;
    *i = at;
    return true;
}

/* 5 June 2025, 5 de junio de 2025, 5. Juni, 5-Jun-25 */
static bool read_day_first(kh_date *out, const kh_date_text *t, size_t *i,
                           bool needs_year)
{
    size_t at = *i;
    uint32_t year = 0;
    uint32_t month;
    uint32_t day;
    bool has_year;
    if (!read_day_number(t, &at, &day))
        return false;
    skip_sign(t, &at, "-/'");
    skip_comma(t, &at);
    for (int j = 0; j < 2 && kh_date_is_word(t, at, links); j++) {
        at++;
        skip_sign(t, &at, "'");
    }
    if (!read_month(t, &at, &month))
        return false;
    read_year_behind(t, &at, &year, &has_year);
    if (!has_year) {
        size_t behind = at;
        skip_sign(t, &behind, "-/");
        has_year = read_short_year(t, &behind, &year);
        at = has_year ? behind : at;
    }
    if ((needs_year && !has_year) || !kh_date_set(out, year, month, day))
        return false;
    *i = at;
    return true;
}

/* 2025. június 5., 2025 m. birželio 5, 2025. gada 5. jūnijs */
static bool read_year_first(kh_date *out, const kh_date_text *t, size_t *i)
{
    size_t at = *i;
    uint32_t year;
    uint32_t month;
    uint32_t day = 0;
    if (!read_year(t, &at, &year))
        return false;
    skip_sign(t, &at, ".,-/");
    skip_word(t, &at, after_year);
    skip_sign(t, &at, ".,");
    if (read_month(t, &at, &month)) {
        size_t behind = at;
        skip_sign(t, &behind, "-/");
        if (read_day_number(t, &behind, &day))
            at = behind;
    } else if (!read_day_number(t, &at, &day) || !read_month(t, &at, &month)) {
        return false;
    }
    if (!kh_date_set(out, year, month, day))
        return false;
    *i = at;
    return true;
}

/* A number with the character for year, month or day behind it. */
static bool read_marked(const kh_date_text *t, size_t *i, const char *marks,
                        uint32_t *out)
{
    if (!is_number(t, *i, 4) || !kh_date_is_word(t, *i + 1, marks))
        return false;
    *out = t->tokens[*i].value;
    *i += 2;
    return true;
}

/* 2025年6月5日, 6月5日, 2025년 6월 */
static bool read_marked_date(kh_date *out, const kh_date_text *t, size_t *i,
                             bool needs_year)
{
    size_t at = *i;
    uint32_t year = 0;
    uint32_t month = 0;
    uint32_t day = 0;
    bool has_year = read_marked(t, &at, "\xE5\xB9\xB4 \xEB\x85\x84", &year);
    bool has_month = read_marked(t, &at, "\xE6\x9C\x88 \xEC\x9B\x94", &month);
    bool has_day = has_month &&
                   read_marked(t, &at, "\xE6\x97\xA5 \xE5\x8F\xB7 \xEC\x9D\xBC", &day);
    if ((needs_year && !has_year) || (!has_year && !has_day) ||
        (t->is_prose && !has_month))
        return false;
    if ((has_year && (year < YEAR_MIN || year > YEAR_MAX)) ||
        (has_month && month == 0) || (has_day && day == 0) ||
        !kh_date_set(out, year, month, day))
        return false;
    *i = at;
    return true;
}

/* Which of the first two numbers of a/b/2025 is the day. */
static bool order_numbers(const kh_date_text *t, uint32_t sign, uint32_t *day,
                          uint32_t *month)
{
    bool is_month_first = t->language->has_month_first && sign != '.';
    if (*day <= 12 && (is_month_first || *month > 12)) {
        uint32_t first = *day;
        *day = *month;
        *month = first;
    }
    return *month >= 1 && *month <= 12;
}

/* 05/06/2025, 5.6.2025, 2025/6/5, 6/2025 */
static bool read_numbers(kh_date *out, const kh_date_text *t, size_t *i)
{
    size_t at = *i;
    uint32_t year;
    uint32_t month;
    uint32_t day = 0;
    bool has_year = read_year(t, &at, &year);
    if (!has_year && !read_small(t, &at, 31, &day))
        return false;
    uint32_t sign = at < t->n ? t->tokens[at].value : 0;
    if (!kh_date_is_sign(t, at, sign) || (sign != '/' && sign != '.' && sign != '-'))
        return false;
    at++;
    if (!read_small(t, &at, 31, &month))
        return false;
    bool has_third = kh_date_is_sign(t, at, sign);
    size_t third = at + 1;
    if (has_year) {
        if (has_third ? !read_small(t, &third, 31, &day) : t->is_prose || sign == '.')
            return false;
    } else if (has_third) {
        if ((!read_year(t, &third, &year) && !read_short_year(t, &third, &year)) ||
            !order_numbers(t, sign, &day, &month))
            return false;
    } else {
        return false;
    }
    if (month > 12 || !kh_date_set(out, year, month, day))
        return false;
    *i = has_third ? third : at;
    return true;
}

/* 6/2025 */
static bool read_month_number(kh_date *out, const kh_date_text *t, size_t *i)
{
    size_t at = *i;
    uint32_t month;
    uint32_t year;
    if (t->is_prose || !read_small(t, &at, 12, &month) ||
        (!kh_date_is_sign(t, at, '/') && !kh_date_is_sign(t, at, '.')))
        return false;
    at++;
    if (!read_year(t, &at, &year) || !kh_date_set(out, year, month, 0))
        return false;
    *i = at;
    return true;
}

bool kh_date_read_day(kh_date *out, const kh_date_text *text, size_t *i,
                      bool needs_year)
{
    if (*i < text->n && text->tokens[*i].kind == KH_DATE_TOKEN_WORD)
        return read_month_first(out, text, i, needs_year);
    return read_marked_date(out, text, i, needs_year) || read_numbers(out, text, i) ||
           read_day_first(out, text, i, needs_year) || read_year_first(out, text, i) ||
           read_month_number(out, text, i);
}
