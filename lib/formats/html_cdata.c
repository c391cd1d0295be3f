/* html_cdata - fields that kept the CDATA sections of a feed.
 *
 * HTML has none: a parser takes "<![CDATA[" for a comment that ends at the next '>',
 * and shows "]]>". Feeds put HTML into them, so what is inside is read like the rest.
 */
#include "html.h"

static const kh_str section_start = { "<![CDATA[", 9 };
static const kh_str section_end = { "]]>", 3 };
static const kh_str inner_end = { "]]]]><![CDATA[>", 15 }; /* "]]>" within a section */

static size_t find_start(kh_str text)
{
    for (size_t at = 0; at < text.len; at++) {
        const char *open = memchr(text.ptr + at, '<', text.len - at);
        if (!open)
            break;
        at = (size_t)(open - text.ptr);
        bool may_be = at + 1 < text.len && text.ptr[at + 1] == '!';
        if (may_be && kh_str_starts(kh_str_slice(text, at, text.len), section_start))
            return at;
    }
    return SIZE_MAX;
}

/* The bytes of a mark of a section that text begins with; 0: none. */
static size_t mark_at(kh_str text)
{
    if (text.ptr[0] == '<')
        return kh_str_starts(text, section_start) ? section_start.len : 0;
    if (text.ptr[0] != ']')
        return 0;
    if (kh_str_starts(text, inner_end))
        return inner_end.len;
    return kh_str_starts(text, section_end) ? section_end.len : 0;
}

kh_str kh_html_without_cdata(kh_str text, kh_arena *arena)
{
    size_t start = find_start(text);
    if (start == SIZE_MAX)
        return text;

    char *out = kh_arena_alloc(arena, text.len);
    memcpy(out, text.ptr, start);
    size_t n = start;
    for (size_t at = start; at < text.len;) {
        size_t mark = mark_at(kh_str_slice(text, at, text.len));
        if (mark == 0)
            out[n++] = text.ptr[at++];
        if (mark == inner_end.len) {
            memcpy(out + n, section_end.ptr, section_end.len);
            n += section_end.len;
        }
        at += mark;
    }
    return kh_str_make(out, n);
}
