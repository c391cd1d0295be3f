/* Dictionaries of the rests: one for each language that has enough articles. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/buf.h"
#include "made_records.h"
#include "records.h"
#include "support/dice.h"

TestSuite(record_dictionaries);

#define WORDS 150u /* of an article, most of them rare */

static kh_article article_of(const char *lang, unsigned number, dice *d,
                             kh_arena *arena)
{
    KH_AUTO_BUF text;
    kh_buf_init(&text, KH_BUF_MAX);
    for (unsigned i = 0; i < WORDS; i++)
        kh_buf_printf(&text, "%s%s%u", i > 0 ? ", " : "", lang, roll(d, 1000000));
    kh_block *block = kh_arena_alloc(arena, sizeof(*block));
    *block = (kh_block){ .kind = KH_BLOCK_PARAGRAPH,
                         .text = kh_arena_copy(arena, kh_buf_str(&text)) };
    return (kh_article){ .id = kh_arena_printf(arena, "%s-%u", lang, number),
                         .lang = kh_str_from(lang),
                         .format = "text",
                         .blocks = block,
                         .n_blocks = 1 };
}

/* Which dictionary a language has. */
static unsigned dictionary_of(const kh_wordlist *words, const char *lang)
{
    for (uint32_t i = 0; i < words->n_langs; i++)
        if (kh_str_equal(words->langs[i], kh_str_from(lang)))
            return words->dictionary_of[i];
    return KH_DICTIONARY_NONE;
}

static void expect_back(kh_records *records, const kh_article *article,
                        uint32_t document, kh_arena *arena)
{
    kh_excerpt excerpt;
    kh_error err;
    kh_excerpt_request request = { document, 0, UINT32_MAX, NULL, 0 };
    kh_status status = kh_record_excerpt(&excerpt, records, &request, arena, &err);
    cr_assert(eq(int, (int)status, (int)KH_OK), "%s", err.message);
    cr_expect(kh_str_equal(excerpt.text, article->blocks[0].text), "%u", document);
}

/* English has most, German and Spanish enough, French and Italian share one; read in
 * turns, so that the dictionary changes with each article. */
Test(record_dictionaries, are_of_a_language_or_shared)
{
    static const struct {
        const char *lang;
        unsigned n;
    } languages[] = {
        { "en", 60 }, { "de", 40 }, { "es", 30 }, { "fr", 15 }, { "it", 10 }
    };
    dice d = { 99 };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    static kh_article articles[200];
    uint32_t n = 0;
    for (unsigned i = 0; i < 60; i++)
        for (size_t k = 0; k < KH_COUNT_OF(languages); k++)
            if (i < languages[k].n)
                articles[n++] = article_of(languages[k].lang, i, &d, arena);

    kh_records *records = made_records(articles, n, 0);

    const kh_wordlist *words = &records->words;
    unsigned of[KH_COUNT_OF(languages)];
    for (size_t k = 0; k < KH_COUNT_OF(languages); k++) {
        of[k] = dictionary_of(words, languages[k].lang);
        cr_expect(ne(u32, of[k], KH_DICTIONARY_NONE), "%s", languages[k].lang);
        for (size_t other = 0; other < k && k < 4; other++)
            cr_expect(ne(u32, of[k], of[other]), "%s", languages[k].lang);
    }
    cr_expect(eq(u32, of[3], of[4]));
    for (uint32_t i = 0; i < n; i++)
        expect_back(records, &articles[i], i + 1, arena);
    cr_expect(eq(int, (int)kh_records_check(records, 1, NULL, NULL), (int)KH_OK));
    made_records_free(records);
}

/* Too few even together: that of the language with most. */
Test(record_dictionaries, of_few_articles_are_those_of_the_largest_language)
{
    dice d = { 7 };
    KH_AUTO(kh_arena_free) kh_arena *arena = kh_arena_open();
    static kh_article articles[100];
    uint32_t n = 0;
    for (unsigned i = 0; i < 50; i++) {
        articles[n++] = article_of("en", i, &d, arena);
        if (i < 25)
            articles[n++] = article_of("de", i, &d, arena);
        if (i < 5)
            articles[n++] = article_of("fr", i, &d, arena);
    }

    kh_records *records = made_records(articles, n, 0);

    const kh_wordlist *words = &records->words;
    cr_expect(ne(u32, dictionary_of(words, "en"), dictionary_of(words, "de")));
    cr_expect(eq(u32, dictionary_of(words, "fr"), dictionary_of(words, "en")));
    cr_expect(eq(u32, words->dictionary_of[KH_LANGS_MAX], dictionary_of(words, "en")));
    for (uint32_t i = 0; i < n; i++)
        expect_back(records, &articles[i], i + 1, arena);
    made_records_free(records);
}
