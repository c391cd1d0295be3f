/* dateline_cjk - datelines of Chinese, Japanese and Korean agencies.
 *
 *   新华社北京6月5日电（记者王某）     agency, place, date, "wired"
 *   【ワシントン共同】 【北京=新華社】  place and agency in brackets
 *   (서울=연합뉴스) 홍길동 기자 =      place = agency, reporter */
#include "dateline_cjk.h"

#include "base/utf8.h"
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

static bool read_wired(kh_dateline *out, kh_str text, const kh_language *language)
{
    static const char *const wired[] = { "电", "電", "讯", "訊" };
    size_t agency = kh_dateline_agency_at_start(text);
    if (agency == 0)
        return false;
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

/* What stands in the brackets: "place=agency", or an agency behind a place. */
static bool read_inside(kh_dateline *out, kh_str inside)
{
    static const char *const equals[] = { "=", "＝" };
    for (size_t at = 0; at < inside.len; kh_utf8_next(inside, &at)) {
        size_t bytes = any_at(inside, at, equals, KH_COUNT_OF(equals));
        if (bytes == 0)
            continue;
        out->place = kh_str_trim(kh_str_slice(inside, 0, at));
        out->agency = kh_str_trim(kh_str_slice(inside, at + bytes, inside.len));
        return out->place.len > 0 && out->place.len <= PLACE_MAX &&
               out->agency.len > 0 && out->agency.len <= PLACE_MAX;
    }
    size_t agency = kh_dateline_agency_at_end(inside);
    if (agency == 0)
        return false;
    out->place = kh_str_trim(kh_str_slice(inside, 0, inside.len - agency));
    out->agency = kh_str_slice(inside, inside.len - agency, inside.len);
    return out->place.len <= PLACE_MAX;
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

static bool read_bracketed(kh_dateline *out, kh_str text)
{
    static const char *const pairs[][2] = {
        { "【", "】" }, { "(", ")" }, { "[", "]" }, { "（", "）" }, { "〔", "〕" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(pairs); i++) {
        kh_str open = kh_str_from(pairs[i][0]);
        kh_str close = kh_str_from(pairs[i][1]);
        if (!kh_str_starts(text, open))
            continue;
        size_t end = kh_str_find(kh_str_slice(text, 0, HEAD_MAX), close, open.len);
        if (end == SIZE_MAX || !read_inside(out, kh_str_slice(text, open.len, end)))
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
    static const char *const colons[] = { "：", ":", "——", "—" };
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
        if (!read_bracketed(&line, text)) {
            line = (kh_dateline){ 0 };
            if (!read_dated(&line, text, language))
                return false;
        }
    }
    *out = line;
    return true;
}
