/* html_short - HTML with its text cut short: what a parser needs to see of it.
 *
 * White space at the start of text stays, since a parser asks whether text is blank,
 * and so do the first bytes, which may tell an encoding. What a parser of HTML changes
 * or drops (controls, line ends of old, noncharacters) is never taken out. */
#include "html_short.h"

#include <string.h>

#include "base/utf8.h"
#include "html.h"

/* Parsers have limits, too; of tags and comments. */
#define MARKUP_MAX_BYTES ((size_t)1 << 20)

#define FIRST_STAND_IN  0xF0000u
#define STAND_IN_BYTES  4
#define STAND_IN_START  '\xF3' /* with a byte of 0xB0 or more behind it */
#define STRETCHES_MAX   0xF000u
#define BLOCK_BYTES     32
#define STRETCH_MIN     24 /* bytes: less is not worth it */
#define COMMENT_START   4
#define HEAD_BYTES      4 /* of a document, that tell encodings */
#define NAME_MAX_BYTES  60
#define PLAIN_REFERENCE 4 /* digits of &#8217; */

typedef struct shortener {
    kh_str html;
    char *out; /* in the arena; as long as html */
    size_t n_out;
    kh_html_short *made;
    kh_arena *arena;
} shortener;

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Elements whose content some parser does not take for markup, or for that of another
 * language. */
static bool is_closed_world(kh_str name)
{
    static const char *const names[] = { "script",    "style",   "textarea", "title",
                                         "xmp",       "iframe",  "noembed",  "noframes",
                                         "noscript",  "listing", "template", "svg",
                                         "plaintext", "math",    "select" };
    for (size_t i = 0; i < KH_COUNT_OF(names); i++)
        if (kh_str_equal_ascii(name, kh_str_from(names[i])))
            return true;
    return false;
}

static size_t skip_blanks(kh_str html, size_t at)
{
    while (at < html.len && is_blank(html.ptr[at]))
        at++;
    return at;
}

/* Behind the name at `at`: letters, digits and those signs. libxml2 cuts names at 100
 * bytes; here one of more than NAME_MAX_BYTES is none. */
static size_t name_end(kh_str html, size_t at, const char *signs)
{
    size_t from = at;
    while (at < html.len && (kh_html_is_name(html.ptr[at]) ||
                             (html.ptr[at] != '\0' && strchr(signs, html.ptr[at]))))
        at++;
    return at - from <= NAME_MAX_BYTES ? at : from;
}

/* Behind the value at `at`; 0 if it is not plain. */
static size_t value_end(kh_str html, size_t at)
{
    if (at < html.len && (html.ptr[at] == '"' || html.ptr[at] == '\'')) {
        const char *end = memchr(html.ptr + at + 1, html.ptr[at], html.len - at - 1);
        return end ? (size_t)(end - html.ptr) + 1 : 0;
    }
    size_t from = at;
    while (at < html.len && !is_blank(html.ptr[at]) && html.ptr[at] != '\0' &&
           !strchr("\"'`=<>/&", html.ptr[at]))
        at++;
    bool is_plain =
        at > from && at < html.len && (is_blank(html.ptr[at]) || html.ptr[at] == '>');
    return is_plain ? at : 0; /* <a href=x/> does not close itself */
}

/* Behind the attributes at `at`, on the '>' of their tag; 0 if they are not plain. */
static size_t attributes_end(kh_str html, size_t at)
{
    for (;;) {
        size_t from = at;
        at = skip_blanks(html, at);
        if (at + 1 < html.len && html.ptr[at] == '/' && html.ptr[at + 1] == '>')
            at++;
        if (at >= html.len)
            return 0;
        if (html.ptr[at] == '>')
            return at;
        if (at == from || !is_letter(html.ptr[at]))
            return 0;

        at = name_end(html, at, "-_:.");
        size_t equals = skip_blanks(html, at);
        if (equals < html.len && html.ptr[equals] == '=')
            at = value_end(html, skip_blanks(html, equals + 1));
        if (at == 0)
            return 0;
    }
}

static void copy(shortener *s, size_t from, size_t to)
{
    memcpy(s->out + s->n_out, s->html.ptr + from, to - from);
    s->n_out += to - from;
}

/* Copy the comment at `at` without its text; where it ends, 0 if parsers differ. */
static size_t shorten_comment(shortener *s, size_t at)
{
    kh_str html = s->html;
    size_t from = at + COMMENT_START;
    if (from >= html.len || memcmp(html.ptr + at, "<!--", COMMENT_START) != 0 ||
        html.ptr[from] == '-' || html.ptr[from] == '>')
        return 0;
    size_t dashes = kh_str_find(html, KH_STR("--"), from);
    if (dashes == SIZE_MAX || dashes + 2 >= html.len || html.ptr[dashes + 2] != '>' ||
        dashes - at > MARKUP_MAX_BYTES)
        return 0;
    copy(s, at, from);
    s->out[s->n_out++] = ' ';
    copy(s, dashes, dashes + 3);
    return dashes + 3;
}

/* Copy the tag at `at` without its attributes; where it ends, 0 if it is not plain. */
static size_t shorten_tag(shortener *s, size_t at)
{
    kh_str html = s->html;
    bool is_end = at + 1 < html.len && html.ptr[at + 1] == '/';
    size_t from = at + 1 + is_end;
    if (from >= html.len || !is_letter(html.ptr[from]))
        return 0;
    size_t to = name_end(html, from, "");
    if (is_closed_world(kh_str_slice(html, from, to)))
        return 0;

    size_t end = is_end ? skip_blanks(html, to) : attributes_end(html, to);
    if (end == 0 || end >= html.len || html.ptr[end] != '>' ||
        end - at > MARKUP_MAX_BYTES)
        return 0;
    copy(s, at, to);
    copy(s, html.ptr[end - 1] == '/' ? end - 1 : end, end + 1);
    return end + 1;
}

/* Copy what the '<' at `at` begins; where it ends, 0 if that is not certain. */
static size_t shorten_markup(shortener *s, size_t at)
{
    char next = at + 1 < s->html.len ? s->html.ptr[at + 1] : '\0';
    if (next == '!')
        return shorten_comment(s, at);
    if (next == '\0' || is_letter(next) || strchr("/?_:", next))
        return shorten_tag(s, at);
    copy(s, at, at + 1); /* the sign itself: 3 < 4 */
    return at + 1;
}

/* Whether text holds stand-ins, or references that may become one, or a NUL. */
static bool has_stand_ins(kh_str html)
{
    if (memchr(html.ptr, '\0', html.len) != NULL)
        return true;
    for (size_t at = 0; at + 1 < html.len; at++) {
        const char *start = memchr(html.ptr + at, STAND_IN_START, html.len - 1 - at);
        if (!start)
            break;
        at = (size_t)(start - html.ptr);
        if ((unsigned char)start[1] >= 0xB0)
            return true;
    }
    for (size_t at = 0; (at = kh_str_find(html, KH_STR("&#"), at)) != SIZE_MAX;) {
        size_t from = at += 2;
        while (at < html.len && kh_html_is_name(html.ptr[at]))
            at++;
        size_t prefix = from < html.len && !is_digit(html.ptr[from]);
        if (at - from > PLAIN_REFERENCE + prefix)
            return true;
    }
    return false;
}

/* Whether a stretch may begin with a byte: with no part of a character, and no blank.
 */
static bool may_begin(char c)
{
    return !is_blank(c) && ((unsigned char)c & 0xC0) != 0x80;
}

/* Whether a stretch may end before a byte. */
static bool is_stop(unsigned char c)
{
    return (c == '<') | (c == '&') | (c == 0xEF) |
           ((c < ' ') & (c != '\t') & (c != '\n'));
}

/* Whether one of BLOCK_BYTES is a stop; the compiler looks at them together. */
static bool has_stop(const char *block)
{
    unsigned char has = 0;
    for (size_t i = 0; i < BLOCK_BYTES; i++)
        has |= is_stop((unsigned char)block[i]);
    return has != 0;
}

/* The end of what may be taken out from `at` on. */
static size_t stretch_end(kh_str html, size_t at)
{
    while (at < html.len) {
        if (html.len - at >= BLOCK_BYTES && !has_stop(html.ptr + at)) {
            at += BLOCK_BYTES;
            continue;
        }
        size_t end = html.len - at > BLOCK_BYTES ? at + BLOCK_BYTES : html.len;
        while (at < end && !is_stop((unsigned char)html.ptr[at]))
            at++;
        bool is_noncharacter = at < html.len && html.ptr[at] == '\xEF' &&
                               at + 1 < html.len && html.ptr[at + 1] == '\xBF';
        if (at < end && (html.ptr[at] != '\xEF' || is_noncharacter))
            break;
        at += at < end;
    }
    return at;
}

static void take_out(shortener *s, size_t from, size_t to)
{
    kh_html_short *made = s->made;
    made->stretches = kh_arena_grow(s->arena, made->stretches, made->n, &made->capacity,
                                    sizeof(*made->stretches));
    s->n_out += kh_utf8_put(s->out + s->n_out, FIRST_STAND_IN + (uint32_t)made->n);
    made->stretches[made->n++] = kh_str_slice(s->html, from, to);
}

/* Copy text from `at` on, with stand-ins; where it ends, at a '<' if not at the end. */
static size_t shorten_text(shortener *s, size_t at)
{
    kh_str html = s->html;
    bool is_name = false; /* perhaps that of a character, behind '&' */
    while (at < html.len && html.ptr[at] != '<') {
        char c = html.ptr[at];
        is_name = c == '&' || (is_name && !is_blank(c));
        bool may_be = at >= HEAD_BYTES && !is_name && may_begin(c);
        size_t to = may_be ? stretch_end(html, at) : at;
        if (to - at >= STRETCH_MIN && s->made->n < STRETCHES_MAX) {
            take_out(s, at, to);
        } else {
            to = to > at ? to : at + 1;
            copy(s, at, to);
        }
        at = to;
    }
    return at;
}

void kh_html_shorten(kh_html_short *out, kh_str html, kh_arena *arena)
{
    *out = (kh_html_short){ .html = html };
    if (html.len == 0 || has_stand_ins(html))
        return;

    shortener s = { .html = html, .made = out, .arena = arena };
    s.out = kh_arena_room(arena, html.len);
    for (size_t at = 0; at < html.len;) {
        at = shorten_text(&s, at);
        size_t end = at < html.len ? shorten_markup(&s, at) : at;
        if (end == 0)
            copy(&s, at, html.len);
        at = end > 0 ? end : html.len;
    }
    out->html = kh_str_make(s.out, s.n_out);
}

/* Where the next stand-in begins, and the stretch that it stands for; text.len: none.
 */
static size_t find_stand_in(const kh_html_short *s, kh_str text, const kh_str **stretch)
{
    for (size_t at = 0; s->n > 0 && at < text.len;) {
        const char *start = memchr(text.ptr + at, STAND_IN_START, text.len - at);
        if (!start)
            break;
        size_t begin = at = (size_t)(start - text.ptr);
        uint32_t c = kh_utf8_next(text, &at);
        if (c >= FIRST_STAND_IN && c - FIRST_STAND_IN < s->n) {
            *stretch = &s->stretches[c - FIRST_STAND_IN];
            return begin;
        }
    }
    return text.len;
}

kh_str kh_html_lengthen(const kh_html_short *shortened, kh_str *text)
{
    const kh_str *stretch = NULL;
    size_t before = find_stand_in(shortened, *text, &stretch);
    bool is_first = before == 0 && stretch;
    kh_str piece = is_first ? *stretch : kh_str_slice(*text, 0, before);
    *text = kh_str_slice(*text, is_first ? STAND_IN_BYTES : before, text->len);
    return piece;
}
