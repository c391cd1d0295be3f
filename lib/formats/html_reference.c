/* html_reference - what &rsquo; &#8217; &#x2019; and &#146; stand for.
 *
 * Source: HTML Living Standard, numeric character reference end state. */
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
