/* Suite compounds: hyphenated words that are short, made of digits, or rare among many
 * words that begin alike. */
#include <stdio.h>

#include "asked.h"

#define N_FORMS 80 /* more than are looked at under a stem would have been */

static asked a;

static void open_index(void)
{
    static made_article articles[3 + N_FORMS];
    static char texts[N_FORMS][64];
    static char ids[N_FORMS][16];
    articles[0] = (made_article){ "jet",        "en", "An F-16 over the G-20",
                                  "It landed.", "",   "2025-05-10" };
    articles[1] = (made_article){
        "attacks", "en",        "Years later", "They spoke of the 9-11 attacks.",
        "",        "2025-05-11"
    };
    articles[2] = (made_article){ "coop",          "en", "Two Co-ops open",
                                  "Farmers came.", "",   "2025-05-12" };
    for (int i = 0; i < N_FORMS; i++) {
        snprintf(texts[i], sizeof(texts[i]), "A coop%c%c is not one.", 'a' + i % 26,
                 'a' + i / 26);
        snprintf(ids[i], sizeof(ids[i]), "n%d", i);
        articles[3 + i] =
            (made_article){ ids[i], "en", "Nothing", texts[i], "", "2025-05-13" };
    }
    asked_open(&a, articles, 3 + N_FORMS, 1);
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
