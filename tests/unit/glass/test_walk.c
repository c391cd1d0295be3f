/* Suite walk: a list walked in any strides holds what was written, or is left to the
 * engine. */
#include <inttypes.h>
#include <stdlib.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"
#include "glass/lists.h"
#include "support/dice.h"
#include "support/glass_made.h"

#include "scratch.h"

TestSuite(walk, .init = scratch_make, .fini = scratch_remove, .timeout = 100);

/* ---- against what was written ---- */

/* A batch is the postings from `at` on, as many as it has. */
static bool is_right(const kh_glass_batch *batch, const uint32_t *documents,
                     const uint32_t *wdfs, size_t at, size_t n)
{
    if ((batch->n == 0) != (at == n) || batch->n > n - at)
        return false;
    for (uint32_t i = 0; i < batch->n; i++)
        if (batch->documents[i] != documents[at + i] || batch->wdfs[i] != wdfs[at + i])
            return false;
    return true;
}

/* Walk to documents so far apart, more or less; 0: from batch to batch. False as soon
 * as the walk says so. */
static bool walk_through(kh_glass_walk *walk, const uint32_t *documents,
                         const uint32_t *wdfs, size_t n, dice *d, uint32_t stride)
{
    const kh_glass_batch *batch = kh_glass_walk_batch(walk);
    uint32_t wanted = 1;
    for (size_t at = 0; at < n;) {
        if (!kh_glass_walk_to(walk, wanted))
            return false;
        while (at < n && documents[at] < wanted)
            at++;
        cr_assert(is_right(batch, documents, wdfs, at, n), "to %u: %u postings", wanted,
                  batch->n);
        if (batch->n == 0)
            return true;
        wanted = batch->documents[batch->n - 1] + 1;
        if (stride > 0)
            wanted += roll(d, 2 * stride);
    }
    cr_assert(kh_glass_walk_to(walk, UINT32_MAX));
    cr_assert(eq(u32, batch->n, 0));
    return true;
}

/* All strides over one list; how many walks were not left to the engine. */
static size_t walk_all(kh_glass_lists *lists, kh_str term, const uint32_t *documents,
                       const uint32_t *wdfs, size_t n, dice *d)
{
    static const uint32_t strides[] = { 0, 3, 300, 20000, 1000000, 20000000 };
    size_t n_walked = 0;
    for (size_t i = 0; i < sizeof(strides) / sizeof(strides[0]); i++) {
        KH_AUTO(kh_glass_walk_free) kh_glass_walk *walk = NULL;
        if (kh_glass_walk_open(&walk, lists, term) != KH_GLASS_FOUND)
            continue;
        n_walked += walk_through(walk, documents, wdfs, n, d, strides[i]);
    }
    return n_walked / (sizeof(strides) / sizeof(strides[0]));
}

static size_t walk_terms(const made *content, const char *path, dice *d)
{
    KH_AUTO(kh_glass_lists_free) kh_glass_lists *lists = NULL;
    if (kh_glass_lists_open(&lists, path, NULL) != KH_OK)
        return 0;
    size_t n_walked = 0;
    for (size_t i = 0; i < content->n_terms; i++) {
        const made_term *term = &content->terms[i];
        uint32_t n = 0;
        uint32_t total = 0;
        n_walked += walk_all(lists, term->text, content->documents + term->first,
                             content->wdfs + term->first, term->n, d);
        if (kh_glass_lists_count(&n, &total, lists, term->text) == KH_GLASS_FOUND)
            cr_assert(eq(u32, n, (uint32_t)term->n));
    }
    return n_walked;
}

Test(walk, finds_what_was_written)
{
    dice d = { 31 };
    for (uint64_t seed = 1; seed <= 60; seed++) {
        const char *path = scratch_path("x");
        made_shape shape = made_shape_of(seed);
        KH_AUTO(made_free) made *content = made_open(&shape);
        must(made_write(content, path, made_block_of(seed), NULL));

        cr_assert(eq(sz, walk_terms(content, path, &d), content->n_terms),
                  "seed %" PRIu64, seed);
        must(kh_folder_remove(path, NULL));
    }
}

Test(walk, finds_what_the_engine_wrote_or_leaves_it)
{
    dice d = { 32 };
    size_t n = 0;
    size_t n_walked = 0;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        const char *path = scratch_path("x");
        made_shape shape = made_shape_of(seed);
        shape.has_gaps = false;
        shape.data_bytes_max = 8192; /* larger ones its writer may lose */
        KH_AUTO(made_free) made *content = made_open(&shape);
        must(made_write_engine(content, path, NULL));

        n_walked += walk_terms(content, path, &d);
        n += content->n_terms;
        must(kh_folder_remove(path, NULL));
    }
    cr_expect(gt(sz, n_walked, n - n / 10), "%zu of %zu", n_walked, n);
}

/* ---- long lists ---- */

enum { N_LONG = 60000 };

typedef struct long_list {
    uint32_t *documents;
    uint32_t *wdfs;
    kh_glass_lists *lists;
} long_list;

/* One list of many chunks among others: gaps and numbers of one byte, but now and then
 * of more. */
static void long_make(long_list *list, const char *path, uint32_t usual_gap)
{
    dice d = { 33 + usual_gap };
    list->documents = calloc(N_LONG, sizeof(uint32_t));
    list->wdfs = calloc(N_LONG, sizeof(uint32_t));
    uint32_t document = 0;
    for (uint32_t i = 0; i < N_LONG; i++) {
        document += 1 + roll(&d, roll(&d, 50) == 0 ? 40000 : usual_gap);
        list->documents[i] = document;
        list->wdfs[i] = roll(&d, 60) == 0 ? 100 + roll(&d, 70000) : roll(&d, 9);
    }
    uint32_t *lengths = calloc(N_LONG, sizeof(uint32_t));
    for (uint32_t i = 0; i < N_LONG; i++)
        lengths[i] = 3 * list->wdfs[i];
    kh_glass_writer *glass = writer_of(path, KH_GLASS_BLOCK_USUAL);
    must(kh_glass_lengths(glass, list->documents, lengths, N_LONG, NULL));
    const kh_str terms[] = { KH_STR("a"), KH_STR("b"), KH_STR("c") };
    for (size_t i = 0; i < 3; i++)
        must(kh_glass_term(glass, terms[i], list->documents, list->wdfs, N_LONG, NULL));
    must(kh_glass_close(glass, NULL));
    free(lengths);
    must(kh_glass_lists_open(&list->lists, path, NULL));
}

static void long_release(long_list *list)
{
    kh_glass_lists_free(list->lists);
    free(list->documents);
    free(list->wdfs);
}

Test(walk, goes_through_lists_of_many_chunks)
{
    static const uint32_t gaps[] = { 1, 100, 140, 3000 };
    dice d = { 34 };
    for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
        long_list list = { 0 };
        const char *path = scratch_path("long");
        long_make(&list, path, gaps[i]);
        for (unsigned round = 0; round < 20; round++)
            cr_assert(eq(sz,
                         walk_all(list.lists, KH_STR("b"), list.documents, list.wdfs,
                                  N_LONG, &d),
                         1));
        long_release(&list);
        must(kh_folder_remove(path, NULL));
    }
}

Test(walk, knows_which_terms_there_are)
{
    long_list list = { 0 };
    long_make(&list, scratch_path("long"), 10);
    uint32_t n = 7;
    uint32_t total = 7;
    cr_expect(eq(int, kh_glass_lists_count(&n, &total, list.lists, KH_STR("b")),
                 KH_GLASS_FOUND));
    cr_expect(eq(u32, n, N_LONG));
    static const char zeros[KH_GLASS_TERM_MAX + 1];
    const kh_str absent[] = { KH_STR("A"),
                              KH_STR("bb"),
                              KH_STR("d"),
                              kh_str_make("b\0", 2),
                              kh_str_make(zeros, KH_GLASS_TERM_MAX),
                              kh_str_make(zeros, KH_GLASS_TERM_MAX + 1) };
    for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++) {
        kh_glass_walk *walk = NULL;
        cr_expect(eq(int, kh_glass_lists_count(&n, &total, list.lists, absent[i]),
                     KH_GLASS_ABSENT),
                  "%zu", i);
        cr_expect(eq(u32, n, 0));
        cr_expect(
            eq(int, kh_glass_walk_open(&walk, list.lists, absent[i]), KH_GLASS_ABSENT));
        cr_expect(eq(ptr, walk, NULL));
    }
    cr_expect(eq(int, kh_glass_lists_count(&n, &total, list.lists, KH_STR("")),
                 KH_GLASS_UNREAD));
    kh_glass_walk_free(NULL);
    long_release(&list);
}

/* ---- damage ---- */

/* Whatever comes ascends, and the walk ends. */
static void expect_an_end(kh_glass_lists *lists, kh_str term, dice *d)
{
    KH_AUTO(kh_glass_walk_free) kh_glass_walk *walk = NULL;
    if (kh_glass_walk_open(&walk, lists, term) != KH_GLASS_FOUND)
        return;
    const kh_glass_batch *batch = kh_glass_walk_batch(walk);
    uint32_t wanted = 1;
    while (kh_glass_walk_to(walk, wanted) && batch->n > 0) {
        for (uint32_t i = 0; i < batch->n; i++) {
            cr_assert(ge(u32, batch->documents[i], wanted));
            wanted = batch->documents[i] + 1;
        }
        wanted += roll(d, 3) == 0 ? roll(d, 5000) : 0;
    }
    cr_assert(kh_glass_walk_batch(walk)->n == 0);
}

Test(walk, survives_damage)
{
    dice d = { 35 };
    long_list list = { 0 };
    const char *path = scratch_path("long");
    long_make(&list, path, 20);
    long_release(&list);
    KH_AUTO_BUF file;
    KH_AUTO_BUF good;
    kh_buf_init(&file, KH_BUF_MAX);
    kh_buf_init(&good, KH_BUF_MAX);
    kh_path_join(&file, path, "postlist.glass");
    must(kh_file_read(&good, kh_buf_text(&file), (size_t)1 << 30, NULL));
    for (unsigned round = 0; round < 300; round++) {
        KH_AUTO_BUF bad;
        kh_buf_init(&bad, KH_BUF_MAX);
        kh_buf_add(&bad, kh_buf_str(&good));
        for (unsigned n = 1 + roll(&d, 60); n > 0; n--)
            bad.ptr[roll(&d, (unsigned)bad.len)] = (char)roll(&d, 256);
        if (round % 5 == 0)
            bad.len = roll(&d, (unsigned)bad.len);
        must(kh_file_replace(kh_buf_text(&file), kh_buf_str(&bad), NULL));
        KH_AUTO(kh_glass_lists_free) kh_glass_lists *lists = NULL;
        if (kh_glass_lists_open(&lists, path, NULL) != KH_OK)
            continue;
        for (unsigned i = 0; i < 4; i++)
            expect_an_end(lists, KH_STR("b"), &d);
        expect_an_end(lists, KH_STR("c"), &d);
    }
}
