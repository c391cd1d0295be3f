/* test_stem - libstemmer behind its handle. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "text/language.h"

#include "stem.h"

TestSuite(stem);

Test(stem, of_a_word)
{
    KH_AUTO(kh_stemmer_free) kh_stemmer *stemmer = NULL;
    cr_assert(eq(int, (int)kh_stemmer_open(&stemmer, "english", NULL), KH_OK));

    kh_str stem = kh_stem(stemmer, KH_STR("policies"));
    cr_expect(kh_str_equal(stem, KH_STR("polici")) == true);
    stem = kh_stem(stemmer, KH_STR("texas"));
    cr_expect(kh_str_equal(stem, KH_STR("texa")) == true);
    stem = kh_stem(stemmer, KH_STR(""));
    cr_expect(eq(sz, stem.len, 0));
}

Test(stem, of_a_long_word_is_the_word)
{
    KH_AUTO(kh_stemmer_free) kh_stemmer *stemmer = NULL;
    cr_assert(eq(int, (int)kh_stemmer_open(&stemmer, "english", NULL), KH_OK));
    char word[KH_STEM_MAX_BYTES + 1];
    memset(word, 'a', sizeof(word));
    memcpy(word + sizeof(word) - 3, "ies", 3);

    kh_str whole = kh_str_make(word, sizeof(word));
    cr_expect(eq(sz, kh_stem(stemmer, whole).len, sizeof(word)));
    kh_str shorter = kh_str_make(word + 1, KH_STEM_MAX_BYTES);
    cr_expect(lt(sz, kh_stem(stemmer, shorter).len, (size_t)KH_STEM_MAX_BYTES));
}

Test(stem, knows_no_other_algorithm)
{
    kh_error err;
    kh_stemmer *stemmer = NULL;
    cr_expect(
        eq(int, (int)kh_stemmer_open(&stemmer, "klingon", &err), KH_ERR_ARGUMENT));
    cr_expect(stemmer == NULL);
    cr_expect(strstr(err.message, "'klingon'") != NULL);
    kh_stemmer_free(NULL);
}

Test(stem, exists_for_each_language_that_names_one)
{
    size_t n;
    const kh_language *rows = kh_language_table(&n);
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].stemmer)
            continue;
        KH_AUTO(kh_stemmer_free) kh_stemmer *stemmer = NULL;
        cr_expect(eq(int, (int)kh_stemmer_open(&stemmer, rows[i].stemmer, NULL), KH_OK),
                  "%s", rows[i].code);
    }
}

/* No stemmer may make a word empty: an empty term is none. */
Test(stem, is_never_empty)
{
    static const char *const words[] = { "a",   "s",  "'",  "''", "'s", "ing",
                                         "ed",  "es", "en", "un", "al", "ال",
                                         "و",   "ने",  "ο",  "η",  "и",  "ы",
                                         "lar", "ek", "ok", "de", "di", "mu" };
    size_t n;
    const kh_language *rows = kh_language_table(&n);
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].stemmer)
            continue;
        KH_AUTO(kh_stemmer_free) kh_stemmer *stemmer = NULL;
        cr_assert(
            eq(int, (int)kh_stemmer_open(&stemmer, rows[i].stemmer, NULL), KH_OK));
        for (size_t k = 0; k < KH_COUNT_OF(words); k++)
            cr_expect(gt(sz, kh_stem(stemmer, kh_str_from(words[k])).len, 0),
                      "%s in %s", words[k], rows[i].code);
    }
}

Test(stem, has_a_version)
{
    KH_AUTO_BUF version;
    kh_buf_init(&version, 100);
    kh_stemmer_version(&version);
    cr_expect(eq(str, (char *)kh_buf_text(&version), "2.2.0"));
}
