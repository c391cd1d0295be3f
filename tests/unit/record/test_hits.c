/* Hits of words in records against all units tried. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "drawn.h"
#include "made_records.h"
#include "made_up.h"
#include "query.h"

TestSuite(record_hits);

#define ARTICLES 120
#define ROUNDS   600

typedef struct wanted_hit {
    uint32_t position;
    uint32_t words;
    uint16_t n_units;
} wanted_hit;

/* Every place and length of the words. */
static size_t brute_hits(wanted_hit *out, const unit *units, size_t n,
                         const kh_record_word *words, size_t n_words)
{
    size_t n_hits = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t lengths[DRAWN_WORDS_MAX];
        for (size_t w = 0; w < n_words; w++)
            lengths[w] = brute_lengths(units, n, i, &words[w]);
        for (unsigned length = 1; length < 20; length++) {
            uint32_t mask = 0;
            for (size_t w = 0; w < n_words; w++)
                mask |= (uint32_t)(lengths[w] >> length & 1) << w;
            if (mask != 0)
                out[n_hits++] =
                    (wanted_hit){ units[i].position, mask, (uint16_t)length };
        }
    }
    return n_hits;
}

static void expect_sentences(const kh_record_hits *hits, const unit *units, size_t n)
{
    uint32_t position = 0;
    for (size_t i = 0; i < hits->n_sentences; i++) {
        const kh_record_sentence *sentence = &hits->sentences[i];
        cr_assert(eq(u32, sentence->position, position));
        position += sentence->n_units;
        for (uint32_t u = sentence->position; u < position && u < n; u++) {
            cr_assert(eq(u32, units[u].block, sentence->block));
            cr_assert(eq(int, (int)units[u].kind, (int)sentence->kind));
        }
    }
    cr_assert(eq(u32, position, (uint32_t)n));
}

static void expect_hits(const kh_record_hits *hits, const unit *units, size_t n,
                        const kh_record_word *words, size_t n_words)
{
    wanted_hit *wanted = kh_alloc((n * DRAWN_WORDS_MAX + 1) * sizeof(*wanted));
    size_t n_wanted = brute_hits(wanted, units, n, words, n_words);
    cr_assert(eq(sz, hits->n_hits, n_wanted));
    for (size_t i = 0; i < n_wanted; i++) {
        const kh_hit *hit = &hits->hits[i];
        cr_assert(eq(u32, hit->position, wanted[i].position), "hit %zu", i);
        cr_assert(eq(u32, hit->words, wanted[i].words), "hit %zu", i);
        cr_assert(eq(u16, hit->n_units, wanted[i].n_units), "hit %zu", i);
        cr_assert(lt(sz, hit->sentence, hits->n_sentences));
        const kh_record_sentence *sentence = &hits->sentences[hit->sentence];
        cr_assert(le(u32, sentence->position, hit->position));
        cr_assert(lt(u32, hit->position, sentence->position + sentence->n_units));
    }
    kh_free(wanted);
}

static void compare_all(unsigned n_filler, uint64_t seed)
{
    dice d = { seed };
    kh_arena *arena = kh_arena_open();
    kh_article *articles = kh_arena_alloc(arena, ARTICLES * sizeof(*articles));
    for (unsigned i = 0; i < ARTICLES; i++)
        articles[i] = made_up_article(&d, i, arena);
    archive from = archive_of(articles, ARTICLES, arena);
    kh_records *records = made_records(articles, ARTICLES, n_filler);

    for (unsigned round = 0; round < ROUNDS; round++) {
        kh_record_word words[DRAWN_WORDS_MAX];
        uint32_t document = 1 + roll(&d, ARTICLES);
        size_t n_words = draw_words(words, &from, document, &d);
        KH_AUTO(kh_record_query_free) kh_record_query *query = NULL;
        cr_assert(eq(int, kh_record_query_open(&query, records, words, n_words, NULL),
                     KH_OK));
        for (int i = 0; i < 8; i++) {
            uint32_t at = i < 2 ? document : 1 + roll(&d, ARTICLES);
            kh_record_query_set_plain(query, i % 2 != 0);
            kh_record_hits hits;
            kh_error err;
            kh_status status = kh_record_hits_read(&hits, query, at, &err);
            cr_assert(eq(int, status, KH_OK), "%s", err.message);
            const unit *units = from.units[at - 1];
            expect_sentences(&hits, units, from.n_units[at - 1]);
            expect_hits(&hits, units, from.n_units[at - 1], words, n_words);
        }
    }
    made_records_free(records);
    brute_free();
    kh_arena_free(arena);
}

Test(record_hits, are_all_places_where_codes_are_short, .timeout = 100)
{
    compare_all(0, 20250605);
}

Test(record_hits, are_all_places_where_codes_are_long, .timeout = 100)
{
    compare_all(500, 4711);
    compare_all(20000, 4712);
}

/* Put a damaged copy of the codes in place that ends with those of a document, so that
 * a sanitizer sees who reads on. */
static unsigned char *damage(kh_records *records, uint32_t document, dice *d)
{
    kh_stream stream;
    cr_assert(eq(int, kh_records_stream(&stream, records, document, NULL), KH_OK));
    size_t begin = (size_t)(stream.begin - records->codes.ptr);
    size_t end = (size_t)(stream.end - records->codes.ptr);
    unsigned char *copy = kh_alloc(end + KH_STREAM_PADDING);
    memcpy(copy, records->codes.ptr, end);
    memset(copy + end, 0x80, KH_STREAM_PADDING);
    for (size_t k = 0; k < 1 + (end - begin) / 50 && end > begin; k++)
        copy[begin + roll(d, (unsigned)(end - begin))] =
            (unsigned char)roll(d, roll(d, 2) ? 256 : 0x90);
    records->codes = (kh_map){ copy, end + KH_STREAM_PADDING };
    return copy;
}

/* Hits and phrases of a damaged stream, both ways: any answer will do. */
static void ask_damaged(kh_record_query *query, uint32_t document, size_t n_words,
                        dice *d)
{
    static const uint8_t numbers[DRAWN_WORDS_MAX] = { 0, 1, 2, 3, 4, 5 };
    for (int i = 0; i < 4; i++) {
        kh_record_query_set_plain(query, i % 2 != 0);
        kh_record_hits hits;
        kh_error err;
        kh_status status = kh_record_hits_read(&hits, query, document, &err);
        cr_assert(status == KH_OK || status == KH_ERR_CORRUPT);

        kh_record_phrase phrase = { .words = numbers, .n = n_words };
        phrase.window = roll(d, 2) ? roll(d, 9) : 0;
        phrase.kinds = roll(d, 2) ? UINT64_C(1) << roll(d, 20) : 0;
        bool is_held;
        status = kh_record_holds(&is_held, query, document, &phrase, &err);
        cr_assert(status == KH_OK || status == KH_ERR_CORRUPT);
    }
}

Test(record_hits, of_damaged_streams_may_be_wrong_but_come, .timeout = 200)
{
    dice d = { 99 };
    kh_arena *arena = kh_arena_open();
    kh_article *articles = kh_arena_alloc(arena, ARTICLES * sizeof(*articles));
    for (unsigned i = 0; i < ARTICLES; i++)
        articles[i] = made_up_article(&d, i, arena);
    archive from = archive_of(articles, ARTICLES, arena);
    kh_records *records = made_records(articles, ARTICLES, 0);
    kh_map whole = records->codes;
    for (unsigned round = 0; round < 4000; round++) {
        kh_record_word words[DRAWN_WORDS_MAX];
        uint32_t document = 1 + roll(&d, ARTICLES);
        size_t n_words = draw_words(words, &from, document, &d);
        KH_AUTO(kh_record_query_free) kh_record_query *query = NULL;
        cr_assert(eq(int, kh_record_query_open(&query, records, words, n_words, NULL),
                     KH_OK));
        unsigned char *copy = damage(records, document, &d);
        ask_damaged(query, document, n_words, &d);
        records->codes = whole;
        kh_free(copy);
    }
    made_records_free(records);
    brute_free();
    kh_arena_free(arena);
}
