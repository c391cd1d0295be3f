/* test_acronyms - US, IT and WHO as their writers mean them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "text_samples.h"

TestSuite(acronyms);

typedef struct sample {
    const char *text;
    const char *terms;
} sample;

static void check(const char *language, const sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        KH_AUTO_BUF got;
        kh_buf_init(&got, 1 << 20);
        sample_terms(&got, language, samples[i].text);
        cr_expect(eq(str, (char *)kh_buf_text(&got), (char *)samples[i].terms),
                  "of '%s'", samples[i].text);
    }
}

Test(acronyms, have_their_own_terms_beside_small_letters)
{
    static const sample samples[] = {
        { "US told us", "u.s.|en:told|en:us" },
        { "U.S. and U.S.A. and USA and u.s.",
          "u.s.|en:and|u.s.|en:and|u.s.|en:and|u.s." },
        { "the WHO says who", "en:the|w.h.o.|en:say|en:who" },
        { "W.H.O.", "w.h.o." },
        { "It is IT work", "en:it|en:is|i.t.|en:work" },
        { "I.T. jobs", "i.t.|en:job" },
        { "Us Usa usa", "en:us|en:usa|en:usa" },
        { "US-based", "u.s.|en:base|[en:usbas]" },
        { "the US's ally", "en:the|u.s.|en:alli" },
        { "FBI F.B.I.", "en:fbi|en:fbi" },
    };
    check("en", samples, KH_COUNT_OF(samples));
}

Test(acronyms, are_words_in_a_line_of_capitals)
{
    static const sample samples[] = {
        { "WHO CARES ABOUT IT", "en:who|en:care|en:about|en:it" },
        { "THEY TOLD US", "en:they|en:told|en:us" },
        { "IT IS SO", "en:it|en:is|en:so" },
        { "WHO", "w.h.o." },
        { "(US)", "u.s." },
        { "2024 US 3", "2024|u.s.|3" },
        { "FBI US CIA said", "en:fbi|u.s.|en:cia|en:said" },
        { "ΜΑΣ US ΕΛΛΆΔΑ", "en:μασ|en:us|en:ελλαδα" },
        { "Россия и US", "en:россия|en:и|u.s." },
        { "भारत US", "en:भारत|u.s." },
    };
    check("en", samples, KH_COUNT_OF(samples));
}

Test(acronyms, look_no_further_than_a_few_words)
{
    static const sample samples[] = {
        /* The fifth short word is out of sight. */
        { "US A B C D e", "en:us|en:a|en:b|en:c|en:d|en:e" },
        { "US A B C e", "u.s.|en:a|en:b|en:c|en:e" },
        { "e A B C US", "en:e|en:a|en:b|en:c|u.s." },
        /* The nearest word that says something decides; a small letter first. */
        { "SHOUTED US quiet", "en:shout|u.s.|en:quiet" },
        { "quiet AB US SHOUTED", "en:quiet|en:ab|en:us|en:shout" },
        { "ABCD US", "en:abcd|en:us" },
        { "quiet ABCD US", "en:quiet|en:abcd|u.s." },
        { "quiet ABCDE US", "en:quiet|en:abcd|en:us" },
    };
    check("en", samples, KH_COUNT_OF(samples));
}

Test(acronyms, look_no_further_than_128_bytes)
{
    char text[300];
    for (size_t gap = 120; gap < 140; gap++) {
        memset(text, '.', sizeof(text));
        memcpy(text, "US", 2);
        memcpy(text + 2 + gap, "quiet", 6);
        KH_AUTO_BUF got;
        kh_buf_init(&got, 1 << 20);
        sample_terms(&got, "en", text);
        /* Out of sight, the word is alone. */
        cr_expect(eq(str, (char *)kh_buf_text(&got), "u.s.|en:quiet"));

        memcpy(text + 2 + gap, "LOUDER", 7);
        kh_buf_reset(&got);
        sample_terms(&got, "en", text);
        cr_expect(eq(str, (char *)kh_buf_text(&got),
                     gap < 128 ? "en:us|en:louder" : "u.s.|en:louder"),
                  "%zu", gap);
    }
}

Test(acronyms, are_the_same_in_every_language)
{
    static const sample french[] = { { "Les US et us", "fr:le|u.s.|fr:et|fr:us" } };
    static const sample hindi[] = { { "US ने", "u.s.|hi:न" } };
    static const sample neutral[] = { { "US us it", "u.s.|us|it" } };
    check("fr", french, KH_COUNT_OF(french));
    check("hi", hindi, KH_COUNT_OF(hindi));
    check("", neutral, KH_COUNT_OF(neutral));
}

Test(acronyms, are_known_by_form_and_term)
{
    cr_expect(kh_str_equal(kh_acronym_term(KH_STR("us")), KH_STR("u.s.")) == true);
    cr_expect(kh_str_equal(kh_acronym_term(KH_STR("usa")), KH_STR("u.s.")) == true);
    cr_expect(kh_str_equal(kh_acronym_term(KH_STR("who")), KH_STR("w.h.o.")) == true);
    cr_expect(kh_str_equal(kh_acronym_term(KH_STR("it")), KH_STR("i.t.")) == true);
    cr_expect(eq(sz, kh_acronym_term(KH_STR("u")).len, 0));
    cr_expect(eq(sz, kh_acronym_term(KH_STR("usaa")).len, 0));
    cr_expect(eq(sz, kh_acronym_term(KH_STR("U.S")).len, 0));
    cr_expect(eq(sz, kh_acronym_term(KH_STR("")).len, 0));

    cr_expect(kh_is_acronym_term(KH_STR("u.s.")) == true);
    cr_expect(kh_is_acronym_term(KH_STR("w.h.o.")) == true);
    cr_expect(kh_is_acronym_term(KH_STR("i.t.")) == true);
    cr_expect(kh_is_acronym_term(KH_STR("us")) == false);
    cr_expect(kh_is_acronym_term(KH_STR("en:us")) == false);
    cr_expect(kh_is_acronym_term(KH_STR("")) == false);

    cr_expect(kh_acronym_joins_word(KH_STR("us")) == true);
    cr_expect(kh_acronym_joins_word(KH_STR("usa")) == true);
    cr_expect(kh_acronym_joins_word(KH_STR("it")) == false);
    cr_expect(kh_acronym_joins_word(KH_STR("who")) == false);
    cr_expect(kh_acronym_joins_word(KH_STR("they")) == false);
}
