/* Words and phrases in records: cases by name. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/utf8.h"
#include "made_records.h"
#include "query.h"

TestSuite(record_words);

static kh_record_word word_of(kh_record_word_kind kind, const kh_str *text)
{
    return (kh_record_word){ .kind = kind, .variants = text, .n_variants = 1 };
}

static kh_record_query *query_of(kh_records *records, const kh_record_word *words,
                                 size_t n)
{
    kh_record_query *query;
    cr_assert(eq(int, kh_record_query_open(&query, records, words, n, NULL), KH_OK));
    return query;
}

#define PARAGRAPHS_MAX 4

/* An article of paragraphs, NULL behind the last. */
static kh_article article_of(const char *lang, const char *const *paragraphs)
{
    static kh_block blocks[PARAGRAPHS_MAX];
    memset(blocks, 0, sizeof(blocks));
    kh_article article = {
        .id = KH_STR("a"), .lang = kh_str_from(lang), .format = "text", .blocks = blocks
    };
    for (; paragraphs[article.n_blocks] != NULL; article.n_blocks++) {
        blocks[article.n_blocks].kind = KH_BLOCK_PARAGRAPH;
        blocks[article.n_blocks].text = kh_str_from(paragraphs[article.n_blocks]);
    }
    return article;
}

/* Whether a paragraph holds words of a kind, given with spaces; behind a stroke the
 * compound that a word may be. Rare, and with numbers: as often as that takes. */
static bool text_holds(const char *lang, const char *text, kh_record_word_kind kind,
                       const char *phrase, bool is_rare)
{
    const char *const paragraphs[] = { text, is_rare ? NULL : text, text, text, NULL };
    kh_article article = article_of(lang, paragraphs);
    kh_records *records = made_records(&article, 1, 0);

    kh_str texts[8];
    kh_str compounds[8];
    kh_record_word words[8];
    uint8_t numbers[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    size_t n = 0;
    for (kh_str rest = kh_str_from(phrase); rest.len > 0; n++) {
        size_t space = kh_str_find(rest, KH_STR(" "), 0);
        kh_str word = kh_str_slice(rest, 0, space);
        size_t stroke = kh_str_find(word, KH_STR("/"), 0);
        texts[n] = kh_str_slice(word, 0, stroke);
        words[n] = word_of(kind, &texts[n]);
        if (stroke != SIZE_MAX) {
            compounds[n] = kh_str_slice(word, stroke + 1, word.len);
            words[n].compounds = &compounds[n];
            words[n].n_compounds = 1;
        }
        rest = space == SIZE_MAX ? KH_STR("") : kh_str_slice(rest, space + 1, rest.len);
    }
    kh_record_query *query = query_of(records, words, n);
    kh_record_phrase asked = { .words = numbers, .n = n };
    bool is_held = made_holds(query, 1, &asked);
    kh_record_query_set_plain(query, true);
    cr_expect(eq(int, made_holds(query, 1, &asked), is_held), "plain: %s in %s", phrase,
              text);
    kh_record_query_free(query);
    made_records_free(records);
    return is_held;
}

Test(record_words, of_a_phrase_stand_side_by_side)
{
    static const struct {
        const char *lang;
        const char *text;
        kh_record_word_kind kind;
        const char *phrase;
        bool is_held;
    } cases[] = {
        { "en", "Man of the Year award", KH_RECORD_FORM, "of the year", true },
        { "en", "Man of the lost Year", KH_RECORD_FORM, "of the year", false },
        { "en", "of\nthe, (year)", KH_RECORD_FORM, "of the year", true },
        { "en", "year the of", KH_RECORD_FORM, "of the year", false },
        { "en", "of-the-year", KH_RECORD_FORM, "of the year", true },
        { "en", "the year's end", KH_RECORD_FORM, "year end", true },
        { "en", "the year’s end", KH_RECORD_FORM, "year end", true },
        { "en", "at the Shangri-La Dialogue", KH_RECORD_FORM, "shangri la dialogue",
          true },
        { "en", "at the Shangri-La Dialogue", KH_RECORD_FORM, "shangrila dialogue",
          false },
        { "en", "at the Shangri-La Dialogue", KH_RECORD_FORM,
          "shangrila/shangri-la dialogue", true },
        { "en", "at the Shangri La dialogue", KH_RECORD_TERM,
          "the en:shangrila/shangri-la en:dialogu", false },
        { "en", "at the Shangri La dialogue", KH_RECORD_TERM,
          "en:the en:shangrila/shangri-la en:dialogu", true },
        { "en", "at the Shangrila Dialogue", KH_RECORD_FORM, "shangri la", false },
        { "en", "naïve café", KH_RECORD_FORM, "naive cafe", true },
        { "en", "naïve café", KH_RECORD_FOLDED, "naive cafe", false },
        { "en", "Naïve Café", KH_RECORD_FOLDED, "naïve café", true },
        { "en", "Naïve Café", KH_RECORD_SURFACE, "Naïve Café", true },
        { "en", "Waters rose", KH_RECORD_SURFACE, "Waters", true },
        { "en", "waters rose", KH_RECORD_SURFACE, "Waters", false },
        { "en", "the U.S. army", KH_RECORD_FORM, "us army", true },
        { "en", "O’Neill said", KH_RECORD_SURFACE, "O'Neill said", true },
        { "en", "treaties were signed", KH_RECORD_TERM, "en:treati", true },
        { "en", "1,000 men", KH_RECORD_FORM, "1000 men", true },
        { "fr", "la République de l'année", KH_RECORD_FORM, "republique de annee",
          true },
        { "zh", "中国的水坝。中国水坝。", KH_RECORD_FORM, "国 的 水", true },
        { "zh", "中国的水坝。中国水坝。", KH_RECORD_FORM, "坝 中", true },
        { "zh", "中国的水坝。中国水坝。", KH_RECORD_FORM, "国 坝", false },
        { "zh", "中国的水坝。中国水坝。", KH_RECORD_TERM, "中国 的水", true },
        { "zh", "中国的水坝。中国水坝。", KH_RECORD_TERM, "中国 国的", false },
        { "zh", "中国的水坝。中国水坝。", KH_RECORD_FORM, "的水坝 中国水", true },
        { "en", "the US army", KH_RECORD_TERM, "u.s. en:armi", true },
        { "en", "the US army", KH_RECORD_TERM, "en:us en:armi", true },
        { "en", "with us army", KH_RECORD_TERM, "u.s. en:armi", false },
        { "en", "the U.S. army", KH_RECORD_TERM, "u.s. en:armi", true },
        { "en", "treaties were signed", KH_RECORD_TERM, "de:treaties", false },
        { "tr", "ISTANBUL ve İSTANBUL", KH_RECORD_FORM, "istanbul ve istanbul", true },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        for (int is_rare = 0; is_rare < 2; is_rare++)
            cr_expect(eq(int,
                         text_holds(cases[i].lang, cases[i].text, cases[i].kind,
                                    cases[i].phrase, is_rare != 0),
                         cases[i].is_held),
                      "%s in %s, rare: %d", cases[i].phrase, cases[i].text, is_rare);
}

Test(record_words, never_meet_across_blocks_and_fields)
{
    const char *const paragraphs[] = { "the end of", "the year of plenty", NULL };
    kh_article article = article_of("en", paragraphs);
    kh_str authors[] = { KH_STR("Ada Roy"), KH_STR("Year Plenty") };
    article.authors = authors;
    article.n_authors = 2;
    kh_records *records = made_records(&article, 1, 0);

    kh_str texts[] = { KH_STR("of"), KH_STR("the"), KH_STR("year"), KH_STR("roy"),
                       KH_STR("ada") };
    kh_record_word words[5];
    for (size_t i = 0; i < 5; i++)
        words[i] = word_of(KH_RECORD_FORM, &texts[i]);
    kh_record_query *query = query_of(records, words, 5);

    uint64_t authors_only = UINT64_C(1) << KH_BLOCK_AUTHOR;
    uint64_t text_only = UINT64_C(1) << KH_BLOCK_PARAGRAPH;
    const struct {
        uint8_t words[2];
        uint32_t window;
        uint64_t kinds;
        bool is_held;
    } cases[] = {
        { { 0, 1 }, 0, 0, false },
        { { 1, 2 }, 0, 0, true },
        { { 3, 2 }, 0, 0, false },
        { { 4, 3 }, 0, 0, true },
        { { 4, 3 }, 0, authors_only, true },
        { { 4, 3 }, 0, text_only, false },
        { { 0, 1 }, 2, 0, true },
        { { 3, 2 }, 50, 0, false },
        { { 0, 0 }, 50, 0, false },
        { { 2, 0 }, 1, 0, true },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_record_phrase phrase = { cases[i].words, 2,     cases[i].window,
                                    cases[i].kinds, false, NULL };
        cr_expect(eq(int, made_holds(query, 1, &phrase), cases[i].is_held), "case %zu",
                  i);
    }
    kh_record_query_free(query);
    made_records_free(records);
}

/* Operands of NEAR within 4 words; what is marked: by hit, in octal, its words. */
static void expect_near(const char *text, const uint8_t *numbers, size_t n,
                        const bool *goes_on, const char *wanted)
{
    kh_str texts[] = { KH_STR("river"), KH_STR("held"), KH_STR("in"),
                       KH_STR("abeyance") };
    kh_record_word words[4];
    for (size_t i = 0; i < 4; i++)
        words[i] = word_of(KH_RECORD_FORM, &texts[i]);
    const char *const paragraphs[] = { text, NULL };
    kh_article article = article_of("en", paragraphs);
    kh_records *records = made_records(&article, 1, 0);
    kh_record_query *query = query_of(records, words, 4);
    kh_record_phrase phrase = { numbers, n, 4, 0, false, goes_on };
    for (size_t i = 0; i < n; i++)
        phrase.window += goes_on[i];

    kh_record_hits hits;
    uint32_t marked[16] = { 0 };
    cr_assert(eq(int, kh_record_hits_read(&hits, query, 1, NULL), KH_OK));
    cr_assert(le(sz, hits.n_hits, KH_COUNT_OF(marked)));
    kh_record_mark_near(marked, hits.hits, hits.n_hits, &phrase);
    KH_AUTO_BUF got;
    kh_buf_init(&got, 1024);
    uint32_t any = 0;
    for (size_t k = 0; k < hits.n_hits; k++) {
        kh_buf_printf(&got, k > 0 ? " %o" : "%o", marked[k]);
        any |= marked[k];
    }
    cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)wanted), "'%s'", text);
    cr_expect(eq(int, made_holds(query, 1, &phrase), any != 0), "'%s'", text);
    kh_record_query_free(query);
    made_records_free(records);
}

Test(record_words, of_a_phrase_are_near_as_a_whole)
{
    static const struct {
        const char *text;
        const char *marked;
    } cases[] = {
        /* river NEAR/4 "held in abeyance" */
        { "River held in abeyance.", "1 2 4 10" },
        { "Held in abeyance, river.", "2 4 10 1" },
        { "In abeyance held river.", "0 0 0 0" },
        { "In river, held in abeyance in.", "0 1 2 4 10 0" },
        { "Held river, in abeyance.", "0 0 0 0" },
        { "River a b c held in abeyance.", "1 2 4 10" },
        { "River a b c d held in abeyance.", "0 0 0 0" },
        { "Held in abeyance a b c river.", "2 4 10 1" },
        { "Held held in abeyance river.", "0 2 4 10 1" },
    };
    static const uint8_t words[] = { 0, 1, 2, 3 };
    static const bool goes_on[] = { false, false, true, true };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        expect_near(cases[i].text, words, 4, goes_on, cases[i].marked);
}

Test(record_words, of_two_operands_are_in_two_places)
{
    static const uint8_t twice[] = { 1, 1 };
    static const uint8_t inside[] = { 0, 1, 2, 2 }; /* "river held in" and "in" */
    static const uint8_t shared[] = { 0, 1, 1, 2 }; /* "river held", "held in" */
    static const uint8_t three[] = { 1, 2, 3 };
    static const bool alone[] = { false, false, false };
    static const bool inner[] = { false, true, true, false };
    static const bool pairs[] = { false, true, false, true };

    expect_near("Held, a held.", twice, 2, alone, "2 2");
    expect_near("Held, a b c d e held.", twice, 2, alone, "0 0");
    expect_near("River held in a.", inside, 4, inner, "0 0 0");
    expect_near("River held in a in.", inside, 4, inner, "1 2 4 4");
    expect_near("River held in.", shared, 4, pairs, "0 0 0");
    expect_near("River held, held in.", shared, 4, pairs, "1 2 2 4");
    expect_near("River held in; river held in.", shared, 4, pairs, "1 2 4 1 2 4");
    expect_near("In a abeyance b held.", three, 3, alone, "4 10 2");
    expect_near("In a abeyance b c held.", three, 3, alone, "0 0 0");
}

/* Each unit is the word alone and with the next one: as many ways through a run as
 * Fibonacci has rabbits. */
Test(record_words, of_many_readings_take_no_time, .timeout = 20)
{
    enum { N_UNITS = 120, N_WORDS = 80 };
    static kh_hit hits[2 * N_UNITS];
    static uint8_t words[N_WORDS + 1];
    static bool goes_on[N_WORDS + 1];
    static uint32_t marked[2 * N_UNITS];
    for (uint32_t i = 0; i < 2 * N_UNITS; i++)
        hits[i] = (kh_hit){ .position = i / 2, .words = 1, .n_units = 1 + i % 2 };
    for (size_t k = 1; k < N_WORDS; k++)
        goes_on[k] = true;
    words[N_WORDS - 1] = 1; /* stands nowhere */
    kh_record_phrase phrase = { words, N_WORDS + 1, 9 + N_WORDS, 0, false, goes_on };

    kh_record_mark_near(marked, hits, KH_COUNT_OF(hits), &phrase);
    for (size_t i = 0; i < KH_COUNT_OF(hits); i++)
        cr_expect(eq(u32, marked[i], 0), "hit %zu", i);

    static const bool alone[N_WORDS] = { false };
    kh_record_phrase same = { words, 30, 100, 0, false, alone };
    kh_record_mark_near(marked, hits, 28, &same); /* 14 places for 30 operands */
}

Test(record_words, over_the_limit_are_refused)
{
    kh_records *records = made_records(NULL, 0, 10);
    kh_record_word words[KH_RECORD_WORDS_MAX + 1] = { 0 };
    kh_record_query *query;
    kh_error err;

    kh_status status =
        kh_record_query_open(&query, records, words, KH_RECORD_WORDS_MAX + 1, &err);
    cr_expect(eq(int, status, KH_ERR_LIMIT));

    query = query_of(records, words, KH_RECORD_WORDS_MAX);
    static const uint8_t numbers[] = { KH_RECORD_WORDS_MAX };
    kh_record_phrase phrase = { .words = numbers, .n = 1 };
    bool is_held;
    cr_expect(
        eq(int, kh_record_holds(&is_held, query, 1, &phrase, &err), KH_ERR_ARGUMENT));
    phrase.n = 0;
    cr_expect(
        eq(int, kh_record_holds(&is_held, query, 2, &phrase, &err), KH_ERR_NOT_FOUND));
    cr_expect(eq(int, made_holds(query, 1, &phrase), false));
    kh_record_query_free(query);
    made_records_free(records);
}

/* A character asked for as every pair that begins with it: too many for atoms. */
Test(record_words, of_very_many_pairs_are_told_by_their_first_character)
{
    const char *const paragraphs[] = { "中国的水坝", "水坝中", NULL };
    kh_article article = article_of("zh", paragraphs);
    kh_records *records = made_records(&article, 1, 0);
    kh_arena *arena = kh_arena_open();
    kh_record_word words[KH_RECORD_WORDS_MAX];
    static const char *const firsts[] = { "中", "坝", "美" };
    for (uint32_t i = 0; i < KH_RECORD_WORDS_MAX; i++) {
        kh_str *pairs = kh_arena_alloc(arena, 200 * sizeof(kh_str));
        for (uint32_t k = 0; k < 200; k++) {
            char second[4];
            size_t len = kh_utf8_put(second, 0x4E00 + i * 200 + k);
            pairs[k] =
                kh_arena_printf(arena, "%s%.*s", firsts[i % 3], (int)len, second);
        }
        words[i] = (kh_record_word){ .kind = KH_RECORD_TERM,
                                     .variants = pairs,
                                     .n_variants = i < 3 ? 200 : 4 };
    }
    kh_record_query *query = query_of(records, words, KH_RECORD_WORDS_MAX);

    kh_record_hits hits;
    cr_assert(eq(int, kh_record_hits_read(&hits, query, 1, NULL), KH_OK));

    uint32_t seen = 0;
    for (size_t i = 0; i < hits.n_hits; i++)
        seen |= hits.hits[i].words & 7u;
    cr_expect(eq(u32, seen, 3));
    kh_record_query_free(query);
    kh_arena_free(arena);
    made_records_free(records);
}

Test(record_words, come_with_all_sentences)
{
    const char *const paragraphs[] = { "One two. Three!", "Four five six.", NULL };
    kh_article article = article_of("en", paragraphs);
    article.blocks[0].kind = KH_BLOCK_TITLE;
    article.place = KH_STR("New Delhi");
    kh_records *records = made_records(&article, 1, 0);
    kh_str text = KH_STR("delhi");
    kh_record_word word = word_of(KH_RECORD_FORM, &text);
    kh_record_query *query = query_of(records, &word, 1);

    kh_record_hits hits;
    kh_error err;
    cr_assert(eq(int, kh_record_hits_read(&hits, query, 1, &err), KH_OK));

    const kh_record_sentence wanted[] = { { 0, 2, 0, KH_BLOCK_TITLE },
                                          { 2, 1, 0, KH_BLOCK_TITLE },
                                          { 3, 3, 1, KH_BLOCK_PARAGRAPH },
                                          { 6, 2, 2, KH_BLOCK_PLACE } };
    cr_assert(eq(sz, hits.n_sentences, 4));
    for (size_t i = 0; i < 4; i++) {
        cr_expect(eq(u32, hits.sentences[i].position, wanted[i].position));
        cr_expect(eq(u32, hits.sentences[i].n_units, wanted[i].n_units));
        cr_expect(eq(int, hits.sentences[i].block, wanted[i].block));
        cr_expect(eq(int, hits.sentences[i].kind, wanted[i].kind));
    }
    cr_assert(eq(sz, hits.n_hits, 1));
    cr_expect(eq(u32, hits.hits[0].position, 7));
    cr_expect(eq(u32, hits.hits[0].sentence, 3));
    kh_record_query_free(query);
    made_records_free(records);
}

/* Shangri in Shangri-La is a unit, and the first of a compound that is the word, too.
 */
Test(record_words, stand_once_where_they_are_a_unit_and_a_compound)
{
    const char *const paragraphs[] = { "A Shangri-La of its own.", NULL };
    kh_article article = article_of("en", paragraphs);
    kh_records *records = made_records(&article, 1, 0);
    kh_str text = KH_STR("shangri");
    kh_str compound = KH_STR("shangri-la");
    kh_record_word word = word_of(KH_RECORD_FORM, &text);
    word.compounds = &compound;
    word.n_compounds = 1;
    kh_record_query *query = query_of(records, &word, 1);
    static const uint8_t twice[] = { 0, 0 };
    kh_record_phrase near = { .words = twice, .n = 2, .window = 5 };
    cr_expect(not(made_holds(query, 1, &near)));
    near.n = 1;
    cr_expect(made_holds(query, 1, &near));
    kh_record_query_free(query);
    made_records_free(records);
}
