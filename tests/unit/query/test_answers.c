/* test_answers - what is said of what is found: marks, order, scores, counts. */
#include <math.h>
#include <stdio.h>

#include "archive.h"

TestSuite(answers, .init = open_each, .fini = close_each, .timeout = 100);

Test(answers, marks_what_matched_and_nothing_else)
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
        { "day NEAR/14 \"the talks\"",
          "Both sides say that the Indus Waters Treaty will be the first point of "
          "[the] [talks]. Neither would name a [day]." },
        { "\"treaty was\" NEAR/9 indus",
          "The [Indus] is a river. Its waters rise. A [treaty] [was] "
          "suspended.\n\nWaters flow past the Indus. Treaty after treaty failed." },
        { "told NEAR/5 flood", "They [told] us about the [flood]." },
        { "tag:cricket", "The ceasefire held while they played cricket by the Indus." },
        { "id:police", "The police said nothing." },
        { "+crossborder -firing", "The [crossborder] trade is back." },
        { "shangri-la dialogue", "The [Shangri]-[La] [Dialogue] opened." },
        { "\"shangrila dialogue\"", "The [Shangri]-[La] [Dialogue] opened." },
        { "谈判", /* 谈判 */
          "印度和巴基斯坦的[谈判]开始。" },
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
Test(answers, marks_no_word_of_a_phrase_outside_it)
{
    ask(&each[0], "\"waters rise\" -nowhere");

    cr_assert(eq(sz, each[0].answer.n_results, 1));
    cr_expect(eq(
        str, (char *)asked_marked(&each[0], 0),
        "Its [waters] [rise]. A treaty was suspended.\n\nWaters flow past the Indus. "
        "Treaty after treaty failed."));
}

Test(answers, marks_words_of_the_title)
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

Test(answers, says_where_the_passage_stands)
{
    ask(&each[0], "officials");

    cr_assert(eq(sz, each[0].answer.n_results, 1));
    const kh_result *result = &each[0].answer.results[0];
    cr_expect(kh_str_equal(result->excerpt.heading, KH_STR("What happens next")));
    cr_expect(kh_str_equal(result->excerpt.text, KH_STR("Officials meet in Delhi.")));
}

Test(answers, orders_by_date_with_undated_last)
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

Test(answers, turns_relevance_round)
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

Test(answers, of_filters_alone_is_newest_first)
{
    for (size_t k = 0; k < 3; k++) {
        ask(&each[k], "lang:es");
        cr_expect(eq(str, (char *)asked_ids(&each[k], false), "texas-es educacion"));
        ask(&each[k], "tag:indus*");
        cr_expect(eq(str, (char *)asked_ids(&each[k], false), "indus mixed"));
    }
}

Test(answers, takes_tags_and_dates_as_options)
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

Test(answers, wants_every_plain_word_if_told_so)
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

Test(answers, adds_its_parts_up_to_the_score)
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

Test(answers, counts_what_it_would_list)
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

Test(answers, gives_one_article_one_rank_and_score_however_it_is_cut)
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

Test(answers, counts_tags_of_the_matches)
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

Test(answers, says_which_first_stage_ran)
{
    static const struct {
        const char *query;
        const char *stage;
    } cases[] = {
        { "indus waters", "first stage: maxscore" },
        { "+indus \"waters treaty\" -cricket", "first stage: maxscore" },
        { "title:indus", "first stage: maxscore" },
        { "indus OR (waters AND treaty)", "first stage: maxscore" },
        { "indus OR (waters AND title:treaty)", "first stage: matcher" },
        { "indus AND (waters OR treaty) NOT cricket", "first stage: maxscore" },
        { "(indus OR waters) AND (treaty OR talks)", "first stage: maxscore" },
        { "(indus OR (waters AND talks)) AND (treaty OR talks)",
          "first stage: matcher" },
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

Test(answers, by_date_gives_the_same_pages_whether_all_are_verified_or_not)
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
