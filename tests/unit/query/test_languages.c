/* Suite languages: which languages' stems a word asks for. A form that only other
 * languages have still finds the few articles of one that have its stem. */
#include <stdio.h>

#include "asked.h"

#define N_TEXAS 40 /* more than are few */

static asked a;

static const made_article articles[] = {
    { "en-door", "en", "At the Puerta del Sol", "Guests of the Hotel wait.", "",
      "2025-05-01" },
    { "es-doors", "es", "Las puertas", "Los hoteles abren las puertas.", "",
      "2025-05-02" },
    { "fr-hotels", "fr", "Les hôtels", "Les portes sont ouvertes.", "", "2025-05-03" },
    { "de-number", "de", "Hochwasser", "Es kamen 160.000 Leute, 1,5 Prozent.", "",
      "2025-05-03" },
    { "en-bytes", "en", "\uff21\uff50\uff50\uff4c\uff45 moves", /* full width */
      "To Ko\u0308ln, says O\u2019Brien of O'Neill.", "", "2025-05-04" },
    { "en-tex", "en", "A singer", "Tex Ritter sang of the plains.", "", "2025-05-04" },
};
#define N_ARTICLES KH_COUNT_OF(articles)

static void open_index(void)
{
    static made_article all[N_ARTICLES + N_TEXAS];
    static char ids[N_TEXAS][16];
    for (size_t i = 0; i < N_ARTICLES; i++)
        all[i] = articles[i];
    for (size_t i = 0; i < N_TEXAS; i++) {
        snprintf(ids[i], sizeof(ids[i]), "texas-%zu", i);
        all[N_ARTICLES + i] =
            (made_article){ ids[i], "es",        "Sequía", "En Texas no llueve.",
                            "",     "2025-05-05" };
    }
    asked_open(&a, all, KH_COUNT_OF(all), 1);
}

static void close_index(void)
{
    asked_close(&a);
}

TestSuite(languages, .init = open_index, .fini = close_index);

static void expect_ids(const char *query, const char *wanted)
{
    ask(&a, query);
    cr_expect(eq(str, (char *)asked_ids(&a, true), (char *)wanted), "%s", query);
}

Test(languages, find_few_articles_by_a_form_that_only_another_has)
{
    expect_ids("puerta", "en-door es-doors");
    expect_ids("\"la puerta\"", "");
    expect_ids("hotel", "en-door es-doors fr-hotels");
    expect_ids("+porte", "fr-hotels"); /* no language has the form */
}

Test(languages, keep_stems_of_many_articles_apart)
{
    expect_ids("tex", "en-tex"); /* texas, too, has the Spanish stem tex */
}

Test(languages, read_exact_numbers_as_each_writes_them)
{
    expect_ids("=160.000", "de-number");
    expect_ids("=160,000", "de-number");
    expect_ids("=\"160.000 leute\"", "de-number");
    expect_ids("=1,5", "de-number");
    expect_ids("=1.6", "");
}

Test(languages, compare_exact_words_and_not_their_bytes)
{
    expect_ids("=Apple", "en-bytes");
    expect_ids("=APPLE", "");
    expect_ids("=K\u00f6ln", "en-bytes"); /* the text has it decomposed */
    expect_ids("=\"K\u00f6ln says\"", "en-bytes");
    expect_ids("=Koln", "");
    expect_ids("=O'Brien", "en-bytes");
    expect_ids("=O\u2019Neill", "en-bytes");
}
