/* json - pieces of JSON appended to a buffer, in the order that the contract fixes. */
#include "cli/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

static void add_escaped(kh_buf *out, uint32_t c)
{
    switch (c) {
    case '"':
        kh_buf_add(out, KH_STR("\\\""));
        break;
    case '\\':
        kh_buf_add(out, KH_STR("\\\\"));
        break;
    case '\n':
        kh_buf_add(out, KH_STR("\\n"));
        break;
    case '\r':
        kh_buf_add(out, KH_STR("\\r"));
        break;
    case '\t':
        kh_buf_add(out, KH_STR("\\t"));
        break;
    default:
        kh_buf_printf(out, "\\u%04x", c);
    }
}

/* C0, DEL, C1, and the line separators that JavaScript takes for line ends. Bidi
 * controls are escaped as well: a terminal must not obey them. */
static bool needs_escape(uint32_t c)
{
    return c < 0x20 || c == '"' || c == '\\' || (c >= 0x7F && c < 0xA0) ||
           c == 0x061C || (c >= 0x200E && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void kh_json_add_string(kh_buf *out, kh_str text)
{
    kh_buf_add_char(out, '"');
    size_t clean = 0; /* bytes from here to `at` need nothing */
    for (size_t at = 0; at < text.len;) {
        size_t here = at;
        uint32_t c = kh_utf8_next(text, &at);
        bool is_bad = c == KH_UTF8_BAD && at - here == 1;
        if (!is_bad && !needs_escape(c))
            continue;
        kh_buf_add(out, kh_str_slice(text, clean, here));
        if (is_bad)
            kh_buf_add_code_point(out, KH_UTF8_BAD);
        else
            add_escaped(out, c);
        clean = at;
    }
    kh_buf_add(out, kh_str_slice(text, clean, text.len));
    kh_buf_add_char(out, '"');
}

void kh_json_add_string_or_null(kh_buf *out, kh_str text)
{
    if (text.len == 0)
        kh_buf_add(out, KH_STR("null"));
    else
        kh_json_add_string(out, text);
}

void kh_json_add_number(kh_buf *out, double number)
{
    if (!isfinite(number)) {
        kh_buf_add(out, KH_STR("null"));
        return;
    }
    char text[32];
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    kh_buf_add(out, kh_str_from(text));
}
