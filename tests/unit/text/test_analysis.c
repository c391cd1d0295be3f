/* test_analysis - from a text to terms. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

#include "base/hash.h"
#include "text/fold.h"
#include "text_samples.h"

TestSuite(analysis);

typedef struct sample {
    const char *language;
    const char *text;
    const char *terms;
} sample;

static void check(const sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        KH_AUTO_BUF got;
        kh_buf_init(&got, 1 << 20);
        sample_terms(&got, samples[i].language, samples[i].text);
        cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)samples[i].terms),
                  "of '%s' in '%s'", samples[i].text, samples[i].language);
    }
}

#define CHECK(...)                               \
    static const sample samples[] = __VA_ARGS__; \
    check(samples, KH_COUNT_OF(samples))

static kh_analyser *open_analyser(const char *language)
{
    kh_analyser *analyser = NULL;
    cr_assert(eq(
        int,
        (int)kh_analyser_open(&analyser, kh_language_find(kh_str_from(language)), NULL),
        KH_OK));
    return analyser;
}

static kh_token only_token(kh_analyser *analyser, const char *text)
{
    kh_token token;
    kh_analyser_reset(analyser, kh_str_from(text), 0);
    cr_assert(kh_analyser_next(analyser, &token) == true);
    return token;
}

Test(analysis, has_one_lexeme_for_a_word_wherever_it_stands)
{
    const char *letters = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    kh_analyser *analyser = open_analyser("en");
    for (size_t len = 1; len <= 40; len++) {
        char alone[64] = { 0 };
        char followed[128] = { 0 };
        memcpy(alone, letters, len);
        memcpy(followed, letters, len);
        strcat(followed, " and more text behind it");
        const kh_lexeme *lexeme = only_token(analyser, alone).lexeme;
        uint32_t n = kh_analyser_n_lexemes(analyser);
        cr_expect(eq(ptr, (void *)(uintptr_t)only_token(analyser, followed).lexeme,
                     (void *)(uintptr_t)lexeme));
        cr_expect(eq(u32, kh_analyser_n_lexemes(analyser), n));
        alone[len - 1] = '0'; /* another word of the same length */
        cr_expect(ne(ptr, (void *)(uintptr_t)only_token(analyser, alone).lexeme,
                     (void *)(uintptr_t)lexeme));
    }
    kh_analyser_free(analyser);
}

Test(analysis, marks_terms_with_their_language)
{
    CHECK({
        { "en", "texas policies", "en:texa|en:polici" },
        { "es", "texas educación", "es:tex|es:educ" },
        { "fr", "élections", "fr:elect" },
        { "de", "Häuser", "de:haus" },
        { "tr", "IRAK", "tr:irak" },
        { "", "Texas Éducation", "texas|education" },
        { "vi", "Việt Nam", "viet|nam" },
        { "en", "1,000 5.83 covid19", "1000|5.83|en:covid19" },
        { "hi", "२०२५ भारत", "2025|hi:भारत" },
        { "en", "भारत", "en:भारत" },
    });
}

Test(analysis, stems_before_it_strips_accents)
{
    /* Accents off first, "educacion" would keep its end. */
    CHECK({
        { "es", "educación", "es:educ" },
        { "pt", "nações", "pt:naco" },
        { "ru", "ёлка", "ru:елк" },
        { "el", "ΕΛΛΆΔΑΣ", "el:ελλαδ" },
    });
}

Test(analysis, leaves_out_what_turkish_keeps_apart_by_an_apostrophe)
{
    CHECK({
        { "tr", "Türkiye Türkiye'nin Türkiye’deki Türkiye'ydi",
          "tr:turki|tr:turki|tr:turki|tr:turki" },
        { "tr", "Erdoğan'ın ERDOĞAN'IN Erdoğan'dır", "tr:erdoga|tr:erdoga|tr:erdoga" },
        { "tr", "Erdogan'in", "tr:erdoga" },
        { "tr", "Ankara'dakilerden İzmir’de", "tr:ankar|tr:izmir" },
        { "tr", "CHP'lilerin NATO'yla TL'lik X'ten", "tr:chp|tr:nato|tr:tl|tr:x" },
        { "tr", "Bakanlığı'ndan Meclis'ce Türk-İş'in",
          "tr:bakanlik|tr:meclis|tr:turk|tr:is|[tr:turkis]" },
        { "tr", "Kur'an Kur'anı Kur'an'ın Kur'an",
          "tr:kur'a|tr:kur'a|tr:kur'a|tr:kur'a" },
        { "tr", "O'Brien O'Brien'ın don't", "tr:o'brien|tr:o'brien|tr:don't" },
        { "az", "NATO'nun Əliyev’dən", "nato|əliyev" },
        { "de", "Ankara'da", "de:ankara'da" },
        { "", "Ankara'da", "ankara'da" },
    });
}

Test(analysis, of_a_suffix_keeps_the_folded_word)
{
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("tr");
    const kh_lexeme *lexeme = only_token(analyser, "Türkiye’nin").lexeme;

    cr_expect(kh_str_equal(lexeme->surface, KH_STR("Türkiye’nin")) == true);
    cr_expect(kh_str_equal(lexeme->folded, KH_STR("türkiye'nin")) == true);
    cr_expect(kh_str_equal(lexeme->form, KH_STR("turkiye")) == true);
}

Test(analysis, makes_pairs_of_characters)
{
    CHECK({
        { "zh", "中国水", "中|(中国)|国|(国水)|水|(水)" },
        { "zh", "水", "水|(水)" },
        { "zh", "水，中国", "水|(水)|中|(中国)|国|(国)" },
        { "zh", "水abc中", "水|(水)|abc|中|(中)" },
        { "en", "水 x", "水|(水)|en:x" },
        { "ja", "ｶﾞｽ", "ガ|(ガス)|ス|(ス)" },
        { "ja", "か\u3099す", "が|(がす)|す|(す)" },
        { "ja", "ヿ", "コト|(コト)" },
        { "zh", "⼈口", "人|(人口)|口|(口)" },
        { "zh", "中-国", "中|(中)|国|(国)" },
        { "zh", "", "" },
    });
}

Test(analysis, joins_hyphenated_words)
{
    CHECK({
        { "en", "Shangri-La", "en:shangri|en:la|[en:shangrila]" },
        { "en", "cross-border talks", "en:cross|en:border|[en:crossbord]|en:talk" },
        { "en", "a-b-c", "en:a|en:b|en:c|[en:abc]" },
        { "en", "a-b-c-d", "en:a|en:b|en:c|en:d" },
        { "en", "a-b-c-d-e f-g", "en:a|en:b|en:c|en:d|en:e|en:f|en:g|[en:fg]" },
        { "en", "a-b c-d", "en:a|en:b|[en:ab]|en:c|en:d|[en:cd]" },
        { "en", "covid-19 2024-25", "en:covid|19|[en:covid19]|2024|25|[202425]" },
        { "en", "a--b", "en:a|en:b" },
        { "en", "a-中", "en:a|中|(中)" },
        { "en", "a-b-中", "en:a|en:b|[en:ab]|中|(中)" },
        { "en", "中-a-b", "中|(中)|en:a|en:b|[en:ab]" },
        { "en", "e‑mail", "en:e|en:mail|[en:email]" },
        { "", "Côte-d'Or", "cote|or" },
        { "fr", "l'arc-en-ciel", "fr:arc|fr:en|fr:ciel|[fr:arcenciel]" },
    });
}

Test(analysis, joins_no_more_than_64_bytes)
{
    char text[80];
    for (size_t len = 63; len <= 66; len++) {
        memset(text, 'a', len);
        text[30] = '-';
        text[len] = '\0';
        KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("");
        kh_token token;
        size_t n_tokens = 0;
        kh_analyser_reset(analyser, kh_str_from(text), 0);
        while (kh_analyser_next(analyser, &token))
            n_tokens++;
        cr_expect(eq(sz, n_tokens, len <= 64 ? 3 : 2), "%zu", len);
    }
}

Test(analysis, gives_places_to_tokens)
{
    static const struct {
        size_t start;
        size_t end;
        uint32_t position;
        uint32_t n_units;
        kh_token_kind kind;
        kh_word_join join;
    } expected[] = {
        { 0, 1, 7, 1, KH_TOKEN_WORD, KH_JOIN_NONE },
        { 2, 3, 8, 1, KH_TOKEN_WORD, KH_JOIN_HYPHEN },
        { 4, 5, 9, 1, KH_TOKEN_WORD, KH_JOIN_HYPHEN },
        { 0, 5, 7, 3, KH_TOKEN_COMPOUND, KH_JOIN_NONE },
        { 6, 9, 10, 1, KH_TOKEN_WORD, KH_JOIN_NONE },
        { 6, 12, 10, 2, KH_TOKEN_PAIR, KH_JOIN_NONE },
        { 9, 12, 11, 1, KH_TOKEN_WORD, KH_JOIN_CHARACTER },
        { 9, 12, 11, 1, KH_TOKEN_PAIR, KH_JOIN_CHARACTER },
        { 13, 14, 12, 1, KH_TOKEN_WORD, KH_JOIN_NONE },
    };
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("en");
    kh_token token;
    kh_analyser_reset(analyser, KH_STR("a-b-c 中国 x"), 7);
    for (size_t i = 0; i < KH_COUNT_OF(expected); i++) {
        cr_assert(kh_analyser_next(analyser, &token) == true);
        cr_expect(eq(sz, token.start, expected[i].start), "%zu", i);
        cr_expect(eq(sz, token.end, expected[i].end), "%zu", i);
        cr_expect(eq(u32, token.position, expected[i].position), "%zu", i);
        cr_expect(eq(u32, token.n_units, expected[i].n_units), "%zu", i);
        cr_expect(eq(int, (int)token.kind, (int)expected[i].kind), "%zu", i);
        cr_expect(eq(int, (int)token.join, (int)expected[i].join), "%zu", i);
    }
    cr_expect(kh_analyser_next(analyser, &token) == false);
    cr_expect(kh_analyser_next(analyser, &token) == false);
}

static void expect_same(const kh_token *a, const kh_token *b)
{
    cr_expect(eq(sz, a->start, b->start));
    cr_expect(eq(sz, a->end, b->end));
    cr_expect(eq(u32, a->position, b->position));
    cr_expect(eq(u32, a->n_units, b->n_units));
    cr_expect(eq(int, (int)a->kind, (int)b->kind));
    cr_expect(eq(int, (int)a->join, (int)b->join));
    cr_expect(eq(u32, a->lexeme->number, b->lexeme->number));
    for (size_t i = 0; a->kind == KH_TOKEN_COMPOUND && i < a->n_units; i++)
        cr_expect(eq(u32, a->parts[i]->number, b->parts[i]->number));
}

Test(analysis, gives_several_tokens_as_one_by_one)
{
    static const char *const texts[] = {
        "",
        "a-b-c 中国 x",
        "a-b",
        "one-two-three-four five",
        "a-中-b-c",
        "中-a-b 国际-x y-",
        "U.S. e-mail US",
        "x y z 中",
    };
    KH_AUTO(kh_analyser_free) kh_analyser *single = open_analyser("en");
    KH_AUTO(kh_analyser_free) kh_analyser *several = open_analyser("en");
    for (size_t i = 0; i < KH_COUNT_OF(texts); i++)
        for (size_t max = 1; max <= 8; max++) {
            kh_analyser_reset(single, kh_str_from(texts[i]), 3);
            kh_analyser_reset(several, kh_str_from(texts[i]), 3);
            kh_token tokens[8];
            kh_token token;
            size_t n;
            while ((n = kh_analyser_some(several, tokens, max)) > 0) {
                cr_assert(le(sz, n, max));
                for (size_t k = 0; k < n; k++) {
                    cr_assert(kh_analyser_next(single, &token) == true);
                    expect_same(&tokens[k], &token);
                    if (token.kind == KH_TOKEN_COMPOUND)
                        cr_expect(eq(sz, k + 1, n)); /* its parts are still there */
                }
            }
            cr_expect(kh_analyser_next(single, &token) == false, "%zu", i);
        }
}

Test(analysis, fills_a_lexeme)
{
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("es");
    const kh_lexeme *lexeme = only_token(analyser, "EDUCACIÓN").lexeme;

    cr_expect(kh_str_equal(lexeme->surface, KH_STR("EDUCACIÓN")) == true);
    cr_expect(kh_str_equal(lexeme->folded, KH_STR("educación")) == true);
    cr_expect(kh_str_equal(lexeme->form, KH_STR("educacion")) == true);
    cr_expect(kh_str_equal(lexeme->term, KH_STR("es:educ")) == true);
    cr_expect(eq(int, (int)lexeme->kind, KH_WORD_LETTERS));

    lexeme = only_token(analyser, "水").lexeme;
    cr_expect(eq(sz, lexeme->term.len, 0));
    cr_expect(eq(int, (int)lexeme->kind, KH_WORD_CHARACTER));
    cr_expect(kh_str_equal(lexeme->form, KH_STR("水")) == true);

    lexeme = only_token(analyser, "1,000").lexeme;
    cr_expect(eq(int, (int)lexeme->kind, KH_WORD_NUMBER));
}

Test(analysis, takes_a_compound_of_numbers_alone_for_a_number)
{
    static const struct {
        const char *text;
        kh_word_kind kind;
    } samples[] = { { "2024-25", KH_WORD_NUMBER },
                    { "covid-19", KH_WORD_LETTERS },
                    { "19-covid", KH_WORD_LETTERS },
                    { "a-b", KH_WORD_LETTERS } };
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("en");
    for (size_t i = 0; i < KH_COUNT_OF(samples); i++) {
        kh_token token;
        kh_analyser_reset(analyser, kh_str_from(samples[i].text), 0);
        while (kh_analyser_next(analyser, &token) && token.kind != KH_TOKEN_COMPOUND)
            continue;
        cr_assert(eq(int, (int)token.kind, KH_TOKEN_COMPOUND));
        cr_expect(eq(int, (int)token.lexeme->kind, (int)samples[i].kind), "of '%s'",
                  samples[i].text);
    }
}

Test(analysis, gives_the_same_lexeme_again)
{
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("en");

    const kh_lexeme *first = only_token(analyser, "word").lexeme;
    cr_expect(eq(u32, first->number, 0));
    cr_expect(eq(u32, kh_analyser_n_lexemes(analyser), 1));
    const kh_lexeme *again = only_token(analyser, "word").lexeme;
    cr_expect(again == first);
    const kh_lexeme *other = only_token(analyser, "Word").lexeme;
    cr_expect(other != first);
    cr_expect(eq(u32, other->number, 1));
    cr_expect(eq(u32, kh_analyser_n_lexemes(analyser), 2));
}

Test(analysis, tells_which_words_it_has_met)
{
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("en");
    KH_AUTO(kh_analyser_free) kh_analyser *fresh = open_analyser("en");
    static const char *const words[] = { "treaties", "Treaties", "1,250", "naïve" };
    for (size_t i = 0; i < KH_COUNT_OF(words); i++) {
        kh_str word = kh_str_from(words[i]);
        cr_expect(kh_analyser_known(analyser, word) == NULL);
        const kh_lexeme *met = only_token(analyser, words[i]).lexeme;
        cr_expect(kh_analyser_known(analyser, word) == met);
        const kh_lexeme *alone = kh_analyser_lexeme(fresh, word);
        cr_expect(kh_str_equal(alone->form, met->form) == true, "of '%s'", words[i]);
        cr_expect(kh_str_equal(alone->term, met->term) == true, "of '%s'", words[i]);
    }
    cr_expect(eq(u32, kh_analyser_n_lexemes(analyser), KH_COUNT_OF(words)));
}

/* Surfaces that agree in what a slot of the cache holds, or nearly. */
Test(analysis, tells_surfaces_apart)
{
    static const char *const words[] = {
        "a",
        "aa",
        "aaa",
        "aaaa",
        "aaaaa",
        "aba",
        "abba",
        "abbba",
        "abcdbcde",
        "abcdebcde",
        "abcdefgh",
        "abcdefgi",
        "bbcdefgh",
        "abcdefghx",
        "abcdefghijklmnop",
        "abcdefghxijklmnop",
        "abcdefghyijklmnop",
        "abcdefghxyijklmnop",
        "abcdefghyxijklmnop",
        "abcdefghabcdefghabcdefgh",
        "abcdefghbbcdefghabcdefgh",
        "abcdefghabcdefghabcdefghabcdefgh",
        "bc",
        "cb",
    };
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("");
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < KH_COUNT_OF(words); i++) {
            const kh_lexeme *lexeme = only_token(analyser, words[i]).lexeme;
            cr_expect(eq(u32, lexeme->number, (uint32_t)i));
            cr_expect(kh_str_equal(lexeme->surface, kh_str_from(words[i])) == true);
        }
}

Test(analysis, keeps_lexemes_while_the_cache_grows)
{
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("en");
    const kh_lexeme *first = only_token(analyser, "steadfastly-kept").lexeme;
    char word[64];
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < 30000; i++) {
            snprintf(word, sizeof(word),
                     i % 2 ? "w%u" : "aVeryMuchLongerWordThan16Bytes%u", i);
            const kh_lexeme *lexeme = only_token(analyser, word).lexeme;
            cr_assert(eq(u32, lexeme->number, i + 1));
            cr_assert(kh_str_equal(lexeme->surface, kh_str_from(word)) == true);
        }
    cr_expect(only_token(analyser, "steadfastly").lexeme == first);
    cr_expect(kh_str_equal(first->term, KH_STR("en:steadfast")) == true);
}

Test(analysis, forgets_when_asked)
{
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("en");
    only_token(analyser, "one");
    only_token(analyser, "two");

    cr_expect(kh_analyser_trim(analyser, 2) == false);
    cr_expect(eq(u32, kh_analyser_n_lexemes(analyser), 2));
    cr_expect(kh_analyser_trim(analyser, 1) == true);
    cr_expect(eq(u32, kh_analyser_n_lexemes(analyser), 0));
    kh_token token;
    cr_expect(kh_analyser_next(analyser, &token) == false);

    const kh_lexeme *lexeme = only_token(analyser, "two").lexeme;
    cr_expect(eq(u32, lexeme->number, 0));
    cr_expect(kh_str_equal(lexeme->term, KH_STR("en:two")) == true);
}

Test(analysis, of_a_new_text_knows_nothing_of_the_old)
{
    static const char *const texts[] = { "a-", "a-b", "中", "a-b-c" };
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("en");
    for (size_t i = 0; i < KH_COUNT_OF(texts); i++)
        for (int n_read = 0; n_read < 3; n_read++) {
            kh_token token;
            kh_analyser_reset(analyser, kh_str_from(texts[i]), 0);
            for (int k = 0; k < n_read; k++)
                kh_analyser_next(analyser, &token);

            kh_analyser_reset(analyser, KH_STR("-x"), 5);
            cr_assert(kh_analyser_next(analyser, &token) == true);
            cr_expect(eq(u32, token.position, 5));
            cr_expect(kh_str_equal(token.lexeme->term, KH_STR("en:x")) == true);
            cr_expect(kh_analyser_next(analyser, &token) == false);
        }
}

Test(analysis, ends_long_terms_in_a_hash)
{
    /* 3-byte letters, so that the cut has to look for the end of one. */
    char word[256];
    for (size_t i = 0; i + 3 <= 255; i += 3)
        memcpy(word + i, "भ", 3);
    word[255] = '\0';
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("");

    const kh_lexeme *lexeme = only_token(analyser, word).lexeme;
    cr_assert(eq(sz, lexeme->form.len, 255));
    cr_assert(eq(sz, lexeme->term.len, 222 + 16));
    cr_expect(memcmp(lexeme->term.ptr, word, 222) == 0);
    char hash[17];
    snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)kh_hash(lexeme->form));
    cr_expect(memcmp(lexeme->term.ptr + 222, hash, 16) == 0);

    for (size_t len = 239; len <= 242; len++) {
        char letters[256];
        memset(letters, 'a', len);
        letters[len] = '\0';
        lexeme = only_token(analyser, letters).lexeme;
        cr_expect(eq(sz, lexeme->term.len, len <= 240 ? len : 240));
        cr_expect(eq(sz, lexeme->form.len, len));
        cr_expect(eq(int, (int)kh_str_equal(lexeme->term, lexeme->form), len <= 240));
    }
}

Test(analysis, makes_no_term_empty)
{
    CHECK({
        { "", "ـ", "ـ" },
        { "ar", "ـ", "ar:ـ" },
        { "", "ʾ", "ʾ" },
        { "en", "ʾ", "en:ʾ" },
        { "", "\u3164", "\u3164" },
        { "", "ـ-a", "ـ|a|[ـa]" },
    });
}

Test(analysis, of_a_decomposed_text_is_that_of_a_composed_one)
{
    CHECK({
        { "fr", "e\u0301tat", "fr:etat" },
        { "ko", "\u1112\u1161\u11AB\u1100\u116E\u11A8", "ko:한국" },
        { "ru", "и\u0306од", "ru:йод" },
        { "ja", "か\u3099", "が|(が)" },
    });
}

Test(analysis, gives_the_term_of_a_query_word)
{
    static const char *const words[] = { "Policies", "1,000", "café", "covid19",
                                         "भारत" };
    KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser("en");
    for (size_t i = 0; i < KH_COUNT_OF(words); i++) {
        const kh_lexeme *lexeme = only_token(analyser, words[i]).lexeme;
        KH_AUTO_BUF term;
        kh_buf_init(&term, 1024);
        kh_buf_add(&term, KH_STR("<"));
        kh_term_of(analyser, &term, lexeme->folded);
        cr_expect(kh_str_equal(kh_str_slice(kh_buf_str(&term), 1, term.len),
                               lexeme->term) == true);
    }

    KH_AUTO_BUF term;
    kh_buf_init(&term, 1024);
    kh_term_of(analyser, &term, KH_STR("中国"));
    cr_expect(eq(str, (char *)kh_buf_text(&term), "中国"));
    kh_buf_reset(&term);
    kh_term_of(analyser, &term, KH_STR(""));
    cr_expect(eq(sz, term.len, 0));
}

Test(analysis, survives_broken_utf8)
{
    CHECK({
        { "en", "\xFFx\xC3y", "en:x|en:y" },
        { "zh", "中\xE4\xB8国", "中|(中)|国|(国)" },
        { "en", "a-\xC3-b", "en:a|en:b" },
    });
}

Test(analysis, opens_for_every_language)
{
    size_t n;
    const kh_language *rows = kh_language_table(&n);
    for (size_t i = 0; i < n; i++) {
        KH_AUTO(kh_analyser_free) kh_analyser *analyser = open_analyser(rows[i].code);
        kh_token token = only_token(analyser, "x");
        cr_expect(gt(sz, token.lexeme->term.len, 0));
    }

    static const kh_language broken = { .code = "xx", .stemmer = "klingon" };
    kh_analyser *analyser = NULL;
    cr_expect(
        eq(int, (int)kh_analyser_open(&analyser, &broken, NULL), KH_ERR_ARGUMENT));
    cr_expect(analyser == NULL);
    kh_analyser_free(NULL);
}

Test(analysis, names_the_versions_it_depends_on)
{
    KH_AUTO_BUF versions;
    kh_buf_init(&versions, 1024);
    kh_analysis_versions(&versions);
    cr_expect(kh_str_starts(kh_buf_str(&versions), KH_STR("analysis 4, ICU ")) == true);
    cr_expect(strstr(kh_buf_text(&versions), ", Unicode ") != NULL);
    cr_expect(strstr(kh_buf_text(&versions), ", snowball ") != NULL);
}
