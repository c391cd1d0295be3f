/* test_output - text of articles made harmless, measured and broken to lines. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "cli/output.h"

#define BAD "\xEF\xBF\xBD"

static const char *cleaned(kh_buf *seen, kh_str text, bool keep_lines)
{
    kh_buf_init(seen, KH_BUF_MAX);
    kh_output_clean(seen, text, keep_lines);
    return kh_buf_text(seen);
}

Test(output, lets_no_control_character_through)
{
    static const struct {
        kh_str text;
        const char *wanted;
    } cases[] = {
        { { "", 0 }, "" },
        { { "Indus Treaty", 12 }, "Indus Treaty" },
        { { "\x1B[31mred", 8 }, BAD "[31mred" },
        { { "a\0b", 3 }, "a" BAD "b" },
        { { "a\x08\x07", 3 }, "a" BAD BAD },
        { { "\x7F", 1 }, BAD },
        { { "\xC2\x9B"
            "31m",
            5 },
          BAD "31m" }, /* CSI as one character */
        { { "\xE2\x80\xAE"
            "abc",
            6 },
          BAD "abc" }, /* right-to-left override */
        { { "\xE2\x81\xA6", 3 }, BAD },
        { { "\xE2\x80\xAA", 3 }, BAD }, /* embedding */
        { { "\xE2\x81\xA9", 3 }, BAD }, /* end of an isolate */
        /* Marks of direction, which stand in Arabic and Hebrew copy. */
        { { "\xD8\x9C"
            "2\xE2\x80\x8E-\xE2\x80\x8F",
            10 },
          "\xD8\x9C"
          "2\xE2\x80\x8E-\xE2\x80\x8F" },
        { { "\xF3\xA0\x81\x81", 4 }, BAD }, /* tag character */
        { { "a\xFF", 2 }, "a" BAD },
        { { "\xC3", 1 }, BAD },
        { { "a\n b\t\tc\r\nd", 10 }, "a b c d" },
        { { "a\xC2\x85"
            "b\xE2\x80\xA8"
            "c",
            8 },
          "a b c" },
        { { "  a  ", 5 }, " a " },
        { { "\xE2\x80\x8D", 3 }, "\xE2\x80\x8D" }, /* joiner: Hindi needs it */
        { { "\xEF\xBF\xBD", 3 }, BAD },
        { { "\xE3\x80\x80", 3 }, "\xE3\x80\x80" }, /* ideographic space */
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF seen;
        cleaned(&seen, cases[i].text, false);
        cr_expect(eq(str, (char *)kh_buf_text(&seen), (char *)cases[i].wanted),
                  "case %zu", i);
    }
}

Test(output, keeps_lines_where_asked)
{
    KH_AUTO_BUF seen;

    cleaned(&seen, KH_STR("a\r\n\n  b\tc\x1B[0m\n"), true);

    cr_expect(eq(str, (char *)kh_buf_text(&seen), "a\n\n  b c" BAD "[0m\n"));
}

Test(output, of_any_byte_has_no_control)
{
    for (unsigned c = 0; c < 256; c++) {
        const char bytes[] = { 'x', (char)c, 'y' };
        KH_AUTO_BUF seen;
        cleaned(&seen, kh_str_make(bytes, sizeof(bytes)), false);
        for (size_t i = 0; i < seen.len; i++) {
            unsigned char out = (unsigned char)seen.ptr[i];
            cr_expect(out >= 0x20 && out != 0x7F, "byte %u", c);
        }
    }
}

Test(output, measures_columns)
{
    static const struct {
        const char *text;
        unsigned wanted;
    } cases[] = {
        { "", 0 },
        { "treaty", 6 },
        { "Z\xC3\xBCrich", 6 },
        { "e\xCC\x81", 1 },                            /* combining acute */
        { "\xE6\x9D\xA1\xE7\xBA\xA6", 4 },             /* two Han characters */
        { "\xEF\xBD\xB6", 1 },                         /* half-width katakana */
        { "\xED\x95\x9C", 2 },                         /* a Hangul syllable */
        { "\xE0\xB8\x99\xE0\xB9\x89\xE0\xB8\xB3", 2 }, /* Thai with a mark */
        { "\xE2\x80\x8D", 0 },                         /* joiner */
        { "\xD7\x90\xE2\x80\x8F-\xE2\x80\x8E"
          "2\xD8\x9C",
          3 }, /* marks of direction */
        { "\033[1;31mred\033[0m", 3 },
        { "\033[1m\033[0m", 0 },
        { "\033[1", 0 },           /* cut short */
        { "\xF0\x9F\x98\x80", 2 }, /* emoji */
        { "\xC2\xB7", 1 },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        cr_expect(eq(u32, kh_text_columns(kh_str_from(cases[i].text)), cases[i].wanted),
                  "case %zu", i);
}

Test(output, wraps_words_to_a_width)
{
    static const struct {
        const char *text;
        unsigned indent;
        unsigned width;
        const char *wanted;
    } cases[] = {
        { "", 0, 20, "\n" },
        { "one two", 0, 0, "one two\n" },
        { "one two", 3, 0, "   one two\n" },
        { "a  b   c ", 0, 0, "a b c\n" },
        { "aaaa bbbb cccc dddd", 0, 20, "aaaa bbbb cccc dddd\n" },
        { "aaaa bbbb cccc ddddd", 0, 20, "aaaa bbbb cccc ddddd\n" },
        { "aaaa bbbb cccc dddddd", 0, 20, "aaaa bbbb cccc\ndddddd\n" },
        { "aaaa bbbb cccc ddd", 3, 20, "   aaaa bbbb cccc\n   ddd\n" },
        /* A word longer than the line stands alone, whole. */
        { "a bbbbbbbbbbbbbbbbbbbbbbbb c", 0, 20, "a\nbbbbbbbbbbbbbbbbbbbbbbbb\nc\n" },
        /* Marks take no columns. */
        { "aaaa \033[1;31mbbbb\033[0m cccc ddddd", 0, 20,
          "aaaa \033[1;31mbbbb\033[0m cccc ddddd\n" },
        { "aaaa \033[1;31mbbbb\033[0m cccc dddddd", 0, 20,
          "aaaa \033[1;31mbbbb\033[0m cccc\ndddddd\n" },
        /* Han: six characters are twelve columns; lines break between any two. */
        { "\xE6\x9D\xA1\xE7\xBA\xA6\xE6\x9D\xA1\xE7\xBA\xA6\xE6\x9D\xA1\xE7\xBA\xA6", 0,
          10,
          "\xE6\x9D\xA1\xE7\xBA\xA6\xE6\x9D\xA1\xE7\xBA\xA6\xE6\x9D\xA1\n\xE7\xBA\xA6"
          "\n" },
        { "\xE6\x9D\xA1\033[1m\xE7\xBA\xA6\033[0m\xE6\x9D\xA1", 0, 0,
          "\xE6\x9D\xA1\033[1m\xE7\xBA\xA6\033[0m\xE6\x9D\xA1\n" },
        { "aa\xE6\x9D\xA1 bb", 0, 0, "aa\xE6\x9D\xA1 bb\n" },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        kh_output_wrap(&seen, kh_str_from(cases[i].text), cases[i].indent,
                       cases[i].width);
        cr_expect(eq(str, (char *)kh_buf_text(&seen), (char *)cases[i].wanted),
                  "case %zu", i);
    }
}

/* Whatever the width, no word is lost, and no line of short words is too long. */
Test(output, wraps_at_every_width)
{
    const char *text = "Both sides say that the Indus Waters Treaty will be the first "
                       "point of the talks, and neither would name a day.";
    for (unsigned width = 20; width < 130; width++) {
        KH_AUTO_BUF seen;
        kh_buf_init(&seen, KH_BUF_MAX);
        kh_output_wrap(&seen, kh_str_from(text), 3, width);
        kh_str rest = kh_buf_str(&seen);
        kh_str one;
        KH_AUTO_BUF joined;
        kh_buf_init(&joined, KH_BUF_MAX);
        while (kh_str_line(&rest, &one)) {
            cr_expect(one.len <= width, "width %u", width);
            kh_buf_add(&joined, joined.len > 0 ? KH_STR(" ") : KH_STR(""));
            kh_buf_add(&joined, kh_str_slice(one, 3, one.len));
        }
        cr_expect(eq(str, (char *)kh_buf_text(&joined), (char *)text));
    }
}

Test(output, ends_quietly_when_the_reader_is_gone)
{
    int ends[2];
    cr_assert(eq(int, pipe(ends), 0));
    (void)signal(SIGPIPE, SIG_IGN);
    int keep = dup(STDOUT_FILENO);
    cr_assert(dup2(ends[1], STDOUT_FILENO) >= 0);
    close(ends[0]);
    close(ends[1]);
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_buf_add(&text, KH_STR("lost\n"));
    kh_error err = { 0 };

    kh_status status = kh_output_write(&text, &err);

    (void)dup2(keep, STDOUT_FILENO);
    close(keep);
    cr_expect(eq(int, (int)status, (int)KH_END));
    cr_expect(eq(sz, text.len, 0));
    cr_expect(eq(str, err.message, ""));
}

Test(output, names_a_full_disk)
{
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    cr_assert(full >= 0);
    int keep = dup(STDOUT_FILENO);
    cr_assert(dup2(full, STDOUT_FILENO) >= 0);
    close(full);
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    kh_buf_add(&text, KH_STR("lost\n"));
    kh_error err = { 0 };

    kh_status status = kh_output_write(&text, &err);

    (void)dup2(keep, STDOUT_FILENO);
    close(keep);
    cr_expect(eq(int, (int)status, (int)KH_ERR_IO));
    cr_expect(strstr(err.message, "cannot write standard output: ") != NULL);
}
