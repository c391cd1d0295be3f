/* Words and phrases in records: what is found, and that both ways find the same. */
#include "made_up.h"
#include "record_query.h"
#include "scratch.h"

TestSuite(record_words, .init = scratch_open, .fini = scratch_free);

static kh_record_word word_of(kh_record_word_kind kind, const kh_str *text)
{
    kh_record_word word = { kind, text, 1 };
    return word;
}

static kh_record_query *query_of(kh_records *records, const kh_record_word *words,
                                 size_t n)
{
    kh_record_query *query;
    kh_error err;
    must(kh_record_query_open(&query, records, words, n, &err), &err);
    return query;
}

static bool holds(kh_record_query *query, uint32_t document,
                  const kh_record_phrase *phrase)
{
    bool is_held;
    kh_error err;
    must(kh_record_holds(&is_held, query, document, phrase, &err), &err);
    return is_held;
}

/* Whether one paragraph in a language holds words of a kind, given with spaces. */
static bool text_holds(const char *lang, const char *text, kh_record_word_kind kind,
                       const char *phrase)
{
    static unsigned next;
    const char *const paragraphs[] = { text, NULL };
    kh_article article = article_of(lang, paragraphs);
    const char *path = scratch_path(printed("r%u", next++).ptr);
    write_records(path, &article, 1);
    KH_AUTO(kh_records_free) kh_records *records = records_of(path);

    kh_str texts[8];
    kh_record_word words[8];
    uint8_t numbers[8] = { 0, 1, 2, 3, 4, 5, 6, 7 };
    size_t n = 0;
    kh_str rest = kh_str_from(phrase);
    while (rest.len > 0) {
        size_t space = kh_str_find(rest, KH_STR(" "), 0);
        texts[n] = kh_str_slice(rest, 0, space);
        words[n] = word_of(kind, &texts[n]);
        n++;
        rest = space == SIZE_MAX ? KH_STR("") : kh_str_slice(rest, space + 1, rest.len);
    }
    KH_AUTO(kh_record_query_free) kh_record_query *query = query_of(records, words, n);
    kh_record_phrase asked = { numbers, n, 0, 0 };
    bool is_held = holds(query, 1, &asked);
    kh_record_query_set_slow(query, true);
    cr_expect(eq(int, holds(query, 1, &asked), is_held), "slow: %s in %s", phrase,
              text);
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
          true },
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
        { "tr", "ISTANBUL ve İSTANBUL", KH_RECORD_FORM, "istanbul ve istanbul", true },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        cr_expect(
            eq(int,
               text_holds(cases[i].lang, cases[i].text, cases[i].kind, cases[i].phrase),
               cases[i].is_held),
            "%s in %s", cases[i].phrase, cases[i].text);
}

Test(record_words, never_meet_across_blocks_and_fields)
{
    const char *const paragraphs[] = { "the end of", "the year of plenty", NULL };
    kh_article article = article_of("en", paragraphs);
    kh_str authors[] = { KH_STR("Ada Roy"), KH_STR("Year Plenty") };
    article.authors = authors;
    article.n_authors = 2;
    write_records(scratch_path("r"), &article, 1);
    KH_AUTO(kh_records_free) kh_records *records = records_of(scratch_path("r"));

    kh_str texts[] = { KH_STR("of"), KH_STR("the"), KH_STR("year"), KH_STR("roy"),
                       KH_STR("ada") };
    kh_record_word words[5];
    for (size_t i = 0; i < 5; i++)
        words[i] = word_of(KH_RECORD_FORM, &texts[i]);
    KH_AUTO(kh_record_query_free) kh_record_query *query = query_of(records, words, 5);

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
        kh_record_phrase phrase = { cases[i].words, 2, cases[i].window,
                                    cases[i].kinds };
        cr_expect(eq(int, holds(query, 1, &phrase), cases[i].is_held), "case %zu", i);
    }
}

Test(record_words, over_the_limit_are_refused)
{
    write_records(scratch_path("r"), NULL, 0);
    KH_AUTO(kh_records_free) kh_records *records = records_of(scratch_path("r"));
    kh_record_word words[KH_RECORD_WORDS_MAX + 1] = { 0 };
    kh_record_query *query;
    kh_error err;
    cr_expect(
        eq(int,
           kh_record_query_open(&query, records, words, KH_RECORD_WORDS_MAX + 1, &err),
           KH_ERR_LIMIT));
}

static const char *const langs[] = { "en", "fr", "tr", "de", "zh", "hi", "", "th" };

#define ARTICLES 160
#define BLOCKS   3

static kh_article made_up_article(dice *d, unsigned i)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    const char *paragraphs[BLOCKS + 1] = { NULL };
    for (unsigned k = 0; k < BLOCKS; k++) {
        kh_buf_reset(&text);
        made_up_text(&text, d, 5 + roll(d, 60));
        paragraphs[k] = kh_arena_copy(scratch_arena(), kh_buf_str(&text)).ptr;
    }
    return article_of(langs[i % KH_COUNT_OF(langs)], paragraphs);
}

/* Words as they follow each other in the tokens from one on, now and then another. */
static size_t draw_words(kh_record_word *words, kh_str *texts, dice *d,
                         const seen *tokens, size_t n)
{
    size_t wanted = 1 + roll(d, 4);
    size_t at = roll(d, (unsigned)n);
    kh_record_word_kind kind =
        (kh_record_word_kind)(roll(d, 5) == 0 ? roll(d, 4) : KH_RECORD_FORM);
    size_t n_words = 0;
    while (n_words < wanted && at < n) {
        const seen *token =
            roll(d, 8) == 0 ? &tokens[roll(d, (unsigned)n)] : &tokens[at];
        texts[n_words] = seen_text(token, kind);
        if (texts[n_words].len > 0) {
            words[n_words] = word_of(kind, &texts[n_words]);
            n_words++;
        }
        at++;
        while (at < n && roll(d, 4) != 0 &&
               tokens[at].position != tokens[at - 1].position + tokens[at - 1].n_units)
            at++;
    }
    return n_words;
}

Test(record_words, are_the_same_by_every_way, .timeout = 100)
{
    dice d = { 20250605 };
    kh_article articles[ARTICLES];
    for (unsigned i = 0; i < ARTICLES; i++)
        articles[i] = made_up_article(&d, i);
    write_records(scratch_path("r"), articles, ARTICLES);
    KH_AUTO(kh_records_free) kh_records *records = records_of(scratch_path("r"));

    unsigned n_held = 0;
    unsigned n_tried = 0;
    for (uint32_t document = 1; document <= ARTICLES; document++) {
        size_t n;
        const kh_article *article = &articles[document - 1];
        seen *tokens = tokens_of(&n, article, scratch_arena());
        for (unsigned i = 0; i < 60 && n > 0; i++) {
            kh_record_word words[8];
            kh_str texts[8];
            uint8_t numbers[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
            size_t n_words = draw_words(words, texts, &d, tokens, n);
            if (n_words == 0)
                continue;
            KH_AUTO(kh_record_query_free)
            kh_record_query *query = query_of(records, words, n_words);
            uint32_t window = n_words <= 2 && roll(&d, 3) == 0 &&
                                      !kh_str_equal(texts[0], texts[n_words - 1])
                                  ? 1 + roll(&d, 6)
                                  : 0;
            kh_record_phrase phrase = { numbers, n_words, window, 0 };
            for (int other = 0; other < 2; other++) {
                uint32_t at = other ? 1 + roll(&d, ARTICLES) : document;
                size_t n_there = n;
                seen *there =
                    other ? tokens_of(&n_there, &articles[at - 1], scratch_arena())
                          : tokens;
                bool wanted = brute_holds(there, n_there, words, n_words, window);
                kh_record_query_set_slow(query, false);
                cr_assert(eq(int, holds(query, at, &phrase), wanted),
                          "fast: '%.*s' ... (%zu words, kind %d, window %u) in %u",
                          KH_ARG(texts[0]), n_words, (int)words[0].kind, window, at);
                kh_record_query_set_slow(query, true);
                cr_assert(eq(int, holds(query, at, &phrase), wanted), "slow");
                n_held += wanted;
                n_tried++;
            }
        }
    }
    cr_expect(gt(u32, n_held, n_tried / 4));
    cr_expect(lt(u32, n_held, n_tried - n_tried / 8));
}

/* The hits of single words the brute way, in order. */
static void expect_hits(const kh_record_hits *hits, const seen *tokens, size_t n,
                        const kh_record_word *words, size_t n_words)
{
    size_t n_wanted = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t mask = 0;
        for (size_t w = 0; w < n_words; w++) {
            kh_str text = seen_text(&tokens[i], words[w].kind);
            if (text.len > 0 && kh_str_equal(text, words[w].variants[0]))
                mask |= 1u << w;
        }
        if (mask == 0)
            continue;
        n_wanted++;
        bool is_there = false;
        for (size_t h = 0; h < hits->n_hits; h++)
            is_there = is_there || (hits->hits[h].position == tokens[i].position &&
                                    hits->hits[h].n_units == tokens[i].n_units &&
                                    hits->hits[h].words == mask);
        cr_assert(is_there, "hit at %u", tokens[i].position);
    }
    cr_assert(eq(sz, hits->n_hits, n_wanted));
    for (size_t h = 0; h < hits->n_hits; h++) {
        const kh_hit *hit = &hits->hits[h];
        cr_assert(h == 0 || hits->hits[h - 1].position <= hit->position);
        cr_assert(lt(u32, hit->sentence, (uint32_t)hits->n_sentences));
        const kh_record_sentence *sentence = &hits->sentences[hit->sentence];
        cr_assert(le(u32, sentence->position, hit->position));
        cr_assert(lt(u32, hit->position, sentence->position + sentence->n_units));
    }
}

Test(record_words, are_all_hit_where_they_stand, .timeout = 100)
{
    dice d = { 4711 };
    kh_article articles[ARTICLES];
    for (unsigned i = 0; i < ARTICLES; i++)
        articles[i] = made_up_article(&d, i);
    write_records(scratch_path("r"), articles, ARTICLES);
    KH_AUTO(kh_records_free) kh_records *records = records_of(scratch_path("r"));

    for (uint32_t document = 1; document <= ARTICLES; document++) {
        size_t n;
        seen *tokens = tokens_of(&n, &articles[document - 1], scratch_arena());
        kh_record_word words[6];
        kh_str texts[6];
        size_t n_words = 0;
        while (n_words < 6 && n > 0) {
            kh_record_word_kind kind = (kh_record_word_kind)roll(&d, 4);
            texts[n_words] = seen_text(&tokens[roll(&d, (unsigned)n)], kind);
            if (texts[n_words].len == 0)
                continue;
            words[n_words] = word_of(kind, &texts[n_words]);
            n_words++;
        }
        KH_AUTO(kh_record_query_free)
        kh_record_query *query = query_of(records, words, n_words);
        kh_record_hits hits;
        kh_error err;
        must(kh_record_hits_read(&hits, query, document, &err), &err);
        expect_hits(&hits, tokens, n, words, n_words);
    }
}

Test(record_words, come_with_all_sentences)
{
    const char *const paragraphs[] = { "One two. Three!", "Four five six.", NULL };
    kh_article article = article_of("en", paragraphs);
    article.blocks[0].kind = KH_BLOCK_TITLE;
    article.place = KH_STR("New Delhi");
    write_records(scratch_path("r"), &article, 1);
    KH_AUTO(kh_records_free) kh_records *records = records_of(scratch_path("r"));
    kh_str text = KH_STR("delhi");
    kh_record_word word = word_of(KH_RECORD_FORM, &text);
    KH_AUTO(kh_record_query_free) kh_record_query *query = query_of(records, &word, 1);

    kh_record_hits hits;
    kh_error err;
    must(kh_record_hits_read(&hits, query, 1, &err), &err);

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
}

Test(record_words, are_counted_by_the_article_as_hits_count_them)
{
    dice d = { 99 };
    kh_article articles[40];
    for (unsigned i = 0; i < 40; i++)
        articles[i] = made_up_article(&d, i);
    write_records(scratch_path("r"), articles, 40);
    KH_AUTO(kh_records_free) kh_records *records = records_of(scratch_path("r"));
    for (uint32_t document = 1; document <= 40; document++) {
        size_t n;
        seen *tokens = tokens_of(&n, &articles[document - 1], scratch_arena());
        uint32_t n_units = 0;
        for (size_t i = 0; i < n; i++)
            if (tokens[i].position + tokens[i].n_units > n_units)
                n_units = tokens[i].position + tokens[i].n_units;
        kh_article article;
        uint32_t n_words;
        kh_error err;
        must(kh_record_article(&article, &n_words, records, document, scratch_arena(),
                               &err),
             &err);
        cr_expect(eq(u32, n_words, n_units));
    }
}
