/* Suite bounds: common terms have bounds that hold, and a changed one is found. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "bounds.h"
#include "scratch.h"

TestSuite(bounds, .init = scratch_open, .fini = scratch_free);

#define N_ARTICLES 1500u /* more values than are kept while they are learnt */

/* Article i says "river" one to 30 times, in no order, beside more or less of other
 * words; every second one "treaty", one in 20 "water". */
static void write_rivers(const char *path)
{
    kh_article articles[N_ARTICLES];
    for (unsigned i = 0; i < N_ARTICLES; i++) {
        const char *paragraphs[64] = { "About a thing." };
        size_t n = 1;
        for (unsigned k = 0; k < 1 + i * 7919 % 30; k++)
            paragraphs[n++] = "One river of many.";
        for (unsigned k = 0; k < i * 104729 % 23; k++)
            paragraphs[n++] = "Something else that is said about it.";
        if (i % 2 == 0)
            paragraphs[n++] = "And a treaty.";
        if (i % 20 == 0)
            paragraphs[n++] = "No water.";
        articles[i] = article_of("en", paragraphs);
        articles[i].id = printed("%u", i);
    }
    write_articles(path, articles, N_ARTICLES);
}

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x > y ? -1 : x < y;
}

/* All values of a term, the highest first. */
static size_t values_of(double *out, kh_segment *segment, kh_str term)
{
    kh_error err;
    kh_database *database = kh_segment_database(segment);
    kh_database_stats stats;
    must(kh_database_statistics(&stats, database, &err), &err);
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    must(kh_posting_cursor_open(&cursor, database, term, &err), &err);
    size_t n = 0;
    uint32_t document;
    uint32_t wdf;
    while (kh_posting_cursor_next(cursor, &document, &wdf, &err) == KH_OK) {
        uint32_t length;
        must(kh_database_length(&length, database, document, &err), &err);
        double normal = fmax(length / stats.average_length, KH_BM25_MIN_LENGTH);
        out[n++] = wdf / (wdf + KH_BM25_K1 * (normal * KH_BM25_B + (1 - KH_BM25_B)));
    }
    qsort(out, n, sizeof(*out), descending);
    return n;
}

static void expect_near(double bound, double value, bool is_above, kh_str term)
{
    cr_expect(is_above ? bound >= value : bound <= value, "%" KH_FMT, KH_ARG(term));
    cr_expect(fabs(bound - value) < 1e-6, "%" KH_FMT ": %g for %g", KH_ARG(term), bound,
              value);
}

Test(bounds, are_those_of_the_postings)
{
    write_rivers(scratch_path("s"));
    kh_error err;
    KH_AUTO(kh_segment_free) kh_segment *segment = NULL;
    must(kh_segment_open(&segment, scratch_path("s"), &err), &err);
    kh_rank_source source = kh_segment_source(segment);
    static const char *const terms[] = { "en:river", "en:treati", "en:thing" };

    for (size_t i = 0; i < KH_COUNT_OF(terms); i++) {
        kh_str term = kh_str_from(terms[i]);
        double values[N_ARTICLES];
        size_t n = values_of(values, segment, term);
        kh_rank_bounds bounds;
        cr_assert(source.find_bounds(&bounds, source.context, term), "%s", terms[i]);
        expect_near(bounds.most, values[0], true, term);
        for (size_t k = 0; k < KH_RANK_DEPTHS; k++)
            expect_near(bounds.at_rank[k],
                        n < kh_rank_depths[k] ? 0 : values[kh_rank_depths[k] - 1],
                        false, term);
    }
    kh_rank_bounds none;
    cr_expect(not(source.find_bounds(&none, source.context, KH_STR("en:water"))));
    cr_expect(not(source.find_bounds(&none, source.context, KH_STR("Len"))));
    must(kh_segment_check(scratch_path("s"), NULL, &err), &err);
}

Test(bounds, that_were_changed_are_found)
{
    write_rivers(scratch_path("s"));
    kh_error err;
    KH_AUTO(kh_segment_free) kh_segment *segment = NULL;
    must(kh_segment_open(&segment, scratch_path("s"), &err), &err);
    kh_rank_source source = kh_segment_source(segment);
    must(kh_bounds_check(scratch_path("s"), &source, &err), &err);

    kh_str content = scratch_read(scratch_path("s/bounds"));
    cr_assert(eq(sz, content.len % KH_BOUNDS_ENTRY_BYTES, 0));
    char *changed = kh_arena_alloc(scratch_arena(), content.len);
    memcpy(changed, content.ptr, content.len);
    changed[11] ^= 1;
    scratch_write(scratch_path("s/bounds"), kh_str_make(changed, content.len));

    cr_expect(
        eq(int, kh_bounds_check(scratch_path("s"), &source, &err), KH_ERR_CORRUPT));
}

Test(bounds, of_a_cut_file_are_damage_and_a_lost_one_is_told)
{
    write_rivers(scratch_path("s"));
    kh_error err;
    kh_bounds *bounds = NULL;
    kh_str content = scratch_read(scratch_path("s/bounds"));
    scratch_write(scratch_path("s/bounds"), kh_str_slice(content, 0, content.len - 1));
    cr_expect(
        eq(int, kh_bounds_open(&bounds, scratch_path("s"), &err), KH_ERR_CORRUPT));

    cr_expect(eq(int, kh_bounds_open(&bounds, scratch_path("elsewhere"), &err),
                 KH_ERR_NOT_FOUND));
}

/* A bound that says too little would lose the best documents in silence. */
Test(bounds, that_cannot_be_are_none)
{
    static const uint32_t bad[] = { 0xFFFFFFFFu, 0x7F800000u, 0x40000000u,
                                    0xBF000000u };
    write_rivers(scratch_path("s"));
    kh_str content = scratch_read(scratch_path("s/bounds"));
    kh_error err;
    for (size_t i = 0; i < KH_COUNT_OF(bad); i++) {
        char *changed = malloc(content.len);
        memcpy(changed, content.ptr, content.len);
        for (size_t at = 8; at < content.len; at += KH_BOUNDS_ENTRY_BYTES)
            for (size_t k = 0; k < 4; k++)
                changed[at + k] = (char)(bad[i] >> (8 * k));
        scratch_write(scratch_path("s/bounds"), kh_str_make(changed, content.len));
        free(changed);
        KH_AUTO(kh_bounds_free) kh_bounds *bounds = NULL;
        must(kh_bounds_open(&bounds, scratch_path("s"), &err), &err);
        kh_rank_bounds none;
        cr_expect(not(kh_bounds_find(&none, bounds, KH_STR("en:river"))), "%x", bad[i]);
    }
}
