/* dateline - "Bhubaneswar, June 5, 2025:" and what else a first paragraph begins with.
 *
 *   [place [, region]] [, date] [(agency)] separator
 *
 * Prose must never lose its start, so a head counts only with evidence: a date, or a
 * known agency, or a place that papers are known to date from or print in capitals,
 * directly before a dash or colon. The head ends at one of the first few separators;
 * it is read as a whole or not at all. A line of names may stand above it, which
 * nothing but its look gives away; then a date or an agency is asked for. Chinese,
 * Japanese and Korean agencies have forms of their own (dateline_cjk.c). */
#include "article/dateline.h"

#include "article/names.h"
#include "base/utf8.h"
#include "date_internal.h"
#include "dateline_cjk.h"
#include "dateline_place.h"
#include "dateline_words.h"

enum { HEAD_MAX = 160 /* bytes */, ENDS_MAX = 8, BARE_WORDS = 3, LEAD_CHARS = 40 };

typedef enum end_kind {
    END_COLON,
    END_DASH,
    END_STOP,    /* "МОСКВА, 5 июня. " */
    END_BRACKET, /* "Madrid, 5 jun (EFE) " */
} end_kind;

typedef struct head_end {
    end_kind kind;
    size_t at;     /* bytes of the head before it */
    size_t behind; /* and with it */
} head_end;

static bool is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* A dash between words of the head parts it from the text: a hyphen only with a space
 * behind it, an em dash anyhow. */
static bool ends_at_dash(uint32_t dash, uint32_t before, uint32_t after)
{
    if (dash == 0x2014 || dash == 0x2015)
        return true;
    return kh_is_blank(after) &&
           (kh_is_blank(before) || before == ')' || before == '.' || before == ',' ||
            before == '/' || is_dash(before));
}

static bool read_end(kh_str text, size_t at, uint32_t before, head_end *out)
{
    size_t behind = at;
    uint32_t c = kh_utf8_next(text, &behind);
    uint32_t after = kh_peek(text, behind);
    out->at = at;
    out->behind = behind;
    if ((c == ':' && kh_is_blank(after)) || c == 0xFF1A) {
        out->kind = END_COLON;
        return true;
    }
    if (is_dash(c)) {
        out->kind = END_DASH;
        return ends_at_dash(c, before, after);
    }
    if ((c == '.' || c == 0x0964 || c == 0x06D4) && kh_is_blank(after)) {
        out->kind = END_STOP;
        return true;
    }
    if ((c == ')' || c == '/') && kh_is_blank(after)) {
        out->kind = END_BRACKET;
        out->at = behind;
        return true;
    }
    return false;
}

/* Text without spaces and commas at both ends. */
static kh_str bare(kh_str text)
{
    size_t from = 0;
    size_t to = text.len;
    while (from < to) {
        size_t next = from;
        uint32_t c = kh_utf8_next(text, &next);
        if (!kh_is_blank(c) && c != ',' && c != 0x060C && c != 0xFF0C && !is_dash(c))
            break;
        from = next;
    }
    while (to > from) {
        size_t previous = to;
        uint32_t c = kh_utf8_previous(text, &previous);
        if (!kh_is_blank(c) && c != ',' && c != 0x060C && c != 0xFF0C && !is_dash(c))
            break;
        to = previous;
    }
    return kh_str_slice(text, from, to);
}

/* Take "(Agency)" or "/TASS/" off the end of the head. */
static kh_str take_agency(kh_str *head)
{
    kh_str text = bare(*head);
    if (kh_str_ends(text, KH_STR(").")) || kh_str_ends(text, KH_STR("/.")))
        text.len--;
    if (text.len < 3)
        return KH_STR("");
    char close = text.ptr[text.len - 1];
    if (close != ')' && close != '/')
        return KH_STR("");
    char open = close == ')' ? '(' : '/';
    for (size_t i = text.len - 1; i > 0; i--) {
        if (text.ptr[i - 1] != open)
            continue;
        *head = kh_str_slice(text, 0, i - 1);
        return kh_str_trim(kh_str_slice(text, i, text.len - 1));
    }
    return KH_STR("");
}

/* A word that leads from the place to the date: "Paris, le 5 juin", "den 5. Juni". */
static kh_str without_lead(kh_str text)
{
    static const char *const leads[] = { "le ",    "den ", "am ",   "on ",   "il ",
                                         "el ",    "al ",  "a ",    "em ",   "d. ",
                                         "вчера ", "vào ", "ngày ", "στις ", "dne " };
    for (size_t i = 0; i < KH_COUNT_OF(leads); i++) {
        if (text.len == 0 || text.ptr[0] != leads[i][0])
            continue;
        kh_str lead = kh_str_from(leads[i]);
        if (kh_str_starts(text, lead))
            return kh_str_slice(text, lead.len, text.len);
    }
    return text;
}

/* Nothing is left behind a date but a stop, or "year" as Slavic papers add it. */
static bool is_used_up(kh_str text)
{
    static const char *const tails[] = { ".",    "\xE0\xA5\xA4", "г.",   "г",
                                         "года", "р.",           "року", "r." };
    text = bare(text);
    if (text.len == 0)
        return true;
    for (size_t i = 0; i < KH_COUNT_OF(tails); i++) {
        if (kh_str_equal(text, kh_str_from(tails[i])))
            return true;
    }
    return false;
}

static bool is_day(const kh_date *date)
{
    return date->precision >= KH_DATE_DAY;
}

/* Behind the word at `at` and what parts it from the next. */
static size_t skip_word(kh_str text, size_t at)
{
    size_t next = at;
    bool is_inside = true;
    for (; at < text.len; at = next) {
        uint32_t c = kh_utf8_next(text, &next);
        bool parts = kh_is_blank(c) || c == ',';
        if (!is_inside && !parts)
            break;
        is_inside = !parts;
    }
    return at;
}

/* Find the next digit from `at` on, and where a date may begin at the earliest whose
 * first one it is: a day of the week and a month at most are between, and blanks. */
static bool find_digit(kh_str text, size_t at, size_t *digit, size_t *earliest)
{
    size_t n_chars = 0;
    *digit = kh_date_find_digit(text, at);
    if (*digit == SIZE_MAX)
        return false;
    for (*earliest = *digit; *earliest > 0; --*earliest) {
        char c = text.ptr[*earliest - 1];
        n_chars += c != ' ' && ((unsigned char)c & 0xC0) != 0x80;
        if (n_chars > LEAD_CHARS)
            break;
    }
    return true;
}

/* Take the date off the end of the head: at the start or behind a space or comma. */
static bool take_date(kh_str *head, kh_date *date, const kh_language *language)
{
    kh_str text = *head;
    size_t digit = 0;
    size_t earliest = 0;
    if (!find_digit(text, 0, &digit, &earliest))
        return false;
    for (size_t at = 0;; at = skip_word(text, at)) {
        if (digit < at && !find_digit(text, at, &digit, &earliest))
            return false;
        if (at < earliest)
            continue;
        kh_str rest = bare(kh_str_slice(text, at, text.len));
        kh_str dated = without_lead(rest);
        kh_date found;
        size_t bytes = kh_date_read(&found, dated, language);
        if (bytes == 0 && dated.ptr != rest.ptr) {
            dated = rest;
            bytes = kh_date_read(&found, dated, language);
        }
        if (bytes > 0 && is_day(&found) &&
            is_used_up(kh_str_slice(dated, bytes, dated.len))) {
            *date = found;
            *head = kh_str_slice(text, 0, at);
            return true;
        }
        if (bytes > 0 && is_day(&found) && at == 0) {
            /* "5 June 2025, Geneva" */
            *date = found;
            *head = kh_str_slice(dated, bytes, dated.len);
            return true;
        }
    }
}

/* A place alone, which nothing but the dash or colon behind it gives away. */
static bool is_believed_alone(const kh_dateline *line, const kh_place_look *look,
                              end_kind kind, kh_str rest)
{
    if (kind != END_DASH && kind != END_COLON)
        return false;
    if (look->words - (look->commas > 0) > BARE_WORDS || !kh_text_begins_anew(rest))
        return false;
    return kh_place_is_known(line->place) ||
           (look->is_capitals && line->place.len > 3 && kind == END_DASH &&
            kh_text_has_lower_soon(rest));
}

static bool is_believed(const kh_dateline *line, const kh_place_look *look,
                        end_kind kind, kh_str rest)
{
    bool has_date = line->date.precision != KH_DATE_NONE;
    bool has_agency = line->agency.len > 0;
    bool is_agency = has_agency && kh_dateline_is_agency(line->agency);
    if (line->place.len == 0) {
        if (has_date && !has_agency)
            return kind != END_STOP && line->date.year != 0 &&
                   kh_text_begins_anew(rest);
        return is_agency && (kind == END_DASH || kind == END_COLON || has_date);
    }
    if (has_date && has_agency)
        return true;
    if (has_date && kind == END_STOP)
        return look->is_capitals || kh_place_is_known(line->place);
    if (has_date)
        return kind != END_BRACKET;
    if (is_agency)
        return kind == END_DASH || look->is_capitals || kh_place_is_known(line->place);
    if (has_agency)
        return (kind == END_DASH || kind == END_COLON) && kh_text_begins_anew(rest) &&
               kh_place_is_known(line->place);
    return is_believed_alone(line, look, kind, rest);
}

/* "NUREMBERG, Germany (May 30, 2023) -" */
static void take_bracketed_date(kh_dateline *line, const kh_language *language)
{
    kh_date found;
    if (line->agency.len == 0 || line->date.precision != KH_DATE_NONE ||
        kh_date_read(&found, line->agency, language) != line->agency.len ||
        !is_day(&found))
        return;
    line->date = found;
    line->agency = KH_STR("");
}

/* "SWISS FRANC RATE - APRIL 7": a headline, unless its start is a place by itself. */
static bool has_dash_behind(kh_str text, kh_str head)
{
    return head.ptr == text.ptr && head.len < text.len &&
           is_dash(kh_peek(text, head.len));
}

static bool has_line_end(kh_str text)
{
    return memchr(text.ptr, '\n', text.len) != NULL;
}

/* "Staff Reporter", then a date on the next line: a place only if it is known, or if a
 * comma says that the line goes on. */
static bool is_line_above(kh_str text, kh_str place)
{
    size_t at = (size_t)(place.ptr + place.len - text.ptr);
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\r'))
        at++;
    return at < text.len && text.ptr[at] == '\n' && !kh_place_is_known(place);
}

/* "12 Jan. 2024 -": the stop is the month's. */
static bool is_stop_of_month(const kh_dateline *line, end_kind kind, kh_str rest)
{
    enum { YEAR_DIGITS = 4 };
    if (kind != END_STOP || line->date.precision == KH_DATE_NONE ||
        line->date.year != 0)
        return false;
    kh_str year = kh_str_trim(rest);
    for (size_t i = 0; i < YEAR_DIGITS; i++)
        if (i >= year.len || year.ptr[i] < '0' || year.ptr[i] > '9')
            return false;
    kh_str behind = kh_str_trim(kh_str_slice(year, YEAR_DIGITS, year.len));
    uint32_t c = kh_peek(behind, 0);
    return is_dash(c) || c == ':' || c == '(' || c == '.';
}

/* "Apple, Google and Meta", but not "SARAJEVO, Bosnia and Herzegovina". */
static bool is_list(kh_str place)
{
    size_t comma = kh_str_find(place, KH_STR(","), 0);
    if (comma == SIZE_MAX || kh_str_find(place, KH_STR(" and "), 0) == SIZE_MAX)
        return false;
    kh_str behind = kh_str_slice(place, comma + 1, place.len);
    return !kh_dateline_is_double_name(kh_str_trim(behind));
}

static bool read_head(kh_dateline *out, kh_str text, const head_end *end,
                      const kh_language *language)
{
    kh_str head = kh_str_slice(text, 0, end->at);
    kh_dateline line = { 0 };
    line.agency = take_agency(&head);
    if (end->kind == END_BRACKET && line.agency.len == 0)
        return false;
    take_date(&head, &line.date, language);
    if (line.agency.len == 0)
        line.agency = take_agency(&head);
    take_bracketed_date(&line, language);
    line.place = bare(head);
    bool has_inner_dash =
        line.date.precision != KH_DATE_NONE && has_dash_behind(text, head);

    kh_place_look look = { 0 };
    if (line.place.len > 0 &&
        (has_line_end(line.place) || is_line_above(text, line.place) ||
         !kh_place_look_at(line.place, &look)))
        return false;
    kh_str rest = kh_str_slice(text, end->behind, text.len);
    if (!is_believed(&line, &look, end->kind, rest) ||
        is_stop_of_month(&line, end->kind, rest))
        return false;
    if (has_inner_dash && !kh_place_is_known(line.place))
        return false;
    kh_date next;
    bool is_headline = line.date.precision == KH_DATE_NONE && line.agency.len == 0 &&
                       kh_date_read(&next, bare(rest), language) > 0;
    bool has_evidence = line.date.precision != KH_DATE_NONE || line.agency.len > 0;
    if (is_headline || (!has_evidence && is_list(line.place)))
        return false;
    line.end = end->behind;
    *out = line;
    return true;
}

/* Take what else parts the dateline from the text: ".-", " - ", a second dash. */
static size_t skip_separators(kh_str text, size_t at)
{
    size_t n = 0;
    while (at < text.len) {
        size_t next = at;
        uint32_t c = kh_utf8_next(text, &next);
        bool is_separator = is_dash(c) || c == ':' || c == '.' || c == 0x0964;
        if (!kh_is_blank(c) && !(is_separator && n < 3))
            break;
        if (is_separator && c == '-' && next < text.len &&
            !kh_is_blank(kh_peek(text, next)) && !is_dash(kh_peek(text, next)) &&
            n == 0)
            break;
        n += is_separator;
        at = next;
    }
    return at;
}

/* Whether read_end() may say yes: a sign of ASCII that ends heads, or no ASCII. */
static bool may_end_head(char byte)
{
    switch (byte) {
    case ':':
    case '-':
    case '.':
    case ')':
    case '/':
        return true;
    default:
        return (unsigned char)byte >= 0x80;
    }
}

static bool read_spaced(kh_dateline *out, kh_str text, const kh_language *language)
{
    kh_str start = kh_str_slice(text, 0, HEAD_MAX);
    uint32_t before = ' ';
    size_t n_ends = 0;
    for (size_t at = 0; at < start.len && n_ends < ENDS_MAX;) {
        if (!may_end_head(text.ptr[at])) {
            before = (unsigned char)text.ptr[at++];
            continue;
        }
        head_end end;
        if (at > 0 && read_end(text, at, before, &end)) {
            n_ends++;
            if (read_head(out, text, &end, language)) {
                out->end = skip_separators(text, end.behind);
                return true;
            }
        }
        before = kh_utf8_next(text, &at);
    }
    return false;
}

static bool read_start(kh_dateline *out, kh_str text, const kh_language *language)
{
    kh_dateline line = { 0 };
    if ((!kh_dateline_read_cjk(&line, text, language) || has_line_end(line.place)) &&
        !read_spaced(&line, text, language))
        return false;
    *out = line;
    return true;
}

/* The dateline of the second line, below a byline. */
static bool read_below_names(kh_dateline *out, kh_str text, const kh_language *language)
{
    size_t at = kh_str_find(text, KH_STR("\n"), 0);
    if (at == SIZE_MAX || !kh_names_look(kh_str_slice(text, 0, at)))
        return false;
    while (at < text.len && kh_is_blank(kh_peek(text, at)))
        kh_utf8_next(text, &at);

    kh_dateline line = { 0 };
    if (!read_start(&line, kh_str_slice(text, at, text.len), language) ||
        (line.date.precision == KH_DATE_NONE && line.agency.len == 0))
        return false;
    line.end += at;
    *out = line;
    return true;
}

bool kh_dateline_read(kh_dateline *out, kh_str paragraph, const kh_language *language,
                      const kh_date *published)
{
    kh_dateline line = { 0 };
    if (!read_start(&line, paragraph, language) &&
        !read_below_names(&line, paragraph, language))
        return false;
    if (line.date.precision != KH_DATE_NONE && line.date.year == 0) {
        if (published != NULL && published->precision != KH_DATE_NONE)
            kh_date_complete(&line.date, published);
        else
            line.date = (kh_date){ 0 };
    }
    if (kh_dateline_is_only_agency(
            line.place)) { /* "ＡＦＰ＝時事": the first wrote it */
        line.agency = line.place;
        line.place = KH_STR("");
    }
    *out = line;
    return true;
}

bool kh_dateline_leads(kh_str line, const kh_language *language)
{
    kh_dateline read = { 0 };
    if (!read_start(&read, line, language) || read.place.len == 0)
        return false;
    return read.date.precision != KH_DATE_NONE || read.agency.len > 0 ||
           !kh_is_cased_script(kh_peek(read.place, 0));
}
