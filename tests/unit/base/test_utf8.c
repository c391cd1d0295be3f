/* test_utf8 - one code point forward or back, over well-formed and ill-formed text. */
#include "base/utf8.h"

#include "scratch.h"

/* Edges of every length and of what is not a character. */
static const struct {
    uint32_t code_point;
    size_t len;
    const char *bytes;
} letters[] = {
    { 0x00, 1, "\x00" },
    { 0x7F, 1, "\x7F" },
    { 0x80, 2, "\xC2\x80" },
    { 0x7FF, 2, "\xDF\xBF" },
    { 0x800, 3, "\xE0\xA0\x80" },
    { 0xD7FF, 3, "\xED\x9F\xBF" },
    { 0xE000, 3, "\xEE\x80\x80" },
    { 0xFFFF, 3, "\xEF\xBF\xBF" },
    { 0x10000, 4, "\xF0\x90\x80\x80" },
    { 0x10FFFF, 4, "\xF4\x8F\xBF\xBF" },
};

/* Source: Unicode Standard, table 3-7; what is just outside of each of its rows. */
static const char *const broken[] = {
    "\x80",             /* a byte that begins nothing */
    "\xBF",             /* the last such */
    "\xC0\x80",         /* 2 bytes for U+0000 */
    "\xC1\xBF",         /* 2 bytes for U+007F */
    "\xC2",             /* cut */
    "\xC2\x41",         /* no second byte */
    "\xE0\x9F\xBF",     /* 3 bytes for U+07FF */
    "\xE0\xA0",         /* cut */
    "\xED\xA0\x80",     /* the first surrogate */
    "\xED\xBF\xBF",     /* the last */
    "\xE1\x80\xC0",     /* no third byte */
    "\xF0\x8F\xBF\xBF", /* 4 bytes for U+FFFF */
    "\xF0\x90\x80",     /* cut */
    "\xF1\x80\x80\x41", /* no fourth byte */
    "\xF4\x90\x80\x80", /* U+110000 */
    "\xF5\x80\x80\x80", /* above */
    "\xFF",             /* never */
};

Test(utf8, writes_and_reads_the_edges_of_each_length)
{
    for (size_t i = 0; i < KH_COUNT_OF(letters); i++) {
        kh_str bytes = kh_str_make(letters[i].bytes, letters[i].len);
        char out[4];
        size_t at = 0;

        size_t len = kh_utf8_put(out, letters[i].code_point);

        cr_assert(eq(sz, len, letters[i].len));
        cr_expect(eq(int, memcmp(out, bytes.ptr, len), 0));
        cr_expect(eq(u32, kh_utf8_next(bytes, &at), letters[i].code_point));
        cr_expect(eq(sz, at, len));
        cr_expect(eq(u32, kh_utf8_previous(bytes, &at), letters[i].code_point));
        cr_expect(eq(sz, at, 0));
        cr_expect(eq(sz, kh_utf8_check(bytes), len));
    }
}

Test(utf8, writes_what_is_no_character_as_u_fffd)
{
    static const uint32_t none[] = { 0xD800, 0xDFFF, 0x110000, UINT32_MAX };

    for (size_t i = 0; i < KH_COUNT_OF(none); i++) {
        char out[4];
        cr_assert(eq(sz, kh_utf8_put(out, none[i]), 3));
        cr_expect(eq(int, memcmp(out, "\xEF\xBF\xBD", 3), 0));
    }
}

Test(utf8, reads_an_ill_formed_byte_as_u_fffd)
{
    for (size_t i = 0; i < KH_COUNT_OF(broken); i++) {
        kh_str bytes = kh_str_from(broken[i]);
        size_t at = 0;

        cr_expect(eq(sz, kh_utf8_check(bytes), 0), "case %zu", i);
        cr_expect(eq(u32, kh_utf8_next(bytes, &at), KH_UTF8_BAD), "case %zu", i);
        cr_expect(eq(sz, at, 1), "case %zu", i);
    }
}

/* Every text of up to five of these bytes: forward and back meet the same code points.
 */
static const unsigned char alphabet[] = { 0x00, 'a',  0x80, 0x9F, 0xA0, 0xBF, 0xC2,
                                          0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xFF };

static void check_both_ways(kh_str text)
{
    uint32_t forward[8];
    size_t starts[8], n = 0, at = 0, first_bad = text.len;

    while (at < text.len) {
        starts[n] = at;
        forward[n] = kh_utf8_next(text, &at);
        bool is_bad = forward[n] == KH_UTF8_BAD && at - starts[n] == 1;
        if (is_bad && first_bad == text.len)
            first_bad = starts[n];
        n++;
    }
    cr_assert(eq(sz, at, text.len));
    cr_assert(eq(sz, kh_utf8_check(text), first_bad));
    while (n > 0) {
        n--;
        cr_assert(eq(u32, kh_utf8_previous(text, &at), forward[n]));
        cr_assert(eq(sz, at, starts[n]));
    }
}

Test(utf8, goes_back_over_the_same_steps)
{
    const size_t n_letters = sizeof(alphabet);
    unsigned char text[5];

    for (size_t len = 1; len <= 4; len++) {
        size_t n_texts = 1;
        for (size_t i = 0; i < len; i++)
            n_texts *= n_letters;
        for (size_t number = 0; number < n_texts; number++) {
            for (size_t i = 0, left = number; i < len; i++, left /= n_letters)
                text[i] = alphabet[left % n_letters];
            check_both_ways(kh_str_make((const char *)text, len));
        }
    }
}

Test(utf8, is_checked_past_runs_of_ascii)
{
    char text[128];

    for (size_t bad = 0; bad < sizeof(text); bad++) {
        memset(text, 'x', sizeof(text));
        text[bad] = (char)0xFF;
        cr_expect(eq(sz, kh_utf8_check(kh_str_make(text, sizeof(text))), bad));
    }
    cr_expect(eq(sz, kh_utf8_check(kh_str_make(NULL, 0)), 0));
}

Test(utf8, counts_code_points)
{
    cr_expect(
        eq(sz, kh_utf8_count(KH_STR("a\xC3\xA9\xE0\xA4\xB8\xF0\x9F\x93\xB0")), 4));
    cr_expect(eq(sz, kh_utf8_count(kh_str_make(NULL, 0)), 0));
}
