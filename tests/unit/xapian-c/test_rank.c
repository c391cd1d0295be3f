/* Suite rank: the same documents and weights as adding every posting up, whatever is
 * asked; what is wrong comes back as a status. */
#include "xapian-c/rank.h"

#include <math.h>
#include <stdio.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "support/rank_sum.h"
#include "xapian-c/faults.h"
#include "xapian-c/writer.h"

#include "rank_random.h"
#include "scratch.h"

TestSuite(rank, .init = scratch_make, .fini = scratch_remove);

#define N_REQUESTS 4000u

static const uint32_t one[] = { 700 };
static const uint32_t few[] = { 300 };
static const uint32_t large[] = { 9000 };
static const uint32_t three[] = { 300, 120, 480 };

static void expect_best(const rank_archive *archive, const kh_rank_request *request,
                        uint32_t seed)
{
    size_t n = 0;
    kh_match *all = rank_sum(&n, archive->sources, archive->n_sources, request, false);
    kh_rank_result found;
    kh_error err = { 0 };
    cr_assert(
        eq(int,
           kh_rank_run(&found, archive->sources, archive->n_sources, request, &err),
           KH_OK),
        "%s", err.message);

    cr_assert(eq(sz, found.n, rank_cut(all, n, request->limit)), "request %u, %s", seed,
              rank_request_text(request));
    for (size_t i = 0; i < found.n; i++)
        cr_assert(found.matches[i].document == all[i].document &&
                      found.matches[i].weight == all[i].weight,
                  "request %u, rank %zu: %u (%.17g) should be %u (%.17g), %s", seed, i,
                  found.matches[i].document, found.matches[i].weight, all[i].document,
                  all[i].weight, rank_request_text(request));
    cr_assert(found.is_exact ? found.at_most == n : found.at_most >= n,
              "request %u: %zu match, at most %zu, %s", seed, n, (size_t)found.at_most,
              rank_request_text(request));
    kh_rank_release(&found);
    kh_free(all);
}

/* The walk gives the same documents, not in the same order; with a limit the first. */
static void expect_all(const rank_archive *archive, const kh_rank_request *request,
                       uint32_t seed)
{
    size_t n = 0;
    kh_match *all = rank_sum(&n, archive->sources, archive->n_sources, request, true);
    kh_rank_request asked = *request;
    asked.limit = UINT32_MAX;
    kh_rank_documents found;
    cr_assert(eq(
        int, kh_rank_walk(&found, archive->sources, archive->n_sources, &asked, NULL),
        KH_OK));
    cr_assert(eq(u64, found.n, n), "request %u, %s", seed, rank_request_text(request));
    uint64_t sums[2] = { 0, 0 };
    for (size_t i = 0; i < n; i++) {
        sums[0] += (uint64_t)found.documents[i] * found.documents[i];
        sums[1] += (uint64_t)all[i].document * all[i].document;
    }
    cr_assert(eq(u64, sums[0], sums[1]), "request %u, %s", seed,
              rank_request_text(request));

    asked.limit = 1 + seed % 90;
    kh_rank_documents some;
    cr_assert(
        eq(int, kh_rank_walk(&some, archive->sources, archive->n_sources, &asked, NULL),
           KH_OK));
    cr_assert(eq(u64, some.n, n < asked.limit ? n : asked.limit), "request %u, %s",
              seed, rank_request_text(request));
    for (size_t i = 0; i < some.n; i++)
        cr_assert(eq(u32, some.documents[i], found.documents[i]), "request %u, %s",
                  seed, rank_request_text(request));
    kh_rank_documents_release(&some);
    kh_rank_documents_release(&found);

    asked.limit = 0;
    cr_assert(eq(
        int, kh_rank_walk(&found, archive->sources, archive->n_sources, &asked, NULL),
        KH_OK));
    cr_assert(eq(u64, found.n, n), "request %u counted, %s", seed,
              rank_request_text(request));
    cr_assert(eq(ptr, found.documents, NULL));
    kh_free(all);
}

#define ONLY_EVERY 3u /* document may be an answer, whether it matches or not */

/* The best of some documents are those of all that are among them. */
static void expect_only(const rank_archive *archive, const kh_rank_request *request,
                        uint32_t seed)
{
    size_t n = 0;
    kh_match *all = rank_sum(&n, archive->sources, archive->n_sources, request, false);
    kh_rank_request asked = *request;
    size_t capacity = 0;
    uint32_t *only = NULL;
    size_t n_only = 0;
    for (size_t k = 0; k < archive->n_sources; k++)
        for (uint32_t d = 1; d <= archive->sources[k].n_lengths; d++)
            if (d % ONLY_EVERY == seed % ONLY_EVERY)
                KH_PUSH(only, n_only, capacity) =
                    (d - 1) * (uint32_t)archive->n_sources + (uint32_t)k + 1;
    asked.only = only;
    asked.n_only = n_only;
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t d = (all[i].document - 1) / (uint32_t)archive->n_sources + 1;
        if (d % ONLY_EVERY == seed % ONLY_EVERY)
            all[n_kept++] = all[i];
    }

    kh_rank_result found;
    cr_assert(
        eq(int, kh_rank_run(&found, archive->sources, archive->n_sources, &asked, NULL),
           KH_OK));
    cr_assert(eq(sz, found.n, rank_cut(all, n_kept, request->limit)), "request %u, %s",
              seed, rank_request_text(request));
    for (size_t i = 0; i < found.n; i++)
        cr_assert(found.matches[i].document == all[i].document &&
                      found.matches[i].weight == all[i].weight,
                  "request %u, rank %zu, %s", seed, i, rank_request_text(request));
    cr_assert(found.is_exact ? found.at_most == n_kept : found.at_most >= n_kept,
              "request %u, %s", seed, rank_request_text(request));
    kh_rank_release(&found);
    kh_free(only);
    kh_free(all);
}

static void compare_all(const rank_archive *archive, uint32_t seed, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const kh_rank_request *request = rank_request_make(seed * N_REQUESTS + i);
        expect_best(archive, request, i);
        expect_all(archive, request, i);
        expect_only(archive, request, i);
    }
}

/* Also with some lists, and parts of lists, left to the engine. */
static void compare(const uint32_t *sizes, size_t n_sizes, uint32_t n)
{
    for (uint32_t seed = 1; seed <= 2; seed++) {
        rank_archive archive;
        rank_archive_make(&archive, seed, sizes, n_sizes);
        compare_all(&archive, seed, n);
        kh_fault_refuse(3);
        compare_all(&archive, seed, n / 4);
        kh_fault_refuse(1);
        compare_all(&archive, seed, n / 4);
        kh_fault_refuse(0);
        rank_archive_release(&archive);
    }
}

Test(rank, gives_what_adding_up_gives)
{
    compare(one, 1, N_REQUESTS / 2);
}

Test(rank, gives_what_adding_up_gives_over_three_sources)
{
    compare(three, 3, N_REQUESTS / 2);
}

Test(rank, gives_what_adding_up_gives_where_lists_have_many_parts)
{
    compare(large, 1, 200);
}

Test(rank, gives_what_adding_up_gives_for_very_many_words)
{
    static const size_t sizes[] = { 60, 511, 513, 700 };
    static char names[16][4];
    static kh_str words[16];
    static kh_rank_group groups[700];
    rank_archive archive;
    rank_archive_make(&archive, 11, three, 3);
    for (size_t i = 0; i < 16; i++) {
        snprintf(names[i], sizeof(names[i]), "w%zu", i);
        words[i] = kh_str_from(names[i]);
    }
    for (size_t i = 0; i < KH_COUNT_OF(groups); i++)
        groups[i] = (kh_rank_group){ .any = { &words[i % 16], 1 },
                                     .factor = 0.25 * (double)(1 + i % 7) };
    for (size_t i = 0; i < KH_COUNT_OF(sizes); i++) {
        kh_rank_request request = { .groups = groups,
                                    .n_groups = sizes[i],
                                    .limit = 7,
                                    .k1 = 1.2,
                                    .b = 0.75,
                                    .min_normalised_length = 0.5 };
        expect_best(&archive, &request, (uint32_t)sizes[i]);
    }
    rank_archive_release(&archive);
}

static void expect_refused(const rank_archive *archive, const kh_rank_group *groups,
                           size_t n)
{
    kh_rank_request request = {
        .groups = groups, .n_groups = n, .limit = 5, .k1 = 1.2, .b = 0.75
    };
    kh_rank_result found;
    cr_expect(eq(int, kh_rank_run(&found, archive->sources, 1, &request, NULL),
                 KH_ERR_ARGUMENT));
}

Test(rank, refuses_weights_that_a_float_cannot_add)
{
    static const double factors[] = { 1e-42, -1, 1e7, (double)INFINITY };
    rank_archive archive;
    rank_archive_make(&archive, 7, few, 1);
    kh_str word = KH_STR("w0");
    for (size_t i = 0; i < KH_COUNT_OF(factors); i++) {
        kh_rank_group group = { .any = { &word, 1 }, .factor = factors[i] };
        expect_refused(&archive, &group, 1);
    }
    rank_archive_release(&archive);
}

Test(rank, refuses_groups_that_cannot_be_together)
{
    rank_archive archive;
    rank_archive_make(&archive, 7, few, 1);
    kh_str word = KH_STR("w0");
    kh_rank_group sets[][3] = {
        { { .n_together = 3 }, { .is_required = true }, { .factor = 1 } },
        { { .n_together = 2 }, { .n_together = 2 }, { .factor = 1 } },
        { { .factor = 1 }, { .factor = 1 }, { .n_together = 2 } },
    };
    for (size_t i = 0; i < KH_COUNT_OF(sets); i++) {
        for (size_t g = 0; g < 3; g++)
            sets[i][g].any = (kh_rank_terms){ &word, 1 };
        expect_refused(&archive, sets[i], 3);
        kh_rank_request request = { .groups = sets[i], .n_groups = 3, .limit = 5 };
        kh_rank_documents all;
        cr_expect(eq(int, kh_rank_walk(&all, archive.sources, 1, &request, NULL),
                     KH_ERR_ARGUMENT));
    }
    rank_archive_release(&archive);
}

Test(rank, passes_over_most_postings_of_a_common_word)
{
    rank_archive archive;
    rank_archive_make(&archive, 5, three, 3);
    kh_str words[] = { KH_STR("w0"), KH_STR("w9") };
    kh_rank_group groups[] = { { { &words[0], 1 }, 1, false, 0 },
                               { { &words[1], 1 }, 1, false, 0 } };
    kh_rank_request request = { .groups = groups,
                                .n_groups = 2,
                                .limit = 5,
                                .k1 = 1.2,
                                .b = 0.75,
                                .min_normalised_length = 0.5 };
    kh_rank_result found;
    cr_assert(eq(int, kh_rank_run(&found, archive.sources, 3, &request, NULL), KH_OK));

    cr_expect(found.n_postings < 900, "%zu", (size_t)found.n_postings);
    cr_expect(not(found.is_exact));
    kh_rank_release(&found);
    rank_archive_release(&archive);
}

static kh_status accept_none(bool *out, void *context, uint32_t document, kh_error *err)
{
    uint32_t *n_asked = context;
    *out = false;
    if (++*n_asked < 3)
        return KH_OK;
    return kh_fail(err, KH_ERR_CORRUPT, "document %u cannot be read", document);
}

Test(rank, ends_with_what_accept_returns)
{
    rank_archive archive;
    rank_archive_make(&archive, 6, one, 1);
    kh_str words[] = { KH_STR("w0") };
    kh_rank_group groups[] = { { { words, 1 }, 1, false, 0 } };
    uint32_t n_asked = 0;
    kh_rank_request request = { .groups = groups,
                                .n_groups = 1,
                                .accept = accept_none,
                                .context = &n_asked,
                                .limit = 5,
                                .k1 = 1.2,
                                .b = 0.75,
                                .min_normalised_length = 0.5 };
    kh_error err = { 0 };
    kh_rank_result found = { .n = 999 };
    kh_rank_documents walked = { .n = 999 };

    cr_expect(eq(int, kh_rank_run(&found, archive.sources, 1, &request, &err),
                 KH_ERR_CORRUPT));
    cr_expect(eq(u32, n_asked, 3));
    cr_expect(eq(str, err.message, "document 3 cannot be read"));
    cr_expect(eq(sz, found.n, 999));
    cr_expect(eq(int, kh_rank_walk(&walked, archive.sources, 1, &request, &err),
                 KH_ERR_CORRUPT));
    cr_expect(eq(u64, walked.n, 999));
    rank_archive_release(&archive);
}

Test(rank, refuses_what_makes_no_weight)
{
    rank_archive archive;
    rank_archive_make(&archive, 7, one, 1);
    kh_str words[] = { KH_STR("w0") };
    kh_rank_group groups[] = { { { words, 1 }, -1, false, 0 } };
    kh_rank_request request = { .groups = groups, .n_groups = 1, .limit = 5 };
    kh_rank_result found;

    cr_expect(eq(int, kh_rank_run(&found, archive.sources, 1, &request, NULL),
                 KH_ERR_ARGUMENT));
    groups[0].factor = 1;
    request.b = 1.5;
    cr_expect(eq(int, kh_rank_run(&found, archive.sources, 1, &request, NULL),
                 KH_ERR_ARGUMENT));
    rank_archive_release(&archive);
}

Test(rank, names_a_list_that_goes_beyond_the_lengths)
{
    rank_archive archive;
    rank_archive_make(&archive, 8, one, 1);
    archive.sources[0].n_lengths = 100;
    kh_str words[] = { KH_STR("w0") };
    kh_rank_group groups[] = { { { words, 1 }, 1, false, 0 } };
    kh_rank_request request = { .groups = groups, .n_groups = 1, .limit = 500 };
    kh_rank_result found;

    cr_expect(eq(int, kh_rank_run(&found, archive.sources, 1, &request, NULL),
                 KH_ERR_CORRUPT));
    rank_archive_release(&archive);
}

/* Frequencies and metadata by our reader, and by the engine: the same. */
Test(rank, reads_frequencies_and_metadata_as_the_engine_does)
{
    enum { N = 30 };
    kh_writer *writer = NULL;
    cr_assert(eq(int, kh_writer_open(&writer, scratch_path("both"), NULL), KH_OK));
    for (uint32_t d = 0; d < N; d++) {
        kh_posting postings[] = { { KH_STR("a"), 1 + d % 3 }, { KH_STR("b"), 0 } };
        kh_document document = { .postings = postings, .n_postings = 1 + d % 2 };
        cr_assert(eq(int, kh_writer_add(writer, &document, NULL, NULL), KH_OK));
    }
    const kh_str keys[] = { KH_STR("k1"), KH_STR("k3"), KH_STR("z") };
    for (size_t i = 0; i < 3; i++)
        cr_assert(
            eq(int, kh_writer_set_metadata(writer, keys[i], keys[i], NULL), KH_OK));
    cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));
    kh_database *database = database_of(scratch_path("both"));

    const kh_str terms[] = { KH_STR("a"), KH_STR("b"), KH_STR("c"), KH_STR("") };
    const kh_str from[] = { KH_STR(""),   KH_STR("k1"), KH_STR("k2"),
                            KH_STR("k4"), KH_STR("z"),  KH_STR("zz") };
    const size_t found[] = { 0, 0, 1, 2, 2, 3 };
    for (unsigned refused = 0; refused < 2; refused++) {
        kh_fault_refuse(refused);
        for (size_t i = 0; i < 4; i++) {
            kh_term_frequency is;
            kh_term_stats wanted;
            cr_assert(
                eq(int, kh_database_frequency(&is, database, terms[i], NULL), KH_OK));
            cr_assert(
                eq(int, kh_database_term(&wanted, database, terms[i], NULL), KH_OK));
            cr_expect(eq(u32, is.n_documents, wanted.n_documents), "%zu", i);
            cr_expect(eq(u64, is.n_occurrences, wanted.n_occurrences), "%zu", i);
        }
        for (size_t i = 0; i < 6; i++) {
            KH_AUTO_BUF key;
            KH_AUTO_BUF value;
            kh_buf_init(&key, KH_BUF_MAX);
            kh_buf_init(&value, KH_BUF_MAX);
            kh_status status =
                kh_database_metadata_from(&key, &value, database, from[i], NULL);
            cr_assert(eq(int, (int)status, found[i] < 3 ? KH_OK : KH_END), "%zu", i);
            if (status != KH_OK)
                continue;
            cr_expect(kh_str_equal(kh_buf_str(&key), keys[found[i]]), "%zu", i);
            cr_expect(kh_str_equal(kh_buf_str(&value), keys[found[i]]), "%zu", i);
        }
    }
    kh_fault_refuse(0);
    kh_database_free(database);
}
