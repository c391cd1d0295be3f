/* html_reference - what &rsquo; &#8217; &#x2019; and &#146; stand for.
 *
 * Source: HTML Living Standard, numeric character reference end state and named
 * character reference state. */
#include "html.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>

#include "base/utf8.h"

uint32_t kh_html_referred(uint32_t code_point)
{
    /* 0: a control there, too */
    static const uint16_t windows_1252[] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
    };
    if (code_point < 0x80 || code_point > 0x9F)
        return code_point;
    uint32_t meant = windows_1252[code_point - 0x80];
    return meant != 0 ? meant : code_point;
}

/* Names that need no semicolon: those of Latin-1 from U+00A0 on, and of ASCII. */
static const char *const latin_names[] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",
    "uml",    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",
    "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",  "para",   "middot",
    "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil",
    "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",
    "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",
    "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",
    "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",
    "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
    "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};
static const struct {
    const char *name;
    uint32_t meant;
} other_names[] = {
    { "amp", '&' }, { "AMP", '&' },  { "lt", '<' },   { "LT", '<' },    { "gt", '>' },
    { "GT", '>' },  { "quot", '"' }, { "QUOT", '"' }, { "COPY", 0xA9 }, { "REG", 0xAE },
};

static bool is_longer_start(const char *best, const char *name, kh_str text)
{
    return name[0] == text.ptr[0] && (!best || strlen(name) > strlen(best)) &&
           kh_str_starts(text, kh_str_from(name));
}

/* The longest of them that text begins with; NULL: none. */
static const char *open_name(kh_str text, uint32_t *meant)
{
    const char *best = NULL;
    for (size_t i = 0; text.len > 0 && i < KH_COUNT_OF(latin_names); i++) {
        if (is_longer_start(best, latin_names[i], text)) {
            best = latin_names[i];
            *meant = 0xA0 + (uint32_t)i;
        }
    }
    for (size_t i = 0; text.len > 0 && i < KH_COUNT_OF(other_names); i++) {
        if (is_longer_start(best, other_names[i].name, text)) {
            best = other_names[i].name;
            *meant = other_names[i].meant;
        }
    }
    return best;
}

/* Whether HTML has longer names that begin with one of those that need no semicolon:
 * &notin; &parallel; &ltimes; */
static bool has_longer(const char *name)
{
    static const char *const names[] = { "lt",   "gt",    "not",  "cent",
                                         "copy", "times", "para", "divide" };
    for (size_t i = 0; i < KH_COUNT_OF(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* Whether a name that ends at text[at] is believed without a semicolon; never in an
 * address that stands in the text, "&section=news", whatever browsers show. In text
 * that is no page it is not if more of a word follows: "?id=1&section=2", "&regs". But
 * "&amp" is an escape in "AT&ampT", too. */
static bool is_believed_open(kh_str text, size_t at, const char *name, bool is_page)
{
    char next = at < text.len ? text.ptr[at] : ' ';
    if (!is_page) {
        bool is_capital = next >= 'A' && next <= 'Z';
        return (is_capital && strcmp(name, "amp") == 0) ||
               (!kh_html_is_name(next) && next != '_' && next != '=');
    }
    while (at < text.len && (kh_html_is_name(text.ptr[at]) || text.ptr[at] == '_'))
        at++;
    char sign = at < text.len ? text.ptr[at] : ' ';
    return sign != '=' && (sign != ';' || !has_longer(name));
}

size_t kh_html_named(kh_str text, bool is_page, uint32_t *meant)
{
    const char *name = open_name(text, meant);
    size_t n = name ? strlen(name) : 0;
    if (n > 0 && n < text.len && text.ptr[n] == ';')
        return n + 1;
    return n > 0 && is_believed_open(text, n, name, is_page) ? n : 0;
}

/* The code point of the entity that begins at text[at] == '&'; *end is behind its
 * semicolon. 0 if it is none. */
static uint32_t entity_at(kh_str text, size_t at, size_t *end)
{
    char name[12];
    size_t n = 0;
    size_t i = at + 1;
    for (; i < text.len && n + 1 < sizeof(name) && text.ptr[i] != ';'; i++) {
        if (!kh_html_is_name(text.ptr[i]) && text.ptr[i] != '#')
            return 0;
        name[n++] = text.ptr[i];
    }
    name[n] = '\0';
    if (n < 2 || i >= text.len || text.ptr[i] != ';')
        return 0;

    *end = i + 1;
    if (name[0] != '#') {
        const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
        return entity ? entity->value : 0;
    }
    bool is_hex = name[1] == 'x' || name[1] == 'X';
    char *stop = NULL;
    unsigned long value = strtoul(name + (is_hex ? 2 : 1), &stop, is_hex ? 16 : 10);
    if (*stop || stop == name + 2 - !is_hex)
        return 0;
    bool is_bad =
        value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF);
    return is_bad ? KH_UTF8_BAD : kh_html_referred((uint32_t)value);
}

kh_str kh_html_entities(kh_str text, kh_arena *arena)
{
    char *out = NULL;
    size_t n = 0;
    size_t copied = 0;
    size_t at = 0;
    while (at < text.len) {
        const char *sign = memchr(text.ptr + at, '&', text.len - at);
        if (!sign)
            break;
        at = (size_t)(sign - text.ptr);
        size_t end = 0;
        uint32_t c = entity_at(text, at, &end);
        if (c == 0) {
            kh_str behind = kh_str_slice(text, at + 1, text.len);
            size_t bytes = kh_html_named(behind, false, &c);
            end = at + 1 + bytes;
            c = bytes > 0 ? c : 0;
        }
        if (c == 0) {
            at++;
            continue;
        }

        if (!out)
            out = kh_arena_alloc(arena, text.len);
        memcpy(out + n, text.ptr + copied, at - copied);
        n += at - copied;
        n += kh_utf8_put(out + n, c);
        at = copied = end;
    }
    if (!out)
        return text;

    memcpy(out + n, text.ptr + copied, text.len - copied);
    return kh_str_make(out, n + text.len - copied);
}
