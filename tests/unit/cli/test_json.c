/* test_json - strings and numbers as JSON has them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "base/utf8.h"
#include "cli/json.h"

Test(json, escapes_what_readers_and_terminals_must_not_obey)
{
    static const struct {
        kh_str text;
        const char *wanted;
    } cases[] = {
        { { "", 0 }, "\"\"" },
        { { NULL, 0 }, "\"\"" },
        { { "Indus", 5 }, "\"Indus\"" },
        { { "a\"b", 3 }, "\"a\\\"b\"" },
        { { "a\\b", 3 }, "\"a\\\\b\"" },
        { { "a/b", 3 }, "\"a/b\"" },
        { { "\n\r\t", 3 }, "\"\\n\\r\\t\"" },
        { { "\0", 1 }, "\"\\u0000\"" },
        { { "\x1B[31m", 5 }, "\"\\u001b[31m\"" },
        { { "\b\f", 2 }, "\"\\u0008\\u000c\"" },
        { { "\x7F", 1 }, "\"\\u007f\"" },
        { { "\xC2\x9B", 2 }, "\"\\u009b\"" },  /* CSI, one character */
        { { "\xC2\xA0", 2 }, "\"\xC2\xA0\"" }, /* no-break space stays */
        { { "\xE2\x80\xA8\xE2\x80\xA9", 6 }, "\"\\u2028\\u2029\"" },
        { { "\xE2\x80\xAE", 3 }, "\"\\u202e\"" }, /* right-to-left override */
        { { "\xE2\x81\xA6\xE2\x81\xA9", 6 }, "\"\\u2066\\u2069\"" },
        { { "\xE2\x80\x8E\xE2\x80\x8F", 6 }, "\"\\u200e\\u200f\"" },
        { { "\xD8\x9C", 2 }, "\"\\u061c\"" },
        { { "\xE2\x80\x8D", 3 }, "\"\xE2\x80\x8D\"" }, /* joiner: Hindi needs it */
        { { "\xE0\xA4\xB9\xF0\x9F\x98\x80", 7 }, "\"\xE0\xA4\xB9\xF0\x9F\x98\x80\"" },
        { { "\xEF\xBF\xBD", 3 }, "\"\xEF\xBF\xBD\"" }, /* U+FFFD itself */
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        kh_json_add_string(&seen, cases[i].text);
        cr_expect(eq(str, (char *)kh_buf_text(&seen), (char *)cases[i].wanted),
                  "case %zu", i);
    }
}

Test(json, replaces_every_ill_formed_byte)
{
    static const struct {
        kh_str text;
        const char *wanted;
    } cases[] = {
        { { "a\xFFz", 3 }, "\"a\xEF\xBF\xBDz\"" },
        { { "\xC3", 1 }, "\"\xEF\xBF\xBD\"" },
        { { "\xC3\"", 2 }, "\"\xEF\xBF\xBD\\\"\"" },
        { { "\xE0\xA4", 2 }, "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
        { { "\xC0\x80", 2 }, "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
        { { "\xED\xA0\x80", 3 }, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"" },
        { { "\x80\xC3\xA9", 3 }, "\"\xEF\xBF\xBD\xC3\xA9\"" },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        kh_json_add_string(&seen, cases[i].text);
        cr_expect(eq(str, (char *)kh_buf_text(&seen), (char *)cases[i].wanted),
                  "case %zu", i);
        cr_expect(eq(sz, kh_utf8_check(kh_buf_str(&seen)), seen.len));
    }
}

Test(json, of_nothing_known_is_null)
{
    KH_AUTO_BUF seen;
    kh_buf_init(&seen, KH_BUF_MAX);

    kh_json_add_string_or_null(&seen, KH_STR(""));
    kh_json_add_string_or_null(&seen, KH_STR(" "));

    cr_expect(eq(str, (char *)kh_buf_text(&seen), "null\" \""));
}

Test(json, numbers_are_short_and_read_back_the_same)
{
    static const struct {
        double number;
        const char *wanted;
    } cases[] = {
        { 0, "0" },
        { 1, "1" },
        { 14.82, "14.82" },
        { 0.1, "0.1" },
        { -2.5, "-2.5" },
        { 1.0 / 3, "0.3333333333333333" },
        { 1e300, "1e+300" },
        { 123456789.0, "123456789" },
        { NAN, "null" },
        { INFINITY, "null" },
        { -INFINITY, "null" },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        kh_json_add_number(&seen, cases[i].number);
        cr_expect(eq(str, (char *)kh_buf_text(&seen), (char *)cases[i].wanted),
                  "case %zu", i);
    }
}
