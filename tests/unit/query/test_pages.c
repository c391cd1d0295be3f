/* test_pages - order, pages and counts of long answers. */
#include <stdio.h>
#include <stdlib.h>

#include "asked.h"

/* Articles that all tie: one text, four days, so that date and then key decide. */
#define N_TIED 130

static void make_tied(kh_arena *arena, made_article *out)
{
    static const char *const dates[] = { "2025-06-01", "2025-06-03", "2025-06", "" };
    for (size_t i = 0; i < N_TIED; i++)
        out[i] =
            (made_article){ .id = kh_arena_printf(arena, "tied-%zu", i).ptr,
                            .lang = "en",
                            .title = "The river",
                            .body = "Water is in the river. All of it is water.\nA "
                                    "second paragraph about nothing. Water again.",
                            .date = dates[i % 4] };
}

static asked each[3];
static kh_arena *texts;

static void open_each(void)
{
    static const int makes[] = { 1, 3, 4 };
    static made_article articles[N_TIED];
    texts = kh_arena_open();
    make_tied(texts, articles);
    for (size_t i = 0; i < 3; i++)
        asked_open(&each[i], articles, N_TIED, makes[i]);
}

static void close_each(void)
{
    for (size_t i = 0; i < 3; i++)
        asked_close(&each[i]);
    kh_arena_free(texts);
}

TestSuite(pages, .init = open_each, .fini = close_each, .timeout = 100);

Test(pages, break_ties_by_date_and_then_key)
{
    static const char *const queries[] = { "water", "\"the river\"", "lang:en",
                                           "NOT nowhere" };
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < KH_COUNT_OF(queries); i++) {
            ask(&each[k], queries[i]);
            cr_assert(eq(sz, each[k].answer.n_results, N_TIED));
            for (size_t r = 1; r < N_TIED; r++) {
                const kh_result *a = &each[k].answer.results[r - 1];
                const kh_result *b = &each[k].answer.results[r];
                if (a->score > b->score)
                    continue; /* behind the depth of the second stage */
                uint32_t a_date = kh_date_pack(&a->article.date);
                uint32_t b_date = kh_date_pack(&b->article.date);
                cr_expect(a_date > b_date || (a_date == b_date && a->key < b->key),
                          "'%s' in index %zu: %zu", queries[i], k, r);
            }
        }
    }
}

/* Every page is a window on one list, whatever its size and place. */
Test(pages, are_windows_on_one_list)
{
    static const char *const queries[] = { "water", "\"river all\"", "river -nowhere",
                                           "lang:en" };
    static const uint32_t pages[][2] = { { 0, 1 },   { 0, 10 },   { 10, 10 },
                                         { 45, 10 }, { 49, 2 },   { 50, 1 },
                                         { 60, 40 }, { 120, 50 }, { 129, 1 },
                                         { 130, 5 }, { 500, 5 } };
    for (size_t k = 0; k < 3; k++) {
        for (size_t i = 0; i < KH_COUNT_OF(queries); i++) {
            uint64_t keys[N_TIED];
            double scores[N_TIED];
            each[k].options.offset = 0;
            each[k].options.limit = UINT32_MAX;
            ask(&each[k], queries[i]);
            cr_assert(eq(sz, each[k].answer.n_results, N_TIED), "'%s'", queries[i]);
            for (size_t r = 0; r < N_TIED; r++) {
                keys[r] = each[k].answer.results[r].key;
                scores[r] = each[k].answer.results[r].score;
            }
            for (size_t p = 0; p < KH_COUNT_OF(pages); p++) {
                uint32_t offset = pages[p][0];
                each[k].options.offset = offset;
                each[k].options.limit = pages[p][1];
                ask(&each[k], queries[i]);
                size_t left = offset < N_TIED ? N_TIED - offset : 0;
                size_t wanted = left < pages[p][1] ? left : pages[p][1];
                cr_assert(eq(sz, each[k].answer.n_results, wanted));
                for (size_t r = 0; r < wanted; r++) {
                    const kh_result *result = &each[k].answer.results[r];
                    cr_expect(eq(u64, result->key, keys[offset + r]),
                              "'%s' in index %zu: %u + %zu", queries[i], k, offset, r);
                    cr_expect(eq(dbl, result->score, scores[offset + r]));
                    cr_expect(eq(u32, result->rank, offset + (uint32_t)r + 1));
                }
            }
        }
    }
}

Test(pages, by_date_are_windows_too)
{
    for (size_t k = 0; k < 3; k++) {
        uint64_t keys[N_TIED];
        each[k].options.sort = KH_SORT_DATE;
        ask(&each[k], "water");
        cr_assert(eq(sz, each[k].answer.n_results, N_TIED));
        for (size_t r = 0; r < N_TIED; r++)
            keys[r] = each[k].answer.results[r].key;
        for (uint32_t offset = 0; offset < N_TIED; offset += 17) {
            each[k].options.offset = offset;
            each[k].options.limit = 17;
            ask(&each[k], "water");
            for (size_t r = 0; r < each[k].answer.n_results; r++)
                cr_expect(eq(u64, each[k].answer.results[r].key, keys[offset + r]));
        }
        each[k].options.offset = 0;
        each[k].options.limit = UINT32_MAX;
    }
}

Test(pages, show_so_many_passages_of_an_article)
{
    for (size_t k = 0; k < 3; k++) {
        each[k].options.passage_words = 6;
        for (uint32_t n = 1; n <= 4; n++) {
            each[k].options.per_article = n == 4 ? UINT32_MAX : n;
            each[k].options.limit = UINT32_MAX;
            each[k].options.offset = 0;
            ask(&each[k], "water");
            size_t wanted = n < 3 ? n : 3; /* three sentences say it */
            cr_assert(eq(sz, each[k].answer.n_results, wanted * N_TIED));
            for (size_t r = 0; r < each[k].answer.n_results; r++) {
                const kh_result *result = &each[k].answer.results[r];
                cr_expect(eq(u32, result->rank, (uint32_t)r + 1));
                cr_expect(eq(u32, result->n_more_passages, 3 - (uint32_t)wanted));
                if (r % wanted > 0)
                    cr_expect(eq(u64, result->key, result[-1].key));
            }
            uint64_t key = each[k].answer.results[4].key;
            uint32_t sentence = each[k].answer.results[4].sentences[0];
            each[k].options.offset = 4;
            each[k].options.limit = 1;
            ask(&each[k], "water");
            cr_assert(eq(sz, each[k].answer.n_results, 1));
            cr_expect(eq(u64, each[k].answer.results[0].key, key));
            cr_expect(eq(u32, each[k].answer.results[0].sentences[0], sentence));
        }
    }
}

Test(pages, of_no_result_still_count)
{
    for (size_t k = 0; k < 3; k++) {
        each[k].options.limit = 0;
        ask(&each[k], "water");
        cr_expect(eq(sz, each[k].answer.n_results, 0));
        cr_expect(each[k].answer.n_articles >= N_TIED);
        each[k].options.want_count = true;
        ask(&each[k], "\"the river\"");
        cr_expect(eq(u64, each[k].answer.n_articles, N_TIED));
        cr_expect(each[k].answer.is_count_exact);
    }
}

/* ---- more articles than are ordered at once ---- */

#define N_MANY 5000

typedef struct shown {
    uint64_t key;
    uint32_t date; /* packed; 0 none */
} shown;

static int newest_first(const void *a, const void *b)
{
    const shown *x = a;
    const shown *y = b;
    if (x->date != y->date)
        return x->date > y->date ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

static int oldest_first(const void *a, const void *b)
{
    const shown *x = a;
    const shown *y = b;
    if ((x->date == 0) != (y->date == 0))
        return x->date == 0 ? 1 : -1;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

static shown shown_at(const asked *a, size_t i)
{
    return (shown){ a->answer.results[i].key,
                    kh_date_pack(&a->answer.results[i].article.date) };
}

/* A page of what is found: the same articles as in the list of all, sorted. */
static void expect_page(asked *a, const char *query, const shown *all, size_t n,
                        uint32_t offset, uint32_t limit)
{
    a->options.offset = offset;
    a->options.limit = limit;
    ask(a, query);
    size_t wanted = n - offset < limit ? n - offset : limit;
    cr_assert(eq(sz, a->answer.n_results, wanted));
    for (size_t i = 0; i < wanted; i++)
        cr_expect(eq(u64, shown_at(a, i).key, all[offset + i].key), "%u + %zu", offset,
                  i);
}

/* Pages by date of a query that so many of the articles match, both ways. */
static void expect_pages(asked *a, const char *query, size_t n_matches)
{
    static shown all[N_MANY];
    a->options.offset = 0;
    a->options.limit = UINT32_MAX;
    a->options.sort = KH_SORT_RELEVANCE;
    a->options.is_reverse = false;
    ask(a, query);
    size_t n = a->answer.n_results;
    cr_assert(eq(sz, n, n_matches));
    for (size_t i = 0; i < n; i++)
        all[i] = shown_at(a, i);
    a->options.sort = KH_SORT_DATE;
    for (int is_reverse = 0; is_reverse < 2; is_reverse++) {
        qsort(all, n, sizeof(*all), is_reverse ? oldest_first : newest_first);
        a->options.is_reverse = is_reverse;
        for (uint32_t offset = 0; offset < n; offset += offset < 20 ? 10 : offset)
            expect_page(a, query, all, n, offset, 10);
        expect_page(a, query, all, n, 0, 300);
        expect_page(a, query, all, n, 0, (uint32_t)n);
    }
}

static void make_many(made_article *out, kh_arena *arena)
{
    for (size_t i = 0; i < N_MANY; i++)
        out[i] = (made_article){
            .id = kh_arena_printf(arena, "many-%zu", i).ptr,
            .lang = "en",
            .title = "Rain",
            .body = i % 7 == 0 ? "Cold rain." : "Rain, cold.",
            .date = i % 5 == 0 ? ""
                               : kh_arena_printf(arena, "2025-%02zu-%02zu",
                                                 1 + i * 7 % 12, 1 + i % 28)
                                     .ptr,
        };
}

/* Of a filter the lists decide alone; of a phrase each article is asked when its turn
 * comes, so more and more are put in order. */
Test(pages_of_many, are_the_newest_or_the_oldest, .timeout = 100)
{
    static made_article articles[N_MANY];
    kh_arena *arena = kh_arena_open();
    make_many(articles, arena);
    for (int makes = 1; makes <= 4; makes += 3) {
        asked a;
        asked_open(&a, articles, N_MANY, makes);
        expect_pages(&a, "lang:en", N_MANY);
        expect_pages(&a, "\"cold rain\"", (N_MANY + 6) / 7);
        asked_close(&a);
    }
    kh_arena_free(arena);
}

/* In an archive that is in order, every article is newer than those before it. */
Test(pages_of_many, are_found_whichever_way_the_archive_lies, .timeout = 100)
{
    static made_article articles[N_MANY];
    for (int is_turned = 0; is_turned < 2; is_turned++) {
        kh_arena *arena = kh_arena_open();
        make_many(articles, arena);
        for (size_t i = 0; i < N_MANY; i++) {
            size_t day = is_turned ? N_MANY - 1 - i : i;
            articles[i].date =
                kh_arena_printf(arena, "%zu-%02zu-%02zu", 1990 + day / 336,
                                1 + day / 28 % 12, 1 + day % 28)
                    .ptr;
        }
        asked a;
        asked_open(&a, articles, N_MANY, 1);
        expect_pages(&a, "lang:en", N_MANY);
        expect_pages(&a, "\"cold rain\"", (N_MANY + 6) / 7);
        asked_close(&a);
        kh_arena_free(arena);
    }
}
