/* test_glue - evidence for glued lines: collected, written, read back. */
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "glue.h"

static const char *const lines[] = {
    "",
    "a",
    "ceasefire 2025diplomatic tensionIndia foreign policy",
    "Indus Waters Treatyinternational relationsIshaq Dar",
    "  spaces  at  endsAnd Between  ",
    "Élections 2025Émmanuel MacronÉtat",
    "Москва СегодняВыборыПолитика",
    "भारतपाकिस्तानसिंधु जल संधि",
    "印度巴基斯坦停火",
    "การเมืองไทยเศรษฐกิจ",
    "المغربالجزائر تونس",
    "(a)[b]#c\"d\"!!..,,--",
    "\xFF\xFE bad \xC3 bytes\xE2\x82",
    "e\xCC\x81\xCC\x81\xCC\x81x\xE2\x80\x8D\xE2\x80\x8D",
};

static const char *const body =
    "India and Pakistan spoke of the Indus Waters Treaty. Internationally, Ishaq Dar "
    "of "
    "Pakistan is heard. भारत और पाकिस्तान। 印度和巴基斯坦停火。 "
    "Выборы в Москве. การเมือง";

static kh_glue *collect(kh_str line, kh_arena *arena)
{
    kh_block block = { .kind = KH_BLOCK_PARAGRAPH, .text = kh_str_from(body) };
    return kh_glue_collect(line, &block, 1, arena);
}

static const kh_glue_match *find_match(const kh_glue *glue, size_t start, size_t end)
{
    for (size_t i = 0; i < glue->n_matches; i++) {
        if (glue->matches[i].start == start && glue->matches[i].end == end)
            return &glue->matches[i];
    }
    return NULL;
}

Test(glue, has_the_phrases_that_the_body_says)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_glue *glue =
        collect(KH_STR("Indus Waters Treatyinternational relationsIshaq Dar"), arena);

    cr_expect(find_match(glue, 0, 19) != NULL);
    cr_expect(find_match(glue, 42, 51) != NULL);
    cr_expect(find_match(glue, 0, 32) == NULL);
    cr_expect(eq(int, glue->likeness[19], 13));
    cr_expect(eq(int, glue->likeness[33], 0));
}

Test(glue, counts_how_often_they_are_said)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_glue *glue = collect(KH_STR("pakistan"), arena);

    const kh_glue_match *match = find_match(glue, 0, 8);
    cr_assert(match != NULL);
    cr_expect(eq(int, match->count, 2));
}

Test(glue, never_takes_a_phrase_over_a_full_stop)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_glue *glue = collect(KH_STR("Treaty Internationally"), arena);

    cr_expect(find_match(glue, 0, 22) == NULL);
    cr_expect(find_match(glue, 0, 6) != NULL);
}

Test(glue, is_the_same_after_writing_and_reading)
{
    for (size_t i = 0; i < KH_COUNT_OF(lines); i++) {
        KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
        KH_AUTO_BUF once;
        KH_AUTO_BUF twice;
        kh_buf_init(&once, KH_BUF_MAX);
        kh_buf_init(&twice, KH_BUF_MAX);
        const kh_glue *glue = collect(kh_str_from(lines[i]), arena);
        kh_glue_write(&once, glue);

        kh_glue *back = NULL;
        kh_error err;
        cr_assert(kh_glue_read(&back, kh_buf_str(&once), arena, &err) == KH_OK, "%s",
                  err.message);

        cr_assert(eq(sz, back->n_matches, glue->n_matches));
        cr_assert(eq(sz, back->line.n, glue->line.n));
        for (size_t k = 0; k < glue->n_matches; k++) {
            cr_assert(eq(int, back->matches[k].start, glue->matches[k].start));
            cr_assert(eq(int, back->matches[k].end, glue->matches[k].end));
            cr_assert(eq(int, back->matches[k].count, glue->matches[k].count));
        }
        for (size_t k = 0; k < glue->line.n; k++)
            cr_assert(eq(int, back->likeness[k], glue->likeness[k]));
        kh_glue_write(&twice, back);
        cr_assert(kh_str_equal(kh_buf_str(&once), kh_buf_str(&twice)) != 0);
    }
}

Test(glue, refuses_every_cut_of_its_bytes)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_BUF bytes;
    kh_buf_init(&bytes, KH_BUF_MAX);
    kh_glue_write(&bytes, collect(kh_str_from(lines[3]), arena));

    for (size_t len = 0; len < bytes.len; len++) {
        kh_glue *glue = NULL;
        kh_status status =
            kh_glue_read(&glue, kh_str_make(bytes.ptr, len), arena, NULL);
        cr_assert(eq(int, (int)status, KH_ERR_CORRUPT));
        cr_assert(glue == NULL);
    }
    kh_buf_add_char(&bytes, 0);
    kh_glue *glue = NULL;
    cr_expect(eq(int, (int)kh_glue_read(&glue, kh_buf_str(&bytes), arena, NULL),
                 KH_ERR_CORRUPT));
}

/* Whatever is read can be cut, and the cut is the line. */
static void cut_whatever(kh_str bytes)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    kh_glue *glue = NULL;
    if (kh_glue_read(&glue, bytes, arena, NULL) != KH_OK)
        return;
    kh_tag *tags = NULL;
    size_t n = kh_glue_cut(&tags, glue, NULL, arena);
    size_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += tags[i].name.len;
    cr_assert(eq(sz, total, glue->line.text.len + glue->rest.len));
}

Test(glue, survives_random_bytes)
{
    unsigned char bytes[120];
    uint64_t state = 11;
    for (int round = 0; round < 50000; round++) {
        size_t len = (size_t)round % sizeof(bytes);
        for (size_t i = 0; i < len; i++) {
            state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
            unsigned byte = (unsigned)(state >> 33);
            bytes[i] = (unsigned char)(round & 1 ? byte % 12 : byte);
        }
        if (len > 4)
            bytes[0] = (unsigned char)(len / 3);
        cut_whatever(kh_str_make((char *)bytes, len));
    }
}

Test(glue, survives_every_changed_byte)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_BUF bytes;
    kh_buf_init(&bytes, KH_BUF_MAX);
    kh_glue_write(&bytes, collect(kh_str_from(lines[3]), arena));

    for (size_t i = 0; i < bytes.len; i++) {
        char old = bytes.ptr[i];
        for (int value = 0; value < 256; value += 5) {
            bytes.ptr[i] = (char)value;
            cut_whatever(kh_buf_str(&bytes));
        }
        bytes.ptr[i] = old;
    }
}

Test(glue, is_bounded_however_long_line_and_body_are)
{
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    KH_AUTO_BUF line;
    KH_AUTO_BUF text;
    KH_AUTO_BUF bytes;
    kh_buf_init(&line, KH_BUF_MAX);
    kh_buf_init(&text, KH_BUF_MAX);
    kh_buf_init(&bytes, KH_BUF_MAX);
    for (int i = 0; i < 20000; i++)
        kh_buf_add(&line, KH_STR("a b c d Ab "));
    for (int i = 0; i < 100000; i++)
        kh_buf_add(&text, KH_STR("a b c d ab "));
    kh_block block = { .kind = KH_BLOCK_PARAGRAPH, .text = kh_buf_str(&text) };

    kh_glue *glue = kh_glue_collect(kh_buf_str(&line), &block, 1, arena);
    kh_glue_write(&bytes, glue);

    cr_expect(le(sz, glue->n_matches, KH_GLUE_MATCHES_MAX));
    cr_expect(le(sz, bytes.len, line.len + 8 * KH_GLUE_MATCHES_MAX + 65536));
    cut_whatever(kh_buf_str(&bytes));
}

/* A text by itself is folded without its code points where it is ASCII. */
Test(glue, folds_a_text_as_it_folds_a_line)
{
    static const char signs[] = "aZ09 .-'/#\t\n_|\x01(&";
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    unsigned random = 7;
    for (int i = 0; i < 3000; i++) {
        char text[12];
        size_t n = (size_t)i % sizeof(text);
        for (size_t k = 0; k < n; k++) {
            random = random * 1103515245u + 12345u;
            text[k] = signs[(random >> 16) % (sizeof(signs) - 1)];
        }
        kh_glue_text line;
        KH_AUTO_BUF folded;
        kh_buf_init(&folded, KH_BUF_MAX);
        kh_glue_text_make(&line, kh_str_make(text, n), arena);
        kh_glue_fold(&folded, kh_str_make(text, n));
        cr_assert(kh_str_equal(kh_buf_str(&folded), kh_str_trim(line.folded)), "%.*s",
                  (int)n, text);
        kh_arena_reset(arena);
    }
}
