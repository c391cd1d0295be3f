/* test_stem_own - stemmers that are written for khabar. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

#include "base/decls.h"
#include "base/utf8.h"

#include "stem.h"

TestSuite(stem_own);

typedef struct sample {
    const char *word; /* folded */
    const char *stem;
} sample;

static void check(const char *algorithm, const sample *samples, size_t n)
{
    KH_AUTO(kh_stemmer_free) kh_stemmer *stemmer = NULL;
    cr_assert(eq(int, (int)kh_stemmer_open(&stemmer, algorithm, NULL), KH_OK));
    for (size_t i = 0; i < n; i++) {
        kh_str stem = kh_stem(stemmer, kh_str_from(samples[i].word));
        cr_expect(kh_str_equal(stem, kh_str_from(samples[i].stem)) == true,
                  "of '%s': '%.*s'", samples[i].word, (int)stem.len, stem.ptr);
        kh_str again = kh_stem(stemmer, kh_str_from(samples[i].stem));
        cr_expect(kh_str_equal(again, kh_str_from(samples[i].stem)) == true,
                  "of '%s' again", samples[i].stem);
    }
}

#define CHECK(algorithm, ...)                              \
    do {                                                   \
        static const sample samples[] = __VA_ARGS__;       \
        check((algorithm), samples, KH_COUNT_OF(samples)); \
    } while (0)

Test(stem_own, takes_korean_particles_off)
{
    CHECK("korean", {
                        { "정부", "정부" },         { "정부는", "정부" },
                        { "정부가", "정부" },       { "정부와", "정부" },
                        { "정부로", "정부" },       { "대통령을", "대통령" },
                        { "대통령은", "대통령" },   { "대통령이", "대통령" },
                        { "대통령께서", "대통령" }, { "대통령으로", "대통령" },
                        { "서울의", "서울" },       { "서울로", "서울" },
                        { "국회에서", "국회" },     { "한국은행이", "한국은행" },
                        { "한국은행", "한국은행" }, { "미국과", "미국" },
                        { "내일부터", "내일" },     { "부산까지", "부산" },
                        { "작년보다", "작년" },     { "장관이라고", "장관" },
                        { "총리라고", "총리" },
                    });
}

Test(stem_own, takes_several_korean_particles_off)
{
    CHECK("korean", {
                        { "국회에서는", "국회" },
                        { "국회에서의", "국회" },
                        { "정부에도", "정부" },
                        { "정부로부터는", "정부" },
                        { "시민으로서의", "시민" },
                        { "의원들", "의원" },
                        { "의원들이", "의원" },
                        { "의원들에게는", "의원" },
                        { "주민들과의", "주민" },
                    });
}

/* Two syllables stay, and a particle stands behind the sounds that it can. */
Test(stem_own, keeps_what_is_no_korean_particle)
{
    CHECK("korean", {
                        { "", "" },
                        { "은", "은" },
                        { "물은", "물은" },
                        { "회의", "회의" },
                        { "결과", "결과" },
                        { "대만", "대만" },
                        { "이란", "이란" },
                        { "전문가", "전문가" },     /* ga, but behind n */
                        { "경제효과", "경제효과" }, /* gwa, but behind a vowel */
                        { "올가을", "올가을" },     /* eul, but behind a vowel */
                        { "kbs는", "kbs는" },
                    });
}

/* Whatever ends like a particle is cut alone as well, so that it meets itself. */
Test(stem_own, joins_a_korean_noun_with_itself)
{
    CHECK("korean", {
                        { "제주도", "제주" },
                        { "제주도에", "제주" },
                        { "국무회의", "국무회" },
                        { "국무회의는", "국무회" },
                        { "우크라이나", "우크라이" },
                        { "우크라이나의", "우크라이" },
                    });
}

Test(stem_own, of_a_korean_noun_is_that_of_the_noun_with_any_particle)
{
    static const char *const nouns[] = { "정부",     "대통령",     "서울",   "국무회의",
                                         "고속도로", "우크라이나", "경기도", "전문가",
                                         "민주주의", "어린이" };
    static const char *const endings[][3] = {
        /* behind a vowel, behind rieul, behind another consonant */
        { "는", "은", "은" },
        { "가", "이", "이" },
        { "를", "을", "을" },
        { "와", "과", "과" },
        { "로", "로", "으로" },
        { "라고", "이라고", "이라고" },
        { "의", "의", "의" },
        { "에", "에", "에" },
        { "에서는", "에서는", "에서는" },
        { "에게도", "에게도", "에게도" },
        { "까지", "까지", "까지" },
        { "들은", "들은", "들은" },
        { "로부터", "로부터", "으로부터" },
    };
    KH_AUTO(kh_stemmer_free) kh_stemmer *stemmer = NULL;
    cr_assert(eq(int, (int)kh_stemmer_open(&stemmer, "korean", NULL), KH_OK));
    for (size_t i = 0; i < KH_COUNT_OF(nouns); i++) {
        kh_str noun = kh_str_from(nouns[i]);
        size_t at = noun.len;
        unsigned final = (kh_utf8_previous(noun, &at) - 0xAC00) % 28;
        size_t form = final == 0 ? 0 : final == 8 ? 1 : 2;
        kh_str wanted = kh_stem(stemmer, noun);
        for (size_t k = 0; k < KH_COUNT_OF(endings); k++) {
            char word[64];
            snprintf(word, sizeof(word), "%s%s", nouns[i], endings[k][form]);
            kh_str got = kh_stem(stemmer, kh_str_from(word));
            cr_expect(kh_str_equal(got, wanted) == true, "of '%s': '%.*s'", word,
                      (int)got.len, got.ptr);
        }
    }
}

Test(stem_own, joins_arabic_nouns_with_and_without_article)
{
    static const char *const words[][3] = {
        { "برلمان", "البرلمان", "وبالبرلمان" }, { "لبنان", "ولبنان", "بلبنان" },
        { "والد", "الوالد", "والوالد" },        { "بوليس", "البوليس", "والبوليس" },
        { "قران", "القران", "والقران" },        { "امارات", "الامارات", "بالامارات" },
        { "وزراء", "الوزراء", "والوزراء" },     { "مدرسه", "المدرسه", "والمدرسه" },
        { "رئيس", "الرئيس", "والرئيس" },        { "حكومه", "الحكومه", "للحكومه" },
        { "وزير", "الوزير", "وزيرها" },         { "ولايات", "الولايات", "ولايه" },
        { "مهندسون", "المهندسين", "مهندس" },    { "وطن", "الوطن", "وطني" },
    };
    KH_AUTO(kh_stemmer_free) kh_stemmer *stemmer = NULL;
    cr_assert(eq(int, (int)kh_stemmer_open(&stemmer, "arabic_light", NULL), KH_OK));
    for (size_t i = 0; i < KH_COUNT_OF(words); i++) {
        kh_str wanted = kh_stem(stemmer, kh_str_from(words[i][0]));
        for (size_t k = 1; k < 3; k++) {
            kh_str got = kh_stem(stemmer, kh_str_from(words[i][k]));
            cr_expect(kh_str_equal(got, wanted) == true, "of '%s': '%.*s'", words[i][k],
                      (int)got.len, got.ptr);
        }
    }
}

Test(stem_own, keeps_short_arabic_words)
{
    CHECK("arabic_light", {
                              { "", "" },
                              { "و", "و" },
                              { "ال", "ال" },
                              { "وطن", "وطن" },
                              { "ولد", "ولد" },
                              { "هي", "هي" },
                              { "كتاب", "كتاب" },
                              { "كتابها", "كتاب" },
                          });
}
