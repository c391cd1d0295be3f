/* Suite match: weights against an own sum of BM25 over every document, bounds, windows.
 *
 * The formula is the engine's: Robertson and Walker 1994 with the engine's idf, which
 * does not fall under log(1) for words in most documents. */
#include <math.h>
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "xapian-c/query.h"

#include "scratch.h"

TestSuite(match, .init = scratch_make, .fini = scratch_remove);

#define N_DOCUMENTS 400
#define NO_MATCH    (-1.0)

static const kh_match_options bm25 = {
    .limit = UINT32_MAX, .k1 = 1.2, .b = 0.75, .min_normalised_length = 0.5
};

static double idf_of(double termfreq)
{
    double odds = (N_DOCUMENTS - termfreq + 0.5) / (termfreq + 0.5);
    return log(odds < 2 ? odds * 0.5 + 1 : odds);
}

static unsigned termfreq_of(unsigned i)
{
    unsigned n = 0;
    for (unsigned d = 1; d <= N_DOCUMENTS; d++)
        n += archive_wdf(d, i) > 0;
    return n;
}

static double average_length(void)
{
    double total = 0;
    for (unsigned d = 1; d <= N_DOCUMENTS; d++)
        total += archive_length(d);
    return total / N_DOCUMENTS;
}

/* What wdf occurrences of a word with this termfreq are worth in a document. */
static double bm25_of(const kh_match_options *o, unsigned document, double wdf,
                      double termfreq)
{
    double length = archive_length(document) / average_length();
    if (length < o->min_normalised_length)
        length = o->min_normalised_length;
    double norm = o->k1 * (o->b * length + 1 - o->b);
    return idf_of(termfreq) * (o->k1 + 1) * wdf / (wdf + norm);
}

/* Weight of word i; NO_MATCH if the document does not have it. */
static double weight_of(const kh_match_options *o, unsigned document, unsigned i)
{
    unsigned wdf = archive_wdf(document, i);
    return wdf > 0 ? bm25_of(o, document, wdf, termfreq_of(i)) : NO_MATCH;
}

/* Run it over everything and compare with what is expected of document 1, 2, ... */
static void expect_weights(const char *what, kh_query *query, const kh_match_options *o,
                           const double *expected)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    kh_matches found;
    kh_error err = { 0 };
    cr_assert(eq(int, kh_match_run(&found, database, query, o, &err), KH_OK), "%s: %s",
              what, err.message);
    size_t n = 0;
    for (unsigned d = 1; d <= N_DOCUMENTS; d++)
        n += expected[d] != NO_MATCH;

    cr_expect(eq(sz, found.n, n), "%s", what);
    cr_expect(eq(u32, found.lower_bound, (uint32_t)n), "%s", what);
    cr_expect(eq(u32, found.estimate, (uint32_t)n), "%s", what);
    cr_expect(eq(u32, found.upper_bound, (uint32_t)n), "%s", what);
    for (size_t i = 0; i < found.n; i++) {
        kh_match match = found.matches[i];
        cr_expect(epsilon_eq(dbl, match.weight, expected[match.document], 1e-9),
                  "%s: document %u", what, match.document);
        if (i == 0)
            continue;
        kh_match before = found.matches[i - 1];
        cr_expect(before.weight > match.weight || (before.weight == match.weight &&
                                                   before.document < match.document),
                  "%s: rank %zu", what, i);
    }
    kh_matches_release(&found);
    kh_query_free(query);
}

/* Fills expected[1..] with an expression of the document d. */
#define EXPECT(what, query, options, expression)        \
    do {                                                \
        double expected[N_DOCUMENTS + 1];               \
        for (unsigned d = 1; d <= N_DOCUMENTS; d++)     \
            expected[d] = (expression);                 \
        expect_weights(what, query, options, expected); \
    } while (0)

#define W(i)            weight_of(&bm25, d, i)
#define HAS(i)          (archive_wdf(d, i) > 0)
#define OR_ZERO(weight) ((weight) == NO_MATCH ? 0 : (weight))

static kh_query *term_query(unsigned i)
{
    return kh_query_term(word(i), 1);
}

typedef kh_query *combine(const kh_query *const *parts, size_t n);

/* A combination of words; frees the leaves. */
static kh_query *words_query(combine *how, unsigned i, unsigned j)
{
    KH_AUTO(kh_query_free) kh_query *left = term_query(i);
    KH_AUTO(kh_query_free) kh_query *right = term_query(j);
    const kh_query *const both[] = { left, right };
    return how(both, 2);
}

typedef kh_query *pair(const kh_query *left, const kh_query *right);

static kh_query *pair_query(pair *how, unsigned i, unsigned j)
{
    KH_AUTO(kh_query_free) kh_query *left = term_query(i);
    KH_AUTO(kh_query_free) kh_query *right = term_query(j);
    return how(left, right);
}

Test(match, weighs_one_word)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    for (unsigned i = 0; i < ARCHIVE_WORDS; i++)
        EXPECT("word", term_query(i), &bm25, W(i));
}

Test(match, weighs_by_the_parameters)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    kh_match_options others[] = { bm25, bm25, bm25, bm25, bm25 };
    others[0].k1 = 0.9;
    others[1].b = 0;
    others[2].b = 1;
    others[3].min_normalised_length = 1.1;
    others[4].min_normalised_length = 0;
    for (size_t i = 0; i < KH_COUNT_OF(others); i++)
        EXPECT("other parameters", term_query(3), &others[i],
               weight_of(&others[i], d, 3));
}

Test(match, weighs_a_word_that_stands_twice_in_the_query)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    /* (k3 + 1) * wqf / (k3 + wqf) with k3 = 1 and wqf = 3 */
    EXPECT("wqf", kh_query_term(word(4), 3), &bm25, HAS(4) ? W(4) * 1.5 : NO_MATCH);
}

Test(match, adds_up_and_and_or)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    EXPECT("and", words_query(kh_query_and, 1, 2), &bm25,
           HAS(1) && HAS(2) ? W(1) + W(2) : NO_MATCH);
    EXPECT("or", words_query(kh_query_or, 1, 2), &bm25,
           HAS(1) || HAS(2) ? OR_ZERO(W(1)) + OR_ZERO(W(2)) : NO_MATCH);
}

Test(match, weighs_a_group_as_one_word)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    static const unsigned groups[][2] = { { 3, 7 }, { 1, 2 }, { 10, 11 }, { 2, 9 } };
    for (size_t i = 0; i < KH_COUNT_OF(groups); i++) {
        unsigned g = groups[i][0];
        unsigned h = groups[i][1];
        /* The engine takes the words as independent, and rounds. */
        double f = termfreq_of(g);
        double e = termfreq_of(h);
        double termfreq = floor(f + e - f * e / N_DOCUMENTS + 0.5);
        EXPECT("group", words_query(kh_query_group, g, h), &bm25,
               HAS(g) || HAS(h)
                   ? bm25_of(&bm25, d, archive_wdf(d, g) + archive_wdf(d, h), termfreq)
                   : NO_MATCH);
    }
}

Test(match, takes_no_weight_from_filters_and_refusals)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    EXPECT("filter", pair_query(kh_query_filter, 2, 3), &bm25,
           HAS(2) && HAS(3) ? W(2) : NO_MATCH);
    EXPECT("not", pair_query(kh_query_not, 2, 3), &bm25,
           HAS(2) && !HAS(3) ? W(2) : NO_MATCH);
}

Test(match, only_adds_for_maybe)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    EXPECT("maybe", pair_query(kh_query_maybe, 2, 3), &bm25,
           HAS(2) ? W(2) + OR_ZERO(W(3)) : NO_MATCH);
}

Test(match, scales_weights)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    KH_AUTO(kh_query_free) kh_query *leaf = term_query(2);
    KH_AUTO(kh_query_free) kh_query *group = words_query(kh_query_or, 1, 2);
    EXPECT("scaled", kh_query_scale(leaf, 2.5), &bm25, HAS(2) ? 2.5 * W(2) : NO_MATCH);
    EXPECT("scaled or", kh_query_scale(group, 0.5), &bm25,
           HAS(1) || HAS(2) ? 0.5 * (OR_ZERO(W(1)) + OR_ZERO(W(2))) : NO_MATCH);
    EXPECT("scaled to nothing", kh_query_scale(leaf, 0), &bm25, HAS(2) ? 0 : NO_MATCH);
}

Test(match, knows_all_and_none)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    KH_AUTO(kh_query_free) kh_query *all = kh_query_all();
    KH_AUTO(kh_query_free) kh_query *leaf = term_query(2);
    KH_AUTO(kh_query_free) kh_query *none = kh_query_none();
    const kh_query *const parts[] = { leaf, none };
    EXPECT("all", kh_query_all(), &bm25, 0);
    EXPECT("empty term", kh_query_term(KH_STR(""), 1), &bm25, 0);
    EXPECT("none", kh_query_none(), &bm25, NO_MATCH);
    EXPECT("unknown word", kh_query_term(KH_STR("nope"), 1), &bm25, NO_MATCH);
    EXPECT("all but a word", kh_query_not(all, leaf), &bm25, HAS(2) ? NO_MATCH : 0);
    EXPECT("word and none", kh_query_and(parts, 2), &bm25, NO_MATCH);
    EXPECT("word or none", kh_query_or(parts, 2), &bm25, W(2));
}

Test(match, of_booleans_goes_by_document_number)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    kh_match_options boolean = bm25;
    boolean.is_boolean = true;
    EXPECT("boolean", words_query(kh_query_or, 3, 4), &boolean,
           HAS(3) || HAS(4) ? 0 : NO_MATCH);
    EXPECT("filter term", kh_query_term(KH_STR("Xeven"), 1), &boolean,
           d % 2 == 0 ? 0 : NO_MATCH);
}

Test(match, is_the_same_whatever_the_number_of_databases)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    archive_write(scratch_path("x"), 1, 150);
    archive_write(scratch_path("y"), 151, 160);
    archive_write(scratch_path("z"), 161, N_DOCUMENTS);
    const char *const paths[] = { scratch_path("x"), scratch_path("y"),
                                  scratch_path("z") };
    static const unsigned first[] = { 1, 151, 161 };
    KH_AUTO(kh_database_free) kh_database *database = NULL;
    cr_assert(eq(int, kh_database_open(&database, paths, 3, NULL), KH_OK));
    KH_AUTO(kh_query_free) kh_query *query = words_query(kh_query_or, 2, 3);
    kh_matches found;

    cr_assert(eq(int, kh_match_run(&found, database, query, &bm25, NULL), KH_OK));

    cr_expect(eq(u32, found.upper_bound, (uint32_t)found.n));
    for (size_t i = 0; i < found.n; i++) {
        uint32_t combined = found.matches[i].document - 1;
        unsigned d = first[combined % 3] + combined / 3;
        cr_expect(epsilon_eq(dbl, found.matches[i].weight,
                             OR_ZERO(W(2)) + OR_ZERO(W(3)), 1e-9));
    }
    kh_matches_release(&found);
}

Test(match, gives_windows_of_one_order)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO(kh_query_free) kh_query *query = words_query(kh_query_or, 1, 5);
    kh_matches all;
    cr_assert(eq(int, kh_match_run(&all, database, query, &bm25, NULL), KH_OK));
    static const uint32_t windows[][2] = {
        { 0, 1 },          { 0, 10 },
        { 10, 10 },        { 3, 0 },
        { 200, 50 },       { 5, UINT32_MAX },
        { 399, 9 },        { 9999, 5 },
        { UINT32_MAX, 1 }, { UINT32_MAX, UINT32_MAX }
    };

    for (size_t w = 0; w < KH_COUNT_OF(windows); w++) {
        kh_match_options options = bm25;
        options.offset = windows[w][0];
        options.limit = windows[w][1];
        size_t from = options.offset < all.n ? options.offset : all.n;
        size_t n = options.limit < all.n - from ? options.limit : all.n - from;
        kh_matches some;

        cr_assert(eq(int, kh_match_run(&some, database, query, &options, NULL), KH_OK));

        cr_assert(eq(sz, some.n, n));
        cr_expect(le(u32, some.lower_bound, (uint32_t)all.n));
        cr_expect(ge(u32, some.upper_bound, (uint32_t)all.n));
        for (size_t i = 0; i < n; i++)
            cr_expect(
                eq(u32, some.matches[i].document, all.matches[from + i].document));
        kh_matches_release(&some);
    }
    kh_matches_release(&all);
}

Test(match, has_exact_bounds_if_nothing_was_cut_off)
{
    archive_write(scratch_path("a"), 1, N_DOCUMENTS);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    for (unsigned i = 0; i < ARCHIVE_WORDS; i++) {
        KH_AUTO(kh_query_free)
        kh_query *query = words_query(kh_query_or, i, (i + 1) % ARCHIVE_WORDS);
        kh_match_options options = bm25;
        uint32_t n = 0;
        for (unsigned d = 1; d <= N_DOCUMENTS; d++)
            n += HAS(i) || HAS((i + 1) % ARCHIVE_WORDS);

        for (options.limit = n; options.limit < n + 2; options.limit++) {
            kh_matches found;
            cr_assert(
                eq(int, kh_match_run(&found, database, query, &options, NULL), KH_OK));
            cr_expect(eq(u32, found.lower_bound, n));
            cr_expect(eq(u32, found.estimate, n));
            cr_expect(eq(u32, found.upper_bound, n));
            kh_matches_release(&found);
        }
    }
}

Test(match, in_an_empty_database_finds_nothing)
{
    kh_writer *writer = NULL;
    cr_assert(eq(int, kh_writer_open(&writer, scratch_path("e"), NULL), KH_OK));
    cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("e"));
    kh_query *queries[] = { term_query(1), kh_query_all(), kh_query_none() };

    for (size_t i = 0; i < KH_COUNT_OF(queries); i++) {
        kh_matches found;
        cr_assert(
            eq(int, kh_match_run(&found, database, queries[i], &bm25, NULL), KH_OK));
        cr_expect(eq(sz, found.n, 0));
        cr_expect(eq(u32, found.upper_bound, 0));
        kh_matches_release(&found);
        kh_query_free(queries[i]);
    }
}

Test(match, refuses_parameters_without_a_meaning)
{
    archive_write(scratch_path("a"), 1, 5);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO(kh_query_free) kh_query *query = term_query(0);
    kh_match_options bad[] = { bm25, bm25, bm25, bm25, bm25 };
    bad[0].k1 = -1;
    bad[1].k1 = (double)NAN;
    bad[2].b = 1.5;
    bad[3].b = (double)NAN;
    bad[4].min_normalised_length = -0.5;

    for (size_t i = 0; i < KH_COUNT_OF(bad); i++) {
        kh_matches found = { .n = 99 };
        cr_expect(eq(int, kh_match_run(&found, database, query, &bad[i], NULL),
                     KH_ERR_ARGUMENT));
        cr_expect(eq(sz, found.n, 99));
    }
}

Test(match, tells_of_a_query_that_could_not_be_built)
{
    archive_write(scratch_path("a"), 1, 5);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO(kh_query_free) kh_query *leaf = term_query(0);
    KH_AUTO(kh_query_free) kh_query *query = kh_query_scale(leaf, -2);
    kh_matches found = { .n = 99 };
    kh_error err = { 0 };

    cr_expect(
        eq(int, kh_match_run(&found, database, query, &bm25, &err), KH_ERR_ARGUMENT));
    cr_expect(eq(sz, found.n, 99));
    cr_expect(ne(ptr, strstr(err.message, "OP_SCALE_WEIGHT"), NULL), "%s", err.message);
}
