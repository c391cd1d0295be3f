/* Suite rare: a database whose rare terms stand beside its table answers as one that
 * has them in it, alone and with others. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "pulsed/pulsed.h"

#include "pulse.h"
#include "rank_random.h"
#include "scratch.h"

TestSuite(rare, .init = scratch_make, .fini = scratch_remove);

#define N_REQUESTS 2000u
#define N_QUERIES  400u

static const uint32_t sizes[RANK_SOURCES_MAX] = { 60, 25, 150 };

/* The same archive twice. */
typedef struct pair {
    rank_archive plain;
    rank_archive pulsed;
    kh_database *all_plain; /* its databases as one */
    kh_database *all_pulsed;
} pair;

static void open_all(kh_database **out, const char *pattern, uint32_t seed)
{
    char names[RANK_SOURCES_MAX][32];
    char paths[RANK_SOURCES_MAX][512];
    const char *views[RANK_SOURCES_MAX];
    for (int i = 0; i < RANK_SOURCES_MAX; i++) {
        snprintf(names[i], sizeof(names[i]), "%s%u-%d", pattern, seed, i);
        snprintf(paths[i], sizeof(paths[i]), "%s", scratch_path(names[i]));
        views[i] = paths[i];
    }
    cr_assert(eq(int, kh_database_open(out, views, RANK_SOURCES_MAX, NULL), KH_OK));
}

static void make_pair(pair *out, uint32_t seed)
{
    rank_archive_make(&out->plain, seed, sizes, RANK_SOURCES_MAX);
    out->pulsed = out->plain;
    for (int i = 0; i < RANK_SOURCES_MAX; i++) {
        char from[32];
        char to[32];
        snprintf(from, sizeof(from), "rank%u-%d", seed, i);
        snprintf(to, sizeof(to), "rare%u-%d", seed, i);
        pulse_database(scratch_path(to), scratch_path(from));
        out->pulsed.sources[i].database = database_of(scratch_path(to));
    }
    open_all(&out->all_plain, "rank", seed);
    open_all(&out->all_pulsed, "rare", seed);
}

static void release_pair(pair *p)
{
    for (int i = 0; i < RANK_SOURCES_MAX; i++)
        kh_database_free(p->pulsed.sources[i].database);
    rank_archive_release(&p->plain);
    kh_database_free(p->all_plain);
    kh_database_free(p->all_pulsed);
}

/* ---- cursors and statistics ---- */

static void expect_same_postings(kh_database *plain, kh_database *pulsed, kh_str term)
{
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *a = NULL;
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *b = NULL;
    cr_assert(eq(int, kh_posting_cursor_open(&a, plain, term, NULL), KH_OK));
    cr_assert(eq(int, kh_posting_cursor_open(&b, pulsed, term, NULL), KH_OK));
    for (uint32_t step = 0; step < 500; step++) {
        if (step % 7 == 6) { /* back, forth, and behind the end */
            uint32_t target = 1 + step * 37 % 480;
            cr_assert(eq(int, kh_posting_cursor_seek(a, target, NULL), KH_OK));
            cr_assert(eq(int, kh_posting_cursor_seek(b, target, NULL), KH_OK));
        }
        uint32_t document[2] = { 0, 0 };
        uint32_t wdf[2] = { 0, 0 };
        kh_status status = kh_posting_cursor_next(a, &document[0], &wdf[0], NULL);
        cr_assert(
            eq(int, kh_posting_cursor_next(b, &document[1], &wdf[1], NULL), status));
        cr_assert(eq(u32, document[0], document[1]));
        cr_assert(eq(u32, wdf[0], wdf[1]));
    }
}

/* No wdf of a term is over a bound. */
static bool has_wdf_within(kh_database *database, kh_str term, uint32_t bound)
{
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    cr_assert(eq(int, kh_posting_cursor_open(&cursor, database, term, NULL), KH_OK));
    uint32_t document;
    uint32_t wdf;
    while (kh_posting_cursor_next(cursor, &document, &wdf, NULL) == KH_OK)
        if (wdf > bound)
            return false;
    return true;
}

static void expect_same_terms(kh_database *plain, kh_database *pulsed, kh_str prefix)
{
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *a = NULL;
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *b = NULL;
    cr_assert(eq(int, kh_term_cursor_open(&a, plain, prefix, false, NULL), KH_OK));
    cr_assert(eq(int, kh_term_cursor_open(&b, pulsed, prefix, false, NULL), KH_OK));
    for (unsigned step = 0; step < 120; step++) {
        char target[8];
        snprintf(target, sizeof(target), "%c%u", "XvwA"[step % 4], step % 17);
        if (step > 40) {
            kh_str at = kh_str_from(target);
            cr_assert(eq(int, kh_term_cursor_seek(a, at, NULL), KH_OK));
            cr_assert(eq(int, kh_term_cursor_seek(b, at, NULL), KH_OK));
        }
        kh_str term[2] = { { 0 }, { 0 } };
        uint32_t n[2] = { 0, 0 };
        kh_status status = kh_term_cursor_next(a, &term[0], &n[0], NULL);
        cr_assert(eq(int, kh_term_cursor_next(b, &term[1], &n[1], NULL), status));
        if (status != KH_OK)
            continue;
        cr_assert(kh_str_equal(term[0], term[1]));
        cr_assert(eq(u32, n[0], n[1]));
        if (step > 40)
            continue;
        kh_term_stats stats[2];
        cr_assert(eq(int, kh_database_term(&stats[0], plain, term[0], NULL), KH_OK));
        cr_assert(eq(int, kh_database_term(&stats[1], pulsed, term[0], NULL), KH_OK));
        cr_assert(eq(u32, stats[0].n_documents, stats[1].n_documents));
        cr_assert(eq(u64, stats[0].n_occurrences, stats[1].n_occurrences));
        cr_assert(le(u32, stats[1].max_wdf, stats[0].max_wdf));
        cr_assert(has_wdf_within(pulsed, term[0], stats[1].max_wdf));
        expect_same_postings(plain, pulsed, term[0]);
    }
}

Test(rare, lists_are_the_same)
{
    pair p;
    make_pair(&p, 3);
    static const char *const prefixes[] = { "", "w", "w1", "X", "none" };
    for (size_t i = 0; i < KH_COUNT_OF(prefixes); i++) {
        kh_str prefix = kh_str_from(prefixes[i]);
        expect_same_terms(p.all_plain, p.all_pulsed, prefix);
        for (int k = 0; k < RANK_SOURCES_MAX; k++)
            expect_same_terms(p.plain.sources[k].database, p.pulsed.sources[k].database,
                              prefix);
    }
    expect_same_postings(p.all_plain, p.all_pulsed, KH_STR("nowhere"));
    expect_same_postings(p.all_plain, p.all_pulsed, KH_STR(""));
    release_pair(&p);
}

/* ---- ranking ---- */

Test(rare, ranks_are_the_same)
{
    pair p;
    make_pair(&p, 5);
    for (uint32_t seed = 0; seed < N_REQUESTS; seed++) {
        const kh_rank_request *request = rank_request_make(seed);
        size_t n = 1 + seed % RANK_SOURCES_MAX;
        kh_rank_result best[2];
        kh_rank_documents all[2];
        const rank_archive *archives[] = { &p.plain, &p.pulsed };
        for (int i = 0; i < 2; i++) {
            const kh_rank_source *sources = archives[i]->sources;
            cr_assert(eq(int, kh_rank_run(&best[i], sources, n, request, NULL), KH_OK));
            cr_assert(eq(int, kh_rank_walk(&all[i], sources, n, request, NULL), KH_OK));
        }
        cr_assert(eq(sz, best[0].n, best[1].n), "%s", rank_request_text(request));
        for (size_t i = 0; i < best[0].n; i++)
            cr_assert(best[0].matches[i].document == best[1].matches[i].document &&
                          best[0].matches[i].weight == best[1].matches[i].weight,
                      "request %u, rank %zu: %s", seed, i, rank_request_text(request));
        cr_assert(eq(u64, all[0].n, all[1].n), "%s", rank_request_text(request));
        for (int i = 0; i < 2; i++) {
            kh_rank_release(&best[i]);
            kh_rank_documents_release(&all[i]);
        }
    }
    release_pair(&p);
}

/* ---- the engine's matcher ---- */

static kh_query *word_query(kh_database *database, uint32_t seed)
{
    static const kh_match_options options = { .k1 = 1.2,
                                              .b = 0.75,
                                              .min_normalised_length = 0.5 };
    char names[16][8];
    kh_str terms[16];
    for (uint32_t i = 0; i < 16; i++) { /* many are gathered, few walked abreast */
        char letter = i == 0 ? 'w' : seed % 3 ? 'v' : 'X';
        snprintf(names[i], sizeof(names[i]), "%c%u", letter,
                 i == 0 ? seed % 16 : (seed / 16 + i) % 12);
        terms[i] = kh_str_from(names[i]);
    }
    size_t n = seed % 11 == 0 ? 12 : 1 + seed / 7 % 2;
    return kh_query_word(database, terms, n, seed % 5 != 0, &options);
}

/* (a OR b) AND c, without d, with e as it may be. */
static kh_query *nested_query(kh_database *database, uint32_t seed)
{
    kh_query *words[5];
    for (uint32_t i = 0; i < 5; i++)
        words[i] = word_query(database, seed * 31 + i * 1009);
    const kh_query *two[] = { words[0], words[1] };
    kh_query *either = kh_query_or(two, 2);
    const kh_query *both[] = { either, words[2] };
    kh_query *all =
        seed % 2 ? kh_query_and(both, 2) : kh_query_filter(either, words[2]);
    kh_query *without = kh_query_not(all, words[3]);
    kh_query *query = kh_query_maybe(without, words[4]);
    kh_query *made[] = { either, all, without };
    for (size_t i = 0; i < KH_COUNT_OF(made); i++)
        kh_query_free(made[i]);
    for (size_t i = 0; i < KH_COUNT_OF(words); i++)
        kh_query_free(words[i]);
    return query;
}

static int by_document(const void *a, const void *b)
{
    const kh_match *x = a;
    const kh_match *y = b;
    return (x->document > y->document) - (x->document < y->document);
}

/* The matcher rounds the frequency of variants once for each pair of them, a word with
 * a rare one once: so weights may differ by a document more or less. */
static void expect_same_matches(const pair *p, uint32_t seed, bool is_boolean)
{
    kh_match_options options = { .limit = UINT32_MAX,
                                 .k1 = 1.2,
                                 .b = 0.75,
                                 .min_normalised_length = 0.5,
                                 .is_boolean = is_boolean };
    kh_matches found[2];
    kh_database *databases[] = { p->all_plain, p->all_pulsed };
    for (int i = 0; i < 2; i++) {
        KH_AUTO(kh_query_free) kh_query *query = nested_query(databases[i], seed);
        kh_error err = { 0 };
        cr_assert(eq(int, kh_match_run(&found[i], databases[i], query, &options, &err),
                     KH_OK),
                  "%s", err.message);
    }
    cr_assert(eq(sz, found[0].n, found[1].n), "query %u", seed);
    for (int i = 0; i < 2 && !is_boolean; i++)
        if (found[i].n > 0)
            qsort(found[i].matches, found[i].n, sizeof(kh_match), by_document);
    for (size_t i = 0; i < found[0].n; i++) {
        const kh_match *a = &found[0].matches[i];
        const kh_match *b = &found[1].matches[i];
        cr_assert(eq(u32, a->document, b->document), "query %u", seed);
        cr_assert(fabs(a->weight - b->weight) <= 0.02 * (1 + fabs(a->weight)),
                  "query %u: %g, %g", seed, a->weight, b->weight);
        if (is_boolean)
            cr_assert(b->weight == 0);
    }
    kh_matches_release(&found[0]);
    kh_matches_release(&found[1]);
}

Test(rare, matches_are_the_same)
{
    pair p;
    make_pair(&p, 7);
    for (uint32_t seed = 0; seed < N_QUERIES; seed++) {
        expect_same_matches(&p, seed, false);
        expect_same_matches(&p, seed, true);
    }
    release_pair(&p);
}

Test(rare, a_query_of_another_database_is_refused)
{
    pair p;
    make_pair(&p, 9);
    kh_str term = KH_STR("w15");
    kh_match_options options = { .limit = 10, .k1 = 1.2, .b = 0.75 };
    KH_AUTO(kh_query_free)
    kh_query *query =
        kh_query_word(p.pulsed.sources[2].database, &term, 1, true, &options);
    kh_matches found;
    kh_error err = { 0 };
    kh_status status =
        kh_match_run(&found, p.pulsed.sources[0].database, query, &options, &err);
    cr_expect(ne(int, status, KH_OK));
    cr_expect(ne(ptr, strstr(err.message, "another database"), NULL), "%s",
              err.message);
    release_pair(&p);
}

/* ---- the check ---- */

Test(rare, check_sees_what_is_missing_or_damaged)
{
    pair p;
    make_pair(&p, 11);
    char folder[512];
    char file[600];
    snprintf(folder, sizeof(folder), "%s", scratch_path("rare11-2"));
    snprintf(file, sizeof(file), "%s/" KH_PULSED_FILE, folder);
    kh_error err = { 0 };
    cr_assert(eq(int, kh_database_check(folder, NULL, &err), KH_OK), "%s", err.message);
    file_patch(file, 9, "\x7F", 1);
    cr_expect(eq(int, kh_database_check(folder, NULL, &err), KH_ERR_CORRUPT));
    kh_database *database = database_of(folder);
    kh_term_stats stats;
    cr_expect(eq(int, kh_database_term(&stats, database, KH_STR("w15"), &err),
                 KH_ERR_CORRUPT));
    cr_expect(ne(ptr, strstr(err.message, KH_PULSED_FILE), NULL), "%s", err.message);
    kh_database_free(database);
    cr_assert(eq(int, unlink(file), 0));
    cr_expect(eq(int, kh_database_check(folder, NULL, &err), KH_ERR_CORRUPT),
              "lengths without their words");
    release_pair(&p);
}
