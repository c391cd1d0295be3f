/* Codes and their bytes, the cheapest cut of a run, and a stream written out. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "codes.h"
#include "made_records.h"
#include "numbers.h"
#include "records.h"
#include "support/dice.h"
#include "walk.h"

TestSuite(record_codes);

Test(record_codes, have_these_bytes_at_the_bounds_of_their_classes)
{
    static const struct {
        uint32_t code;
        const char *bytes;
    } cases[] = {
        { 0, "\x80" },
        { 7, "\x87" },
        { KH_CODE_WORDS, "\x88" },
        { 127, "\xFF" },
        { 128, "\x00\x80" },
        { 255, "\x00\xFF" },
        { 256, "\x01\x80" },
        { 16511, "\x7F\xFF" },
        { 16512, "\x00\x00\x80" },
        { 1065087, "\x3F\x7F\xFF" },
        { 1065088, "\x40\x00\x80" },
        { 1712677, "\x67\x43\xA5" }, /* naïve, of the format's example */
        { 2113663, "\x7F\x7F\xFF" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        size_t wanted = 1;
        while ((unsigned char)cases[i].bytes[wanted - 1] < 0x80)
            wanted++;

        unsigned char bytes[3];
        size_t n = kh_code_put(bytes, cases[i].code);

        cr_expect(eq(sz, n, wanted), "%u", cases[i].code);
        cr_expect(eq(int, memcmp(bytes, cases[i].bytes, n), 0), "%u", cases[i].code);
    }
    cr_expect(not(kh_code_is_rare(1065087)));
    cr_expect(kh_code_is_rare(1065088));
    cr_expect(eq(u32, kh_code_rare(0), 1065088));
    cr_expect(eq(u32, kh_code_rare(UINT64_C(0x9E1A5CF57B63BDD0)), 1712677));
    cr_expect(eq(u32, kh_code_rare(UINT64_MAX), 2113663));
}

Test(record_codes, come_back_both_ways)
{
    unsigned char bytes[5] = { 0x80 };
    for (uint32_t code = 0; code < KH_CODE_END; code++) {
        size_t n = kh_code_put(bytes + 1, code);
        bytes[1 + n] = 0x80;

        unsigned n_bytes;
        uint32_t in_one = kh_code_bytes(code, &n_bytes);
        for (size_t i = 0; i < n; i++)
            if (n_bytes != n || bytes[1 + i] != (unsigned char)(in_one >> 8 * i))
                cr_fatal("code %u is other bytes in one number", code);

        const unsigned char *at = bytes + 1;
        uint32_t next = kh_code_next(&at, bytes + 1 + n);
        if (next != code || at != bytes + 1 + n)
            cr_fatal("code %u is read as %u", code, next);
        uint32_t before = kh_code_before(&at, bytes + 1);
        if (before != code || at != bytes + 1)
            cr_fatal("code %u is read backwards as %u", code, before);
        at = bytes + 1 + n;
        before = kh_code_before(&at, bytes);
        if (before != code || at != bytes + 1)
            cr_fatal("code %u behind another is read backwards as %u", code, before);
    }
}

Test(record_codes, never_reach_behind_an_end)
{
    static const struct {
        const char bytes[6];
        size_t n;
    } cases[] = {
        { "\x01\x80\x80\x80", 1 },     { "\x01\x02\x80\x80", 1 },
        { "\x01\x02\x80\x80", 2 },     { "\x01\x02\x03\x80\x80", 3 },
        { "\x01\x02\x03\x04\x80", 4 },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        const unsigned char *begin = (const unsigned char *)cases[i].bytes;
        const unsigned char *end = begin + cases[i].n;

        const unsigned char *at = begin;
        cr_expect(eq(u32, kh_code_next(&at, end), KH_CODE_END), "case %zu", i);
        cr_expect(eq(ptr, (void *)at, (void *)end), "case %zu", i);
        at = end;
        cr_expect(eq(u32, kh_code_before(&at, begin), KH_CODE_END), "case %zu", i);
        cr_expect(eq(ptr, (void *)at, (void *)begin), "case %zu", i);
    }
}

/* ---- runs of characters ---- */

#define CHARACTERS 5u

static const char *const characters[CHARACTERS] = { "中", "国", "水", "坝", "の" };

/* Numbers of five characters and of their pairs; a code of 0 is none. */
static kh_numbers *numbers_of(const uint32_t codes[CHARACTERS],
                              uint32_t pairs[CHARACTERS][CHARACTERS])
{
    kh_numbers *numbers = kh_numbers_open();
    numbers->char_codes = kh_alloc(CHARACTERS * sizeof(uint32_t));
    for (uint32_t i = 0; i < CHARACTERS; i++) {
        kh_str text = kh_str_from(characters[i]);
        cr_assert(
            eq(u32, kh_table_add(&numbers->characters, text, kh_table_hash(text)), i));
        numbers->char_codes[i] = codes[i];
        for (uint32_t k = 0; k < CHARACTERS; k++)
            if (pairs[i][k] != 0)
                kh_pairs_add(&numbers->pair_codes, i, k, pairs[i][k]);
    }
    return numbers;
}

static unsigned cost_of(uint32_t code)
{
    unsigned char bytes[3];
    return code == 0 ? 7 : (unsigned)kh_code_put(bytes, code);
}

/* The least cost of a cut of units[0..n), all tried. */
static unsigned least(const unsigned *units, size_t n, const uint32_t *codes,
                      uint32_t pairs[CHARACTERS][CHARACTERS])
{
    if (n == 0)
        return 0;
    unsigned alone = cost_of(codes[units[0]]) + least(units + 1, n - 1, codes, pairs);
    uint32_t pair = n > 1 ? pairs[units[0]][units[1]] : 0;
    if (pair == 0)
        return alone;
    unsigned both = cost_of(pair) + least(units + 2, n - 2, codes, pairs);
    return both < alone ? both : alone;
}

static uint32_t draw_code(dice *d)
{
    static const uint32_t bases[] = { 0, 8, KH_CODE_TWO, KH_CODE_THREE };
    unsigned class = roll(d, KH_COUNT_OF(bases));
    return class == 0 ? 0 : bases[class] + roll(d, 100);
}

Test(record_codes, of_runs_cost_the_least_and_ties_take_the_pair)
{
    dice d = { 77 };
    for (unsigned round = 0; round < 3000; round++) {
        uint32_t codes[CHARACTERS];
        uint32_t pairs[CHARACTERS][CHARACTERS];
        for (size_t i = 0; i < CHARACTERS; i++) {
            codes[i] = draw_code(&d);
            for (size_t k = 0; k < CHARACTERS; k++)
                pairs[i][k] = draw_code(&d);
        }
        kh_numbers *numbers = numbers_of(codes, pairs);
        unsigned units[12];
        size_t n = 1 + roll(&d, KH_COUNT_OF(units));
        KH_AUTO_BUF text;
        kh_buf_init(&text, 100);
        for (size_t i = 0; i < n; i++) {
            units[i] = roll(&d, CHARACTERS);
            kh_buf_add(&text, kh_str_from(characters[units[i]]));
        }

        kh_run run = { 0 };
        kh_run_cut(&run, numbers, kh_buf_str(&text));

        size_t unit = 0;
        for (size_t i = 0; i < run.n; i++) {
            uint32_t pair = unit + 1 < n ? pairs[units[unit]][units[unit + 1]] : 0;
            unsigned best = least(units + unit, n - unit, codes, pairs);
            bool takes =
                pair != 0 &&
                cost_of(pair) + least(units + unit + 2, n - unit - 2, codes, pairs) ==
                    best;
            const kh_piece *piece = &run.pieces[i];
            cr_assert(eq(int, piece->second != UINT32_MAX, takes), "round %u", round);
            cr_assert(eq(u32, piece->code, takes ? pair : codes[units[unit]]));
            cr_assert(eq(sz, piece->start, unit * 3));
            unit += takes ? 2 : 1;
            cr_assert(eq(sz, piece->end, unit * 3));
        }
        cr_assert(eq(sz, unit, n));
        kh_run_release(&run);
        kh_numbers_free(numbers);
    }
}

/* ---- a stream written out ---- */

/* Rare words: 1,065,088 + the top 20 bits of H of the term, as worked out by hand. */
#define DAM   "\x72\x26\xC5" /* H of en:dam */
#define GO    "\x6E\x3D\xE8" /* H of en:go */
#define ON    "\x45\x0D\xE8" /* H of en:on */
#define IS    "\x44\x08\xBB" /* H of en:is */
#define NAIVE "\x67\x43\xA5" /* H of en:naiv */
#define US    "\x4B\x2D\xE8" /* H of en:us */
#define ADA   "\x6C\x4D\xC8" /* H of en:ada */
#define ZHONG "\x78\x3C\xA2" /* H of 中 */

static kh_str stream_of(const kh_records *records, uint32_t document)
{
    kh_extent of = kh_places_of(&records->places, document, KH_PART_CODES);
    return kh_str_make((const char *)records->codes.ptr + of.begin,
                       (size_t)(of.end - of.begin));
}

static void expect_bytes(const kh_records *records, uint32_t document, kh_str wanted)
{
    kh_str got = stream_of(records, document);
    KH_AUTO_BUF hex;
    kh_buf_init(&hex, KH_BUF_MAX);
    for (size_t i = 0; i < got.len; i++)
        kh_buf_printf(&hex, "%02x ", (unsigned char)got.ptr[i]);
    cr_expect(kh_str_equal(got, wanted), "document %u: %s", document,
              kh_buf_text(&hex));
}

/* The, dam, talks, 的 stand 5 times, 坝 and 水 4: by count, then bytes, they are the
 * codes 8 to 13. What stands less often is rare, and spelled in the rest. */
Test(record_codes, of_three_small_articles_are_these_bytes)
{
    kh_block first[] = {
        { .kind = KH_BLOCK_TITLE, .text = KH_STR("Dam talks") },
        { .kind = KH_BLOCK_PARAGRAPH,
          .text = KH_STR("The dam talks go on. The dam is naïve: US") },
    };
    kh_block second[] = {
        { .kind = KH_BLOCK_PARAGRAPH,
          .text = KH_STR("The dam talks. The dam talks. The dam is US") },
    };
    kh_block third[] = {
        { .kind = KH_BLOCK_HEADING, .text = KH_STR("水坝水坝。水坝的水坝") },
        { .kind = KH_BLOCK_PARAGRAPH, .text = KH_STR("的的的的中") },
    };
    kh_str author = KH_STR("Ada talks");
    const kh_article articles[] = {
        { .id = KH_STR("a1"),
          .lang = KH_STR("en"),
          .format = "text",
          .blocks = first,
          .n_blocks = 2,
          .authors = &author,
          .n_authors = 1 },
        { .id = KH_STR("a2"),
          .lang = KH_STR("en"),
          .format = "text",
          .blocks = second,
          .n_blocks = 1 },
        { .id = KH_STR("a3"),
          .lang = KH_STR("zh"),
          .format = "text",
          .blocks = third,
          .n_blocks = 2 },
    };

    kh_records *records = made_records(articles, 3, 0);

    static const char one[] = "\x80\x80"                 /* language 0: en */
                              "\x83" DAM "\x8A"          /* title: (Dam) talks */
                              "\x81\x88\x89\x8A" GO ON   /* The dam talks (go) (on) */
                              "\x80\x88\x89" IS NAIVE US /* The dam (is) (naïve) (US) */
                              "\x85\x82\x80" ADA "\x8A"; /* kind 16: (Ada) talks */
    static const char two[] = "\x80\x80"
                              "\x81\x88\x89\x8A\x80\x88\x89\x8A\x80\x88\x89" IS US;
    static const char three[] = "\x80\x81" /* language 1: zh */
                                "\x82\x8D\x8C\x8D\x8C\x80\x8D\x8C\x8B\x8D\x8C"
                                "\x81\x8B\x8B\x8B\x8B" ZHONG;
    expect_bytes(records, 1, kh_str_make(one, sizeof(one) - 1));
    expect_bytes(records, 2, kh_str_make(two, sizeof(two) - 1));
    expect_bytes(records, 3, kh_str_make(three, sizeof(three) - 1));
    cr_expect(eq(u32, records->words.n_words, 6));
    cr_expect(eq(sz, records->codes.len,
                 sizeof(one) + sizeof(two) + sizeof(three) - 3 + KH_STREAM_PADDING));
    made_records_free(records);
}
