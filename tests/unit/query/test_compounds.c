/* Suite compounds: hyphenated words that are short, made of digits, or rare among many
 * words that begin alike. */
#include <stdio.h>

#include "asked.h"

#define N_FORMS 80 /* more than are looked at under a stem would have been */

#define N_NAMED    7
#define N_HYPHENED 20 /* more than are looked for under a prefix */
#define N_LOOKED   16

static asked a;

static void open_index(void)
{
    static made_article articles[N_NAMED + N_HYPHENED + N_FORMS];
    static char texts[N_FORMS][64];
    static char ids[N_FORMS][16];
    static char parts[N_HYPHENED][64];
    static char names[N_HYPHENED][16];
    articles[0] = (made_article){ "jet",        "en", "An F-16 over the G-20",
                                  "It landed.", "",   "2025-05-10" };
    articles[1] = (made_article){
        "attacks", "en",        "Years later", "They spoke of the 9-11 attacks.",
        "",        "2025-05-11"
    };
    articles[2] = (made_article){ "coop",          "en", "Two Co-ops open",
                                  "Farmers came.", "",   "2025-05-12" };
    articles[3] =
        (made_article){ "vitamin", "en",        "Diet", "Vitamin E. Mail came late.",
                        "",        "2025-05-12" };
    articles[4] =
        (made_article){ "letter", "en", "Diet", "An e-mail.", "", "2025-05-12" };
    articles[5] =
        (made_article){ "makers", "en",        "Trade", "Goods of non-U.S. makers.",
                        "",       "2025-05-12" };
    articles[6] =
        (made_article){ "army", "en",        "Barracks", "A 50,000-man army of boys.",
                        "",     "2025-05-12" };
    for (int i = 0; i < N_HYPHENED; i++) {
        snprintf(parts[i], sizeof(parts[i]), "A pre-war%c is not one.", 'a' + i);
        snprintf(names[i], sizeof(names[i]), "h%d", i);
        articles[N_NAMED + i] =
            (made_article){ names[i], "en", "Nothing", parts[i], "", "2025-05-13" };
    }
    for (int i = 0; i < N_FORMS; i++) {
        snprintf(texts[i], sizeof(texts[i]), "A coop%c%c is not one.", 'a' + i % 26,
                 'a' + i / 26);
        snprintf(ids[i], sizeof(ids[i]), "n%d", i);
        articles[N_NAMED + N_HYPHENED + i] =
            (made_article){ ids[i], "en", "Nothing", texts[i], "", "2025-05-13" };
    }
    asked_open(&a, articles, KH_COUNT_OF(articles), 1);
}

static void close_index(void)
{
    asked_close(&a);
}

TestSuite(compounds, .init = open_index, .fini = close_index);

Test(compounds, are_found_where_the_record_decides)
{
    static const struct {
        const char *query;
        const char *ids;
    } rows[] = {
        { "title:f16", "jet" },        { "title:g20", "jet" },
        { "f16 NEAR/5 g20", "jet" },   { "\"911 attacks\"", "attacks" },
        { "coop NEAR/5 two", "coop" }, { "\"f16 over\"", "jet" },
        { "\"911 attack\"", "" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(rows); i++) {
        ask(&a, rows[i].query);
        cr_expect(eq(str, (char *)asked_ids(&a, true), (char *)rows[i].ids), "%s",
                  rows[i].query);
    }
}

Test(compounds, are_no_parts_with_a_space_between_wherever_the_query_asks)
{
    static const char *const queries[][2] = {
        { "\"email\"", "letter" },
        { "emai*", "letter" },
        { "diet NOT \"email\"", "vitamin" },
        { "diet NOT emai*", "vitamin" },
        { "(vitamin AND \"email\") OR letters", "" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(queries); i++) {
        ask(&a, queries[i][0]);
        cr_expect(eq(str, (char *)asked_ids(&a, true), (char *)queries[i][1]), "%s",
                  queries[i][0]);
    }
    ask(&a, "vitamin OR emai*");
    cr_assert(eq(sz, a.answer.n_results, 2));
    for (size_t i = 0; i < 2; i++)
        cr_expect(eq(ptr, strstr(asked_marked(&a, i), "[Mail]"), NULL), "%s",
                  asked_marked(&a, i));
}

Test(compounds, are_found_by_a_prefix_with_a_hyphen_and_without)
{
    static const char *const queries[] = { "pre-war*", "prewar*", "pre-wa*" };

    ask(&a, "coop*");
    cr_expect(eq(sz, a.answer.n_results, 1 + N_FORMS));
    ask(&a, "pre-wara*");
    cr_expect(eq(sz, a.answer.n_results, 1));
    for (size_t i = 0; i < KH_COUNT_OF(queries); i++) {
        ask(&a, queries[i]);
        cr_expect(eq(sz, a.answer.n_results, N_LOOKED), "%s", queries[i]);
        cr_expect(ne(ptr, strstr(asked_notes(&a), "hyphenated words"), NULL));
    }
}

Test(compounds, of_parts_that_folding_changes_are_found)
{
    static const char *const queries[][2] = {
        { "\"nonus\"", "makers" },
        { "\"nonus makers\"", "makers" },
        { "nonu*", "makers" },
        { "\"50000man\"", "army" },
        { "army NEAR/1 50000man", "army" },
    };
    for (size_t i = 0; i < KH_COUNT_OF(queries); i++) {
        ask(&a, queries[i][0]);
        cr_expect(eq(str, (char *)asked_ids(&a, true), (char *)queries[i][1]), "%s",
                  queries[i][0]);
    }
}
