/* output - standard output: a closed pipe is no trouble, control characters never get
 * out. */
#include "cli/output.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/utf8.h"

kh_status kh_output_write(kh_buf *text, kh_error *err)
{
    size_t done = 0;
    while (done < text->len) {
        ssize_t n = write(STDOUT_FILENO, text->ptr + done, text->len - done);
        if (n >= 0) {
            done += (size_t)n;
            continue;
        }
        if (errno == EINTR)
            continue;
        kh_buf_reset(text);
        if (errno == EPIPE)
            return KH_END;
        return kh_fail_errno(err, KH_ERR_IO, "cannot write standard output");
    }
    kh_buf_reset(text);
    return KH_OK;
}

/* Controls that a terminal or a bidirectional display would obey beyond where they
 * stand. Marks of direction (U+061C, U+200E, U+200F) are none: docs/decisions.md. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || (c >= 0xE0000 && c <= 0xE007F) ||
           (c >= 0xFFF9 && c <= 0xFFFB);
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 ||
           c == 0x2029;
}

void kh_output_clean(kh_buf *out, kh_str text, bool keep_lines)
{
    bool was_space = false;
    for (size_t at = 0; at < text.len;) {
        size_t here = at;
        uint32_t c = kh_utf8_next(text, &at);
        if (is_space(c)) {
            if (keep_lines && c == '\n')
                kh_buf_add_char(out, '\n');
            else if (keep_lines && c == '\t')
                kh_buf_add_char(out, ' ');
            else if (keep_lines && c != ' ')
                continue;
            else if (keep_lines || !was_space)
                kh_buf_add_char(out, ' ');
            was_space = true;
            continue;
        }
        was_space = false;
        if (is_control(c) || (c == KH_UTF8_BAD && at - here == 1))
            kh_buf_add_code_point(out, KH_UTF8_BAD);
        else
            kh_buf_add(out, kh_str_slice(text, here, at));
    }
}

void kh_output_grouped(kh_buf *out, uint64_t number)
{
    char digits[32];
    int n = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)number);
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            kh_buf_add_char(out, ',');
        kh_buf_add_char(out, digits[i]);
    }
}
