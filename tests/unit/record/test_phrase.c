/* Phrases in records against all units tried. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "drawn.h"
#include "made_records.h"
#include "made_up.h"
#include "query.h"

TestSuite(record_phrase);

#define ARTICLES 120
#define ROUNDS   1000

/* A phrase of all words in order, or of any of them near each other, in any kinds. */
static kh_record_phrase draw_phrase(uint8_t numbers[DRAWN_WORDS_MAX], size_t n_words,
                                    dice *d)
{
    kh_record_phrase phrase = { .words = numbers, .n = n_words };
    for (size_t i = 0; i < n_words; i++)
        numbers[i] = (uint8_t)(roll(d, 20) == 0 ? roll(d, (unsigned)n_words) : i);
    if (roll(d, 4) == 0) {
        phrase.window = 1 + roll(d, 12);
        phrase.n = 1 + roll(d, (unsigned)n_words);
    }
    if (roll(d, 3) == 0)
        phrase.kinds = UINT64_C(1) << (1 + roll(d, 4)) |
                       UINT64_C(1) << (roll(d, 2) ? KH_BLOCK_AUTHOR : KH_BLOCK_TAG);
    return phrase;
}

/* How many streams may hold pairs of characters. */
static unsigned count_pairs(kh_records *records)
{
    unsigned n = 0;
    for (uint32_t document = 1; document <= kh_records_n(records); document++) {
        kh_stream stream;
        cr_assert(eq(int, kh_records_stream(&stream, records, document, NULL), KH_OK));
        n += stream.has_pairs;
    }
    return n;
}

/* All documents but those that are known not to hold a phrase: each that holds it is
 * among them. Returns how many were left out. */
static size_t sift_all(kh_record_query *query, const kh_record_word *words,
                       const kh_record_phrase *phrase, const archive *from)
{
    uint32_t documents[ARTICLES];
    size_t n = ARTICLES;
    for (uint32_t i = 0; i < ARTICLES; i++)
        documents[i] = 3 * i + 2; /* those of the second of three segments */
    cr_assert(eq(int, kh_record_sift(&n, documents, 3, query, phrase, NULL), KH_OK));
    size_t at = 0;
    for (uint32_t i = 0; i < ARTICLES; i++) {
        bool is_left_in = at < n && documents[at] == 3 * i + 2;
        at += is_left_in;
        cr_assert(is_left_in ||
                      !brute_holds(from->units[i], from->n_units[i], words, phrase),
                  "document %u", i + 1);
    }
    cr_assert(eq(sz, at, n));
    return ARTICLES - n;
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

    cr_expect(gt(u32, count_pairs(records), ARTICLES / 8));
    unsigned n_held = 0;
    unsigned n_tried = 0;
    size_t n_left_out = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        kh_record_word words[DRAWN_WORDS_MAX];
        uint8_t numbers[DRAWN_WORDS_MAX];
        uint32_t document = 1 + roll(&d, ARTICLES);
        size_t n_words = draw_words(words, &from, document, &d);
        if (n_words == 0)
            continue;
        KH_AUTO(kh_record_query_free) kh_record_query *query = NULL;
        cr_assert(eq(int, kh_record_query_open(&query, records, words, n_words, NULL),
                     KH_OK));
        for (int i = 0; i < 8; i++) {
            uint32_t at = i < 2 ? document : 1 + roll(&d, ARTICLES);
            kh_record_phrase phrase = draw_phrase(numbers, n_words, &d);
            bool wanted =
                brute_holds(from.units[at - 1], from.n_units[at - 1], words, &phrase);
            for (int is_plain = 0; is_plain < 2; is_plain++) {
                kh_record_query_set_plain(query, is_plain != 0);
                kh_str first =
                    words[0].n_variants ? words[0].variants[0] : words[0].compounds[0];
                cr_assert(eq(int, made_holds(query, at, &phrase), wanted),
                          "round %u: '%.*s' ... (%zu words, kind %d, window %u, kinds "
                          "%llx) in %u, plain %d",
                          round, KH_ARG(first), phrase.n, (int)words[0].kind,
                          phrase.window, (unsigned long long)phrase.kinds, at,
                          is_plain);
            }
            n_held += wanted;
            n_tried++;
        }
        kh_record_phrase phrase = draw_phrase(numbers, n_words, &d);
        n_left_out += sift_all(query, words, &phrase, &from);
    }
    cr_expect(gt(u32, n_held, n_tried / 12), "%u of %u", n_held, n_tried);
    cr_expect(gt(sz, n_left_out, (size_t)ROUNDS * ARTICLES / 20), "%zu", n_left_out);
    made_records_free(records);
    brute_free();
    kh_arena_free(arena);
}

Test(record_phrase, is_found_where_codes_are_short, .timeout = 100)
{
    compare_all(0, 20250605);
}

Test(record_phrase, is_found_where_codes_are_long, .timeout = 100)
{
    compare_all(500, 4711);
    compare_all(20000, 4712);
}
