/* test_search - what is found, by every kind of query. */
#include "archive.h"

TestSuite(search, .init = open_each, .fini = close_each, .timeout = 100);

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
        cr_expect(eq(sz, each[k].answer.n_results, n_archive - 3));
        ask(&each[k], "-\"indus waters\"");
        cr_expect(eq(sz, each[k].answer.n_results, n_archive - 1));
        ask(&each[k], "NOT nowhere");
        cr_expect(eq(sz, each[k].answer.n_results, n_archive));
        ask(&each[k], "NOT (treaty OR cricket)");
        cr_expect(eq(sz, each[k].answer.n_results, n_archive - 3));
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
        { "both NEAR/13 \"the talks\"", "" }, /* the whole phrase */
        { "both NEAR/14 \"the talks\"", "indus" },
        { "say NEAR/3 \"the indus\"", "indus" },
        { "treaty NEAR/4 \"the first\"", "indus" },
        { "indus NEAR/1 \"the first\"", "" },
        { "title:treaty NEAR old", "mixed" },
        { "title:indus NEAR river", "" },
        { "shangri-la NEAR/1 dialogue", "sl-hyphen" }, /* one operand of two words */
        { "la-shangri NEAR/3 dialogue", "" },
        { "印度河 NEAR/1 条约", "" },
        { "印度河 NEAR/2 条约", "zh" },
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
        { "cross-bord*", "cb-hyphen cb-joined" },
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
        { "lang:zh", "zh" },
        { "lang:ZH_hans", "zh" },
        { "lang:zh-hans-cn", "zh" },
        { "lang:zh-Hant", "" },
        { "lang:zh-CN", "" }, /* a tag or what it begins with */
        { "lang:es-mx", "educacion" },
        { "lang:spa_MX", "educacion" },
        { "lang:es -lang:es-MX", "texas-es" },
        { "lang:es NOT lang:es-AR", "educacion texas-es" },
        { "lang:(es-mx OR zh-hans)", "educacion zh" },
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

Test(search, says_which_language_there_is)
{
    static const struct {
        const char *query;
        const char *notes;
    } cases[] = {
        { "lang:zh-hans-cn", "" },
        { "lang:zh-hans-tw", "no article of language 'zh-Hans-TW', but of 'zh-Hans'" },
        { "lang:zh-CN", "no article of language 'zh-CN', but of 'zh'" },
        { "indus -lang:en-gb", "no article of language 'en-GB', but of 'en'" },
        { "lang:fr-CA", "no article of language 'fr-CA'" },
        { "lang:zh-CN-Hans", "'zh-CN-Hans' is read as 'zh-CN'; "
                             "no article of language 'zh-CN', but of 'zh'" },
        { "lang:klingon", "'klingon' names no language" },
    };
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
            ask(&each[k], cases[i].query);
            cr_expect(eq(str, (char *)asked_notes(&each[k]), (char *)cases[i].notes));
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

Test(search, takes_stems_of_few_articles_for_those_of_a_form)
{
    static const row rows[] = {
        { "texas", "texas texas-es" },
        { "tex", "tex texas-es" }, /* tex is the Spanish stem, of one article */
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
