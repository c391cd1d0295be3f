/* test_phrases - the counted set of phrases, and known tags made of it. */
#include <stdio.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "article/tags.h"
#include "phrases.h"

Test(phrases, are_counted)
{
    kh_phrases set = { 0 };
    kh_phrases_add(&set, KH_STR("indus waters"), 2);
    kh_phrases_add(&set, KH_STR("indus waters"), 3);
    kh_phrases_add(&set, KH_STR("dar"), UINT32_MAX);
    kh_phrases_add(&set, KH_STR("dar"), 1);

    cr_expect(eq(u32, kh_phrases_count(&set, KH_STR("indus waters")), 5));
    cr_expect(eq(u32, kh_phrases_count(&set, KH_STR("dar")), UINT32_MAX));
    cr_expect(eq(u32, kh_phrases_count(&set, KH_STR("indus")), 0));
    kh_phrases_release(&set);
    cr_expect(eq(u32, kh_phrases_count(&set, KH_STR("dar")), 0));
}

Test(phrases, are_found_among_many_and_by_pieces)
{
    kh_phrases set = { 0 };
    char text[32];
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof(text), "phrase %d", i);
        kh_phrases_add(&set, kh_str_from(text), (uint32_t)i + 1);
    }
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof(text), "phrase %d", i);
        kh_spelling spelling = kh_spelling_start();
        for (size_t k = 0; k < strlen(text); k++) {
            cr_assert(kh_phrases_may_begin(&set, &spelling) != 0);
            kh_spelling_put(&spelling, kh_str_make(text + k, 1));
        }
        cr_assert(eq(u32, kh_phrases_count_spelling(&set, &spelling), (uint32_t)i + 1));
    }
    kh_phrases_release(&set);
}

Test(phrases, know_what_none_of_them_begins_with)
{
    kh_phrases set = { 0 };
    kh_spelling other = kh_spelling_start();
    cr_expect(kh_phrases_may_begin(&set, &other) == 0);

    kh_phrases_add(&set, KH_STR("ceasefire"), 1);
    kh_spelling_put(&other, KH_STR("zzzz"));

    cr_expect(kh_phrases_may_begin(&set, &other) == 0);
    kh_phrases_release(&set);
}

Test(known_tags, count_articles_in_any_spelling)
{
    KH_AUTO(kh_known_tags_free) kh_known_tags *known = kh_known_tags_open();
    kh_known_tags_add(known, KH_STR("Shangri-La Dialogue"), 4);
    kh_known_tags_add(known, KH_STR("shangri la  dialogue"), 1);
    kh_known_tags_add(known, KH_STR("..."), 1);

    cr_expect(eq(u32, kh_known_tags_count(known, KH_STR("SHANGRI-LA DIALOGUE")), 5));
    cr_expect(eq(u32, kh_known_tags_count(known, KH_STR("Shangri")), 0));
    cr_expect(eq(u32, kh_known_tags_count(known, KH_STR("")), 0));
}

Test(known_tags, can_be_freed_when_there_are_none)
{
    kh_known_tags_free(NULL);
    kh_known_tags_free(kh_known_tags_open());
}
