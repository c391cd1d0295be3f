/* test_search - questions to a small archive of many languages, in one segment, in
 * three, and in three with dead articles: the same answers. */
#include <math.h>
#include <stdio.h>

#include "asked.h"

static const made_article archive[] = {
    { "indus", "en", "River talks are back on the table",
      "Both sides say that the Indus Waters Treaty will be the first point of the "
      "talks. Neither would name a day.\n# What happens next\nOfficials meet in Delhi.",
      "Indus Waters Treaty|ceasefire 2025", "2025-06-05" },
    { "mixed", "en", "A treaty of old",
      "The Indus is a river. Its waters rise. A treaty was suspended.\nWaters flow "
      "past the Indus. Treaty after treaty failed.",
      "Indus basin", "2025-05" },
    { "cricket", "en", "Cricket in the valley",
      "The ceasefire held while they played cricket by the Indus.", "cricket",
      "2025-06-04T10:30:00Z" },
    { "policies", "en", "New rules", "Policies on water differ from town to town.", "",
      "2024" },
    { "police", "en", "At the station", "The police said nothing.", "", "1969-12-31" },
    { "policy", "en", "One rule", "A policy alone is not enough.", "", "" },
    { "tex", "en", "A singer", "Tex Ritter sang of the plains.", "", "2025-06-01" },
    { "texas", "en", "Drought", "Farmers in Texas wait for rain.", "", "2025-06-01" },
    { "texas-es", "es", "Sequía en Texas", "Los agricultores esperan la lluvia.", "",
      "2025-06-01" },
    { "educacion", "es", "La educación del año",
      "El gobierno habla de la educación en la región.", "", "2025-05-01" },
    { "us-capital", "en", "Trade", "The US has signed the deal.", "", "2025-03-01" },
    { "us-dots", "en", "Trade again", "The U.S. has signed another.", "",
      "2025-03-02" },
    { "us-pronoun", "en", "Voices", "They told us about the flood.", "", "2025-03-03" },
    { "sl-hyphen", "en", "In Singapore", "The Shangri-La Dialogue opened.",
      "Shangri-La Dialogue", "2025-05-30" },
    { "sl-space", "en", "In Singapore too", "The Shangri La hotel is full.", "",
      "2025-05-31" },
    { "sl-joined", "en", "In Singapore again", "Nobody sleeps at the Shangrila.", "",
      "2025-06-01" },
    { "cb-hyphen", "en", "Firing", "There was cross-border fire.", "", "2025-05-10" },
    { "cb-space", "en", "Calm", "They may cross border posts now.", "", "2025-05-11" },
    { "cb-joined", "en", "Trade routes", "The crossborder trade is back.", "",
      "2025-05-12" },
    { "zh", "zh", "印度河水条约", "印度和巴基斯坦的谈判开始。", "", "2025-06-02" },
    { "ja", "ja", "東京都の知事", "東京都は大きい。", "", "2025-06-02" },
    { "th", "th", "น้ำท่วม", "ประเทศไทยมีฝนตก", "", "2025-06-02" },
    { "hi", "hi",
      "सिंधु "
      "जल संधि",
      "दोनों "
      "पक्ष "
      "मिलेंगे।",
      "", "2025-06-02" },
};
#define N_ARCHIVE KH_COUNT_OF(archive)

/* One index of each make, opened once a test. */
static asked each[3];

static void open_each(void)
{
    static const int makes[] = { 1, 3, 4 };
    for (size_t i = 0; i < 3; i++)
        asked_open(&each[i], archive, N_ARCHIVE, makes[i]);
}

static void close_each(void)
{
    for (size_t i = 0; i < 3; i++)
        asked_close(&each[i]);
}

TestSuite(search, .init = open_each, .fini = close_each, .timeout = 100);

typedef struct row {
    const char *query;
    const char *wanted; /* ids, sorted */
} row;

static void expect_rows(const row *rows, size_t n)
{
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < n; i++) {
            ask(&each[k], rows[i].query);
            cr_expect(
                eq(str, (char *)asked_ids(&each[k], true), (char *)rows[i].wanted),
                "'%s' in index %zu: %s", rows[i].query, k, asked_ids(&each[k], true));
            cr_expect(eq(u64, each[k].answer.n_articles, each[k].answer.n_results),
                      "'%s' in index %zu: %s", rows[i].query, k,
                      asked_ids(&each[k], true));
        }
    }
}

#define EXPECT_ROWS(rows) expect_rows((rows), KH_COUNT_OF(rows))

Test(search, finds_plain_words_of_which_one_is_enough)
{
    static const row rows[] = {
        { "indus", "cricket indus mixed" },
        { "INDUS", "cricket indus mixed" },
        { "cricket texas", "cricket texas texas-es" },
        { "nowhere", "" },
        { "nowhere indus", "cricket indus mixed" },
        { "talks talks", "indus" },
        { "talk", "indus" },
        { "farmer", "texas" },
        { "", "" },
        { "*", "" },
        { "!?", "" },
    };

    EXPECT_ROWS(rows);
}

Test(search, wants_what_has_a_sign)
{
    static const row rows[] = {
        { "+indus +treaty", "indus mixed" },
        { "indus +treaty", "indus mixed" },
        { "indus -cricket", "indus mixed" },
        { "+indus -treaty", "cricket" },
        { "+nowhere indus", "" },
        { "+indus nowhere", "cricket indus mixed" },
        { "indus NOT treaty", "cricket" },
        { "indus -(treaty cricket)", "" },
        { "indus -(treaty AND talks)", "cricket mixed" },
        { "indus -(-treaty)", "indus mixed" },
        { "indus -nowhere", "cricket indus mixed" },
    };

    EXPECT_ROWS(rows);
}

Test(search, joins_with_operators)
{
    static const row rows[] = {
        { "indus AND treaty", "indus mixed" },
        { "treaty AND cricket", "" },
        { "treaty OR cricket", "cricket indus mixed" },
        { "indus AND (talks OR cricket)", "cricket indus" },
        { "talks OR cricket AND indus", "cricket indus" },
        { "talks cricket AND indus", "cricket indus" },
        { "indus AND NOT treaty", "cricket" },
        { "treaty OR \"the police\"", "indus mixed police" },
        { "\"indus waters\" OR \"cross border\"", "cb-hyphen cb-space indus" },
        { "\"indus waters\" AND talks", "indus" },
        { "nowhere OR talks", "indus" },
        { "nowhere AND talks", "" },
    };

    EXPECT_ROWS(rows);
}

Test(search, holds_phrases_to_their_order)
{
    static const row rows[] = {
        { "\"indus waters treaty\"", "indus" },
        { "\"Indus Waters TREATY\"", "indus" },
        { "“indus waters”", "indus" },
        { "\"waters indus\"", "" },
        { "\"indus treaty\"", "mixed" },  /* over a sentence's end */
        { "\"indus water treaty\"", "" }, /* the form, not the stem */
        { "\"treaty waters\"", "" },      /* never over a paragraph's end */
        { "\"on the table both\"", "" },
        { "\"treaty after treaty\"", "mixed" },
        { "\"treaty\"", "indus mixed" },
        { "\"treaties\"", "" },
        { "\"shangri la dialogue\"", "sl-hyphen" },
        { "\"shangri-la hotel\"", "sl-space" },
        { "\"nowhere at all\"", "" },
        { "\"\"", "" },
        { "talks \"indus waters\"", "indus" },
        { "cricket \"indus waters\"", "indus" },
    };

    EXPECT_ROWS(rows);
}

Test(search, leaves_out_by_phrase_and_by_nothing_else)
{
    static const row rows[] = {
        { "indus -\"indus waters\"", "cricket mixed" },
        { "indus NOT \"waters indus\"", "cricket indus mixed" },
        { "indus -\"indus waters\" -cricket", "mixed" },
        { "indus -(\"indus waters\" OR cricket)", "mixed" },
        { "indus -(NOT \"indus waters\")", "indus" },
        { "indus -(treaty AND \"indus waters\")", "cricket mixed" },
        { "indus -title:cricket", "indus mixed" },
        { "indus -(treaty NEAR/3 suspended)", "cricket indus" },
        { "indus -=Treaty", "cricket" },
        { "indus -=treaty", "cricket" },
    };

    EXPECT_ROWS(rows);
}

Test(search, answers_a_query_of_not_alone)
{
    for (size_t k = 0; k < 3; k++) {
        ask(&each[k], "NOT indus");
        cr_expect(eq(sz, each[k].answer.n_results, N_ARCHIVE - 3));
        ask(&each[k], "-\"indus waters\"");
        cr_expect(eq(sz, each[k].answer.n_results, N_ARCHIVE - 1));
        ask(&each[k], "NOT nowhere");
        cr_expect(eq(sz, each[k].answer.n_results, N_ARCHIVE));
        ask(&each[k], "NOT (treaty OR cricket)");
        cr_expect(eq(sz, each[k].answer.n_results, N_ARCHIVE - 3));
    }
}

Test(search, measures_nearness_in_words)
{
    static const row rows[] = {
        { "treaty NEAR/3 suspended", "mixed" },
        { "suspended NEAR/3 treaty", "mixed" },
        { "treaty NEAR/2 suspended", "mixed" },
        { "treaty NEAR/1 suspended", "" },
        { "indus NEAR/1 waters", "indus" },
        { "indus NEAR/5 treaty", "indus mixed" },
        { "table NEAR sides", "" }, /* never over a block's end */
        { "both NEAR day", "" },
        { "both NEAR/30 day", "indus" },
        { "policy NEAR nowhere", "" },
        { "talks NEAR/2 table", "" },
        { "talks NEAR/5 table", "indus" },
        { "\"first point\" NEAR/3 talks", "indus" },
        { "\"first point\" NEAR/2 talks", "" },
        { "talks NEAR/3 \"first point\"", "indus" },
        { "\"point first\" NEAR/9 talks", "" }, /* a phrase keeps its order */
        { "\"nowhere\" NEAR/9 talks", "" },
        { "title:treaty NEAR old", "mixed" },
        { "title:indus NEAR river", "" },
    };

    EXPECT_ROWS(rows);
}

Test(search, near_takes_prefixes_and_exact_words)
{
    static const row rows[] = {
        { "suspen* NEAR/3 treaty", "mixed" }, { "=Treaty NEAR/2 Waters", "indus" },
        { "=TREATY NEAR/2 Waters", "" },      { "=policy NEAR alone", "policy" },
        { "polic* NEAR alone", "policy" },    { "nowher* NEAR alone", "" },
    };

    EXPECT_ROWS(rows);
}

Test(search, takes_exact_words_by_the_letter)
{
    static const row rows[] = {
        { "=treaty", "indus mixed" },
        { "=Treaty", "indus mixed" },
        { "=TREATY", "" },
        { "=Tex", "tex" },
        { "=tex", "tex" },
        { "=policies", "policies" },
        { "=\"Indus Waters\"", "indus" },
        { "=\"indus waters\"", "indus" },
        { "=educación", "educacion" },
        { "=educacion", "" },
        { "=US", "us-capital" },
        { "=us", "us-capital us-dots us-pronoun" },
        { "=Cricket", "cricket" },
    };

    EXPECT_ROWS(rows);
}

Test(search, finds_prefixes_that_are_no_prefix_of_the_stem)
{
    static const row rows[] = {
        { "policie*", "policies" },
        { "polic*", "police policies policy" },
        { "POLIC*", "police policies policy" },
        { "educacio*", "educacion" },
        { "educació*", "educacion" },
        { "nowher*", "" },
        { "indus -polic*", "cricket indus mixed" },
        { "+polic* rule", "police policies policy" },
        { "title:sequ*", "texas-es" },
        { "title:polic*", "" },
        { "title:cric*", "cricket" },
        { "मिल*", "hi" },
    };

    EXPECT_ROWS(rows);
}

Test(search, looks_in_fields)
{
    static const row rows[] = {
        { "title:treaty", "mixed" },
        { "title:\"treaty of old\"", "mixed" },
        { "title:(treaty OR drought)", "mixed texas" },
        { "title:(treaty old)", "mixed" },
        { "title:(treaty drought)", "" },
        { "title:indus", "" },
        { "treaty -title:treaty", "indus" },
        { "lang:es", "educacion texas-es" },
        { "texas lang:es", "texas-es" },
        { "texas -lang:es", "texas" },
        { "lang:ES", "educacion texas-es" },
        { "lang:spa", "educacion texas-es" },
        { "lang:zh-CN", "zh" },
        { "lang:klingon indus", "" },
        { "id:indus", "indus" },
        { "id:nowhere", "" },
        { "treaty -id:indus", "mixed" },
        { "author:nobody", "" },
        { "title:trade", "cb-joined us-capital us-dots" },
        { "title:条约", "zh" },
    };

    EXPECT_ROWS(rows);
}

Test(search, looks_up_whole_tags)
{
    static const row rows[] = {
        { "tag:\"Indus Waters Treaty\"", "indus" },
        { "tag:indus-waters-treaty", "indus" },
        { "tag:INDUS-waters-Treaty", "indus" },
        { "tag:indus", "" },
        { "tag:indus*", "indus mixed" },
        { "tag:indus-b*", "mixed" },
        { "tag:shangri-la-dialogue", "sl-hyphen" },
        { "tag:\"shangri la dialogue\"", "sl-hyphen" },
        { "indus -tag:cricket", "indus mixed" },
        { "indus tag:cricket", "cricket" },
        { "nowhere tag:cricket", "" },
        { "tag:cricket OR tag:indus-basin", "cricket mixed" },
        { "tag:(cricket OR indus-basin)", "cricket mixed" },
        { "tag:ceasefire*", "indus" },
    };

    EXPECT_ROWS(rows);
}

Test(search, says_which_tags_have_the_word)
{
    for (size_t k = 0; k < 3; k++) {
        ask(&each[k], "tag:indus");
        cr_expect(eq(str, (char *)asked_notes(&each[k]),
                     "no tag 'indus'; tags with that word: 'Indus basin' (1), "
                     "'Indus Waters Treaty' (1)"));
        ask(&each[k], "tag:zzz");
        cr_expect(eq(str, (char *)asked_notes(&each[k]), "no tag 'zzz'"));
    }
}

Test(search, takes_dates_as_exact_as_articles_are)
{
    static const row rows[] = {
        { "indus date:2025-06", "cricket indus" },
        { "indus date:2025-05", "mixed" },
        { "indus date:2025-05-17", "mixed" }, /* dated to a month: touches its days */
        { "indus date:2025", "cricket indus mixed" },
        { "indus date:2025-05..2025-06-04", "cricket mixed" },
        { "indus date:2025-05..", "cricket indus mixed" },
        { "indus date:..2025-05", "mixed" },
        { "indus since:2025-06-05", "indus" },
        { "indus until:2025-06-04", "cricket mixed" },
        { "indus until:yesterday since:2d", "cricket" },
        { "indus date:today", "indus" },
        { "indus -date:today", "cricket mixed" },
        { "date:2024-07-01", "policies" }, /* dated to a year */
        { "date:1969", "police" },
        { "date:..1969", "police" },
        { "date:1970", "" },
        { "date:1969-12-31 OR date:2024", "police policies" },
        { "polic* date:1900..2030", "police policies" },
        { "polic* -date:1900..2030", "policy" },
    };

    EXPECT_ROWS(rows);
}

Test(search, joins_spellings_with_and_without_accents)
{
    static const row rows[] = {
        { "educación", "educacion" },
        { "educacion", "educacion" },
        { "EDUCACIÓN", "educacion" },
        { "\"educacion\"", "educacion" },
        { "region", "educacion" },
        { "sequia", "texas-es" },
        { "\"sequia en texas\"", "texas-es" },
    };

    EXPECT_ROWS(rows);
}

Test(search, keeps_the_stems_of_languages_apart)
{
    static const row rows[] = {
        { "texas", "texas texas-es" },
        { "tex", "tex" },
        { "Tex", "tex" },
    };

    EXPECT_ROWS(rows);
}

Test(search, tells_acronyms_from_pronouns)
{
    static const row rows[] = {
        { "US", "us-capital us-dots" },
        { "U.S.", "us-capital us-dots" },
        { "u.s.", "us-capital us-dots" },
        { "us", "us-capital us-dots us-pronoun" },
        { "\"the US has\"", "us-capital us-dots" },
        { "\"told us\"", "us-pronoun" },
        { "told +us", "us-capital us-dots us-pronoun" },
    };

    EXPECT_ROWS(rows);
}

Test(search, finds_compounds_in_every_spelling)
{
    static const row rows[] = {
        { "+Shangri-La", "sl-hyphen sl-joined sl-space" },
        { "+shangrila", "sl-hyphen sl-joined" },
        { "+Shangri +La", "sl-hyphen sl-space" },
        { "\"Shangri-La\"", "sl-hyphen sl-space" },
        { "\"Shangri La\"", "sl-hyphen sl-space" },
        { "+cross-border", "cb-hyphen cb-joined cb-space" },
        { "+crossborder", "cb-hyphen cb-joined" },
        { "\"cross-border\"", "cb-hyphen cb-space" },
        { "cross-border -firing -calm", "cb-joined" },
    };

    EXPECT_ROWS(rows);
}

Test(search, finds_words_of_scripts_without_spaces)
{
    static const row rows[] = {
        { "印度", "zh" },   /* India */
        { "条约", "zh" },   /* treaty */
        { "印度河", "zh" }, /* Indus */
        { "\"印度河水条约"
          "\"",
          "zh" },
        { "\"河度\"", "" }, /* not in this order */
        { "+度印", "" },
        { "\"印河\"", "" }, /* not side by side */
        { "约", "zh" },     /* one character, a run's last */
        { "水", "zh" },     /* one inside a run */
        { "\"水\"", "zh" },
        { "東京", "ja" }, /* Tokyo */
        { "東京都", "ja" },
        { "京都", "ja" }, /* its last two: pairs know no words */
        { "大きい", "ja" },
        { "น้ำท่วม", "th" },
        { "ฝน", "th" }, /* rain, inside a sentence */
        { "जल", "hi" }, /* water */
        { "\"जल संधि"
          "\"",
          "hi" },
        { "\"संधि जल"
          "\"",
          "" },
        { "title:जल", "hi" },
    };

    EXPECT_ROWS(rows);
}

Test(search, marks_what_matched_and_nothing_else)
{
    static const struct {
        const char *query;
        const char *wanted; /* passage of the first result */
    } rows[] = {
        { "cricket", "The ceasefire held while they played [cricket] by the Indus." },
        { "\"by the indus\"",
          "The ceasefire held while they played cricket [by] [the] [Indus]." },
        { "+cricket -treaty",
          "The ceasefire held while they played [cricket] by the Indus." },
        { "\"indus waters\" -cricket",
          "Both sides say that the [Indus] [Waters] Treaty will be the first point of "
          "the talks. Neither would name a day." },
        { "\"the talks\"",
          "Both sides say that the Indus Waters Treaty will be the first point of "
          "[the] [talks]. Neither would name a day." },
        { "\"the talks\" treaty -old",
          "Both sides say that the Indus Waters [Treaty] will be the first point of "
          "[the] [talks]. Neither would name a day." },
        { "=Treaty -old",
          "Both sides say that the Indus Waters [Treaty] will be the first point of "
          "the talks. Neither would name a day." },
        { "policie*", "[Policies] on water differ from town to town." },
        { "=policies", "[Policies] on water differ from town to town." },
        { "farmer rains", "[Farmers] in Texas wait for [rain]." },
        { "told NEAR/5 flood", "They [told] us about the [flood]." },
        { "tag:cricket", "The ceasefire held while they played cricket by the Indus." },
        { "id:police", "The police said nothing." },
        { "+crossborder -firing", "The [crossborder] trade is back." },
        { "shangri-la dialogue", "The [Shangri]-[La] [Dialogue] opened." },
        { "\"shangrila dialogue\"", "The [Shangri]-[La] [Dialogue] opened." },
        { "谈判", /* 谈判 */
          "印度和巴基斯坦的[谈][判]开始。" },
        { "\"signed another\"", "The U.S. has [signed] [another]." },
        { "U.S. another", "The [U.S]. has signed [another]." },
    };

    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < KH_COUNT_OF(rows); i++) {
            ask(&each[k], rows[i].query);
            cr_expect(
                eq(str, (char *)asked_marked(&each[k], 0), (char *)rows[i].wanted),
                "'%s' in index %zu: %s", rows[i].query, k, asked_ids(&each[k], true));
        }
    }
}

/* Words of a phrase are marked where the phrase stands, once it stands somewhere. */
Test(search, marks_no_word_of_a_phrase_outside_it)
{
    ask(&each[0], "\"waters rise\" -nowhere");

    cr_assert(eq(sz, each[0].answer.n_results, 1));
    cr_expect(eq(
        str, (char *)asked_marked(&each[0], 0),
        "Its [waters] [rise]. A treaty was suspended.\n\nWaters flow past the Indus. "
        "Treaty after treaty failed."));
}

Test(search, marks_words_of_the_title)
{
    ask(&each[0], "+cricket +valley");

    cr_assert(eq(sz, each[0].answer.n_results, 1));
    const kh_result *result = &each[0].answer.results[0];
    cr_assert(eq(sz, result->n_title_highlights, 2));
    kh_span valley = result->title_highlights[1];
    cr_expect(
        kh_str_equal(kh_str_slice(result->article.title, valley.start, valley.end),
                     KH_STR("valley")));
}

Test(search, says_where_the_passage_stands)
{
    ask(&each[0], "officials");

    cr_assert(eq(sz, each[0].answer.n_results, 1));
    const kh_result *result = &each[0].answer.results[0];
    cr_expect(kh_str_equal(result->excerpt.heading, KH_STR("What happens next")));
    cr_expect(kh_str_equal(result->excerpt.text, KH_STR("Officials meet in Delhi.")));
}

Test(search, orders_by_date_with_undated_last)
{
    for (size_t k = 0; k < 3; k++) {
        each[k].options.sort = KH_SORT_DATE;
        ask(&each[k], "polic* indus");
        cr_expect(eq(str, (char *)asked_ids(&each[k], false),
                     "indus cricket mixed policies police policy"));
        each[k].options.is_reverse = true;
        ask(&each[k], "polic* indus");
        cr_expect(eq(str, (char *)asked_ids(&each[k], false),
                     "police policies mixed cricket indus policy"));
    }
}

Test(search, turns_relevance_round)
{
    for (size_t k = 0; k < 3; k++) {
        ask(&each[k], "indus treaty cricket");
        size_t n = each[k].answer.n_results;
        char last[64];
        snprintf(last, sizeof(last), "%" KH_FMT,
                 KH_ARG(each[k].answer.results[n - 1].article.id));
        each[k].options.is_reverse = true;
        ask(&each[k], "indus treaty cricket");
        cr_expect(
            kh_str_equal(each[k].answer.results[0].article.id, kh_str_from(last)));
    }
}

Test(search, of_filters_alone_is_newest_first)
{
    for (size_t k = 0; k < 3; k++) {
        ask(&each[k], "lang:es");
        cr_expect(eq(str, (char *)asked_ids(&each[k], false), "texas-es educacion"));
        ask(&each[k], "tag:indus*");
        cr_expect(eq(str, (char *)asked_ids(&each[k], false), "indus mixed"));
    }
}

Test(search, takes_tags_and_dates_as_options)
{
    kh_str tags[] = { KH_STR("Ceasefire-2025"), KH_STR("indus waters treaty") };
    for (size_t k = 0; k < 3; k++) {
        each[k].options.tags = tags;
        each[k].options.n_tags = 2;
        ask(&each[k], "");
        cr_expect(eq(str, (char *)asked_ids(&each[k], true), "indus"));
        ask(&each[k], "cricket");
        cr_expect(eq(str, (char *)asked_ids(&each[k], true), ""));
        each[k].options.n_tags = 0;
        each[k].options.dates = (kh_date_range){ 2025 << 9 | 6 << 5 | 4, UINT32_MAX };
        ask(&each[k], "indus");
        cr_expect(eq(str, (char *)asked_ids(&each[k], true), "cricket indus"));
        ask(&each[k], "talks OR cricket");
        cr_expect(eq(str, (char *)asked_ids(&each[k], true), "cricket indus"));
        ask(&each[k], "NOT indus");
        cr_expect(eq(str, (char *)asked_ids(&each[k], true), ""));
    }
}

Test(search, wants_every_plain_word_if_told_so)
{
    static const row rows[] = {
        { "indus treaty", "indus mixed" },
        { "indus nowhere", "" },
        { "indus (treaty cricket)", "" },
        { "indus (treaty OR cricket)", "cricket indus mixed" },
        { "indus -cricket", "indus mixed" },
        { "shangri-la singapore", "sl-hyphen sl-joined sl-space" },
        { "polic* rule", "policies policy" },
    };
    for (size_t k = 0; k < 3; k++)
        each[k].options.must_all = true;

    EXPECT_ROWS(rows);
}

Test(search, adds_its_parts_up_to_the_score)
{
    static const char *const queries[] = { "indus waters treaty", "\"indus waters\"",
                                           "treaty OR cricket", "lang:es",
                                           "river NEAR talks" };
    for (size_t k = 0; k < 3; k++) {
        each[k].options.want_explain = true;
        for (size_t i = 0; i < KH_COUNT_OF(queries); i++) {
            ask(&each[k], queries[i]);
            cr_expect(each[k].answer.explain.len > 0);
            for (size_t r = 0; r < each[k].answer.n_results; r++) {
                const kh_result *result = &each[k].answer.results[r];
                double sum = 0;
                for (size_t p = 0; p < result->n_parts; p++)
                    sum += result->parts[p].value;
                cr_expect(fabs(sum - result->score) < 1e-9, "'%s': %f, not %f",
                          queries[i], sum, result->score);
            }
        }
    }
}

Test(search, counts_what_it_would_list)
{
    static const char *const queries[] = {
        "indus",  "\"indus waters\"", "NOT indus", "indus -\"indus waters\"",
        "polic*", "tag:indus*",       "nowhere",
    };
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < KH_COUNT_OF(queries); i++) {
            ask(&each[k], queries[i]);
            size_t n = each[k].answer.n_results;
            each[k].options.limit = 0;
            each[k].options.want_count = true;
            ask(&each[k], queries[i]);
            cr_expect(eq(u64, each[k].answer.n_articles, n), "'%s'", queries[i]);
            cr_expect(each[k].answer.is_count_exact);
            each[k].options.limit = UINT32_MAX;
            each[k].options.want_count = false;
        }
    }
}

Test(search, gives_one_article_one_rank_and_score_however_it_is_cut)
{
    static const char *const queries[] = { "indus waters treaty", "river talks",
                                           "\"indus waters\" OR cricket",
                                           "texas farmers rain", "trade" };
    for (size_t i = 0; i < KH_COUNT_OF(queries); i++) {
        ask(&each[0], queries[i]);
        ask(&each[1], queries[i]);
        cr_assert(eq(sz, each[0].answer.n_results, each[1].answer.n_results));
        for (size_t r = 0; r < each[0].answer.n_results; r++) {
            const kh_result *a = &each[0].answer.results[r];
            const kh_result *b = &each[1].answer.results[r];
            cr_expect(kh_str_equal(a->article.id, b->article.id), "'%s'", queries[i]);
            cr_expect(fabs(a->score - b->score) < 1e-9, "'%s'", queries[i]);
            cr_expect(eq(u32, a->rank, (uint32_t)r + 1));
        }
    }
}

Test(search, counts_tags_of_the_matches)
{
    const kh_parse_options options = { 0 };
    for (size_t k = 0; k < 3; k++) {
        asked *a = &each[k];
        kh_parsed parsed;
        kh_tag_count *tags = NULL;
        size_t n = 0;
        uint64_t n_matches = 0;
        cr_assert(eq(int,
                     (int)kh_parse(&parsed, KH_STR("indus"), &options, a->arena, NULL),
                     (int)KH_OK));
        cr_assert(eq(int,
                     (int)kh_search_tags(&tags, &n, &n_matches, a->search, &parsed,
                                         &a->options, a->arena, NULL),
                     (int)KH_OK));
        cr_expect(eq(u64, n_matches, 3));
        cr_assert(eq(sz, n, 4));
        cr_expect(kh_str_equal(tags[0].tag.name, KH_STR("Indus Waters Treaty")));
        for (size_t i = 0; i < n; i++) {
            cr_expect(eq(u32, tags[i].n_in_match, 1));
            cr_expect(eq(u32, tags[i].tag.n_articles, 1));
        }
    }
}

Test(search, says_which_first_stage_ran)
{
    static const struct {
        const char *query;
        const char *stage;
    } cases[] = {
        { "indus waters", "first stage: maxscore" },
        { "+indus \"waters treaty\" -cricket", "first stage: maxscore" },
        { "title:indus", "first stage: maxscore" },
        { "indus OR (waters AND treaty)", "first stage: matcher" },
        { "tag:indus*", "first stage: walk" },
        { "NOT indus", "first stage: walk" },
    };
    for (size_t k = 0; k < 3; k++) {
        each[k].options.want_explain = true;
        for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
            ask(&each[k], cases[i].query);
            cr_expect(strstr(each[k].answer.explain.ptr, cases[i].stage) != NULL,
                      "'%s': %s", cases[i].query, each[k].answer.explain.ptr);
        }
    }
}

Test(search, by_date_gives_the_same_pages_whether_all_are_verified_or_not)
{
    static const char *const queries[] = { "\"indus waters\"", "indus NEAR waters",
                                           "polic*", "indus", "NOT \"indus waters\"" };
    for (size_t k = 0; k < 3; k++) {
        asked *a = &each[k];
        a->options.sort = KH_SORT_DATE;
        for (size_t i = 0; i < KH_COUNT_OF(queries) * 2; i++) {
            a->options.is_reverse = i % 2 != 0;
            a->options.want_count = true;
            ask(a, queries[i / 2]);
            size_t n = a->answer.n_results;
            uint32_t documents[100];
            cr_assert(le(sz, n, KH_COUNT_OF(documents)));
            for (size_t r = 0; r < n; r++)
                documents[r] = a->answer.results[r].document;
            cr_expect(a->answer.is_count_exact);
            cr_expect(eq(u64, a->answer.n_articles, n));
            a->options.want_count = false;
            a->options.limit = 2;
            for (a->options.offset = 0; a->options.offset <= n; a->options.offset++) {
                ask(a, queries[i / 2]);
                for (size_t r = 0; r < a->answer.n_results; r++)
                    cr_expect(eq(u32, a->answer.results[r].document,
                                 documents[a->options.offset + r]),
                              "'%s' from %u", queries[i / 2], a->options.offset);
                size_t left = n - a->options.offset;
                cr_expect(eq(sz, a->answer.n_results, left < 2 ? left : 2));
            }
            a->options.limit = UINT32_MAX;
            a->options.offset = 0;
        }
    }
}
