/* dateline_cjk - datelines of Chinese, Japanese and Korean agencies.
 *
 *   新华社北京6月5日电（记者王某）     agency, place, date, "wired"
 *   北京6月5日电（记者王某）           the same without an agency
 *   【ワシントン共同】 【北京=新華社】  place and agency in brackets
 *   【東京6月5日】 [東京 5日 ロイター] with a date, or the day of one
 *   東京、2024年6月5日 -               place, date
 *   (서울=연합뉴스) 홍길동 기자 =      place = agency, reporter */
#include "dateline_cjk.h"

#include "base/utf8.h"
#include "date_internal.h"
#include "dateline_words.h"

enum { HEAD_MAX = 120 /* bytes */, PLACE_MAX = 45 };

static size_t skip_spaces(kh_str text, size_t at)
{
    while (at < text.len) {
        size_t next = at;
        uint32_t c = kh_utf8_next(text, &next);
        if (c != ' ' && c != 0x3000 && c != 0xA0)
            break;
        at = next;
    }
    return at;
}

/* Bytes of one of the texts that stands at `at`. */
static size_t any_at(kh_str text, size_t at, const char *const *choices, size_t n)
{
    for (size_t i = 0; i < n && at < text.len; i++) {
        kh_str choice = kh_str_from(choices[i]);
        if (kh_str_starts(kh_str_slice(text, at, text.len), choice))
            return choice.len;
    }
    return 0;
}

/* "（记者王某）" behind the dateline. */
static size_t skip_reporter(kh_str text, size_t at)
{
    static const char *const opens[] = { "（记者", "(记者", "（記者", "(記者",
                                         " (记者" };
    static const char *const closes[] = { "）", ")" };
    if (any_at(text, at, opens, KH_COUNT_OF(opens)) == 0)
        return at;
    for (size_t i = at; i < text.len && i < at + HEAD_MAX; kh_utf8_next(text, &i)) {
        size_t bytes = any_at(text, i, closes, KH_COUNT_OF(closes));
        if (bytes > 0)
            return i + bytes;
    }
    return at;
}

static bool is_digit_at(kh_str text, size_t at)
{
    uint32_t c = at < text.len ? kh_utf8_next(text, &at) : 0;
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

static const char *const wired[] = { "电", "電", "讯", "訊" };

/* Whether a character may stand in the name of a city: Han, kana. */
static bool may_name_city(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF);
}

/* A place that is known, or says what it is: papers and broadcasters stand in the same
 * form, "央视6月5日讯". */
static bool is_place(kh_str name)
{
    static const char *const ends[] = {
        "市", "县", "縣", "镇", "鎮", "省", "区", "區"
    };
    bool is_known = kh_dateline_is_east_asian_place(name);
    for (size_t i = 0; i < KH_COUNT_OF(ends) && !is_known; i++)
        is_known = kh_str_ends(name, kh_str_from(ends[i]));
    return is_known;
}

/* Where a city at the start of text ends before a digit; 0: there is none. */
static size_t city_end(kh_str text)
{
    enum { CITY_MAX = 30 };
    size_t at = 0;
    while (at < text.len && at <= CITY_MAX) {
        size_t next = at;
        uint32_t c = kh_utf8_next(text, &next);
        if ((c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19))
            return at;
        if (!may_name_city(c))
            return 0;
        at = next;
    }
    return 0;
}

/* A word of one sign says little by itself, and others begin with it (电力, 电影):
 * something must part it from the text. */
static bool is_parted(kh_str text, size_t at)
{
    static const char *const signs[] = { "（", "(",  " ", "\u3000", "：",
                                         ":",  "，", "—", "/" };
    return any_at(text, at, signs, KH_COUNT_OF(signs)) > 0;
}

static bool read_wired_alone(kh_dateline *out, kh_str text, const kh_language *language)
{
    size_t at = city_end(text);
    kh_str place = kh_str_slice(text, 0, at);
    if (at == 0 || !is_place(place))
        return false;
    kh_date date;
    size_t bytes = kh_date_read(&date, kh_str_slice(text, at, text.len), language);
    size_t end = skip_spaces(text, at + bytes);
    size_t word = any_at(text, end, wired, KH_COUNT_OF(wired));
    if (bytes == 0 || date.precision < KH_DATE_DAY || word == 0 ||
        !is_parted(text, end + word))
        return false;
    out->place = place;
    out->date = date;
    out->end = skip_spaces(text, skip_reporter(text, end + word));
    return true;
}

static bool read_wired(kh_dateline *out, kh_str text, const kh_language *language)
{
    size_t agency = kh_dateline_agency_at_start(text);
    if (agency == 0)
        return read_wired_alone(out, text, language);
    for (size_t at = agency; at < text.len && at < agency + PLACE_MAX;) {
        kh_date date;
        size_t bytes = kh_date_read(&date, kh_str_slice(text, at, text.len), language);
        size_t end = skip_spaces(text, at + bytes);
        size_t word = any_at(text, end, wired, KH_COUNT_OF(wired));
        if (bytes > 0 && word > 0 && date.precision >= KH_DATE_DAY) {
            out->agency = kh_str_slice(text, 0, agency);
            out->place = kh_str_trim(kh_str_slice(text, agency, at));
            out->date = date;
            out->end = skip_spaces(text, skip_reporter(text, end + word));
            return true;
        }
        kh_utf8_next(text, &at);
    }
    return false;
}

/* Text without spaces of any width at its end. */
static kh_str without_spaces(kh_str text)
{
    while (text.len > 0) {
        size_t at = text.len;
        uint32_t c = kh_utf8_previous(text, &at);
        if (c != ' ' && c != 0x3000 && c != 0xA0)
            break;
        text.len = at;
    }
    return text;
}

/* "５日": the day without its month is part of no place. */
static bool is_bare_day(kh_str text)
{
    size_t at = 0;
    for (int n_digits = 0; at < text.len; n_digits++) {
        size_t next = at;
        uint32_t c = kh_utf8_next(text, &next);
        if ((c < '0' || c > '9') && (c < 0xFF10 || c > 0xFF19))
            return n_digits > 0 && n_digits <= 2 &&
                   kh_str_equal(kh_str_slice(text, at, text.len), KH_STR("日"));
        at = next;
    }
    return false;
}

static bool is_date(kh_str text, kh_date *out, const kh_language *language)
{
    kh_date date;
    if (text.len == 0 || kh_date_read(&date, text, language) != text.len ||
        date.precision < KH_DATE_DAY)
        return false;
    *out = date;
    return true;
}

/* Take a date off the end of the place. */
static void take_date(kh_dateline *line, const kh_language *language)
{
    size_t at = kh_date_find_digit(line->place, 0);
    if (at == SIZE_MAX)
        return;
    kh_str behind = kh_str_slice(line->place, at, line->place.len);
    if (is_date(behind, &line->date, language) || is_bare_day(behind))
        line->place = without_spaces(kh_str_slice(line->place, 0, at));
}

/* What stands in the brackets: "place=agency", an agency behind a place, or a date
 * behind one that is known, since labels look the same: 【更新6月5日】. */
static bool read_inside(kh_dateline *out, kh_str inside, const kh_language *language)
{
    static const char *const equals[] = { "=", "＝" };
    for (size_t at = 0; at < inside.len; kh_utf8_next(inside, &at)) {
        size_t bytes = any_at(inside, at, equals, KH_COUNT_OF(equals));
        if (bytes == 0)
            continue;
        out->place = kh_str_trim(kh_str_slice(inside, 0, at));
        out->agency = kh_str_trim(kh_str_slice(inside, at + bytes, inside.len));
        take_date(out, language);
        bool is_dated = out->date.precision == KH_DATE_NONE &&
                        kh_dateline_is_east_asian_place(out->place) &&
                        is_date(out->agency, &out->date, language);
        if (is_dated)
            out->agency = KH_STR("");
        return out->place.len > 0 && out->place.len <= PLACE_MAX &&
               out->agency.len <= PLACE_MAX &&
               (out->agency.len > 0 || out->date.precision != KH_DATE_NONE);
    }
    size_t agency = kh_dateline_agency_at_end(inside);
    out->place = without_spaces(kh_str_slice(inside, 0, inside.len - agency));
    out->agency = kh_str_slice(inside, inside.len - agency, inside.len);
    take_date(out, language);
    bool is_known = agency > 0 || (out->date.precision != KH_DATE_NONE &&
                                   kh_dateline_is_east_asian_place(out->place));
    return is_known && out->place.len <= PLACE_MAX;
}

/* "홍길동 기자 =" behind a Korean one. */
static size_t skip_korean_reporter(kh_str text, size_t at)
{
    size_t title =
        kh_str_find(kh_str_slice(text, 0, at + HEAD_MAX), KH_STR("기자"), at);
    if (title == SIZE_MAX)
        return at;
    size_t equals = skip_spaces(text, title + KH_STR("기자").len);
    bool is_reporter = equals < text.len && text.ptr[equals] == '=';
    return is_reporter ? skip_spaces(text, equals + 1) : at;
}

static bool read_bracketed(kh_dateline *out, kh_str text, const kh_language *language)
{
    static const char *const pairs[][2] = {
        { "【", "】" }, { "(", ")" },   { "[", "]" },
        { "（", "）" }, { "〔", "〕" }, { "［", "］" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(pairs); i++) {
        kh_str open = kh_str_from(pairs[i][0]);
        kh_str close = kh_str_from(pairs[i][1]);
        if (!kh_str_starts(text, open))
            continue;
        size_t end = kh_str_find(kh_str_slice(text, 0, HEAD_MAX), close, open.len);
        kh_str inside = kh_str_slice(text, open.len, end);
        if (end == SIZE_MAX || !read_inside(out, inside, language))
            return false;
        bool is_square = i == 0 || i == 4;
        bool has_equals = out->agency.ptr > out->place.ptr + out->place.len;
        bool is_ascii = out->place.len > 0 && (unsigned char)out->place.ptr[0] < 0x80;
        if ((!is_square && !has_equals) || is_ascii)
            return false;
        end = skip_spaces(text, end + close.len);
        out->end = skip_korean_reporter(text, end);
        return true;
    }
    return false;
}

/* "新竹，2025年2月26日：" and "アーメダバード、2025年5月30日：". */
static bool read_dated(kh_dateline *out, kh_str text, const kh_language *language)
{
    static const char *const commas[] = { "，", "、", "," };
    static const char *const colons[] = { "：", ":", "——", "—", "- ", "– ", "－" };
    enum { FIRST_DASH = 2 };
    if (text.len == 0 || (unsigned char)text.ptr[0] < 0x80)
        return false;
    for (size_t at = 0; at < text.len && at < PLACE_MAX; kh_utf8_next(text, &at)) {
        size_t comma = any_at(text, at, commas, KH_COUNT_OF(commas));
        if (comma == 0)
            continue;
        size_t date_at = skip_spaces(text, at + comma);
        kh_date date;
        size_t bytes =
            kh_date_read(&date, kh_str_slice(text, date_at, text.len), language);
        size_t end = skip_spaces(text, date_at + bytes);
        size_t colon = any_at(text, end, colons, KH_COUNT_OF(colons));
        if (at == 0 || bytes == 0 || colon == 0)
            return false;
        bool is_dash = any_at(text, end, colons + FIRST_DASH,
                              KH_COUNT_OF(colons) - FIRST_DASH) > 0;
        if (is_dash && is_digit_at(text, skip_spaces(text, end + colon)))
            return false; /* "6月5日－8日に": a range, of what the text is about */
        out->place = kh_str_slice(text, 0, at);
        out->date = date;
        out->end = skip_spaces(text, end + colon);
        return true;
    }
    return false;
}

/* Whether one of the forms may begin so: in another script, with a bracket, or with one
 * of the agencies that stand in Latin letters (AFP, AP, CNA). */
static bool may_begin(kh_str text)
{
    return text.len > 0 &&
           ((unsigned char)text.ptr[0] >= 0x80 || text.ptr[0] == '(' ||
            text.ptr[0] == '[' || text.ptr[0] == 'A' || text.ptr[0] == 'C');
}

bool kh_dateline_read_cjk(kh_dateline *out, kh_str text, const kh_language *language)
{
    if (!may_begin(text))
        return false;
    kh_dateline line = { 0 };
    if (!read_wired(&line, text, language)) {
        line = (kh_dateline){ 0 };
        if (!read_bracketed(&line, text, language)) {
            line = (kh_dateline){ 0 };
            if (!read_dated(&line, text, language))
                return false;
        }
    }
    *out = line;
    return true;
}
