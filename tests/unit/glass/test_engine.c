/* Suite engine: the same content by the engine's own writer comes to the same. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"
#include "support/glass_made.h"
#include "support/glass_walk.h"

#include "scratch.h"

TestSuite(engine, .init = scratch_make, .fini = scratch_remove);

#define POSTLIST 0
#define DOCDATA  1

/* Larger data the engine may lose. */
#define DATA_BYTES_MAX 8192

static const made_shape shapes[] = {
    { .seed = 1 },
    { .seed = 2, .n_documents = 1 },
    { .seed = 3, .n_documents = 1, .n_terms = 1, .term_bytes_max = 1 },
    { .seed = 4, .n_documents = 20, .n_terms = 300, .term_bytes_max = 245 },
    { .seed = 5, .n_documents = 9000, .n_terms = 60, .term_bytes_max = 8 },
    { .seed = 6,
      .n_documents = 2000,
      .n_terms = 9,
      .term_bytes_max = 5,
      .n_slots = 16 },
    { .seed = 7, .n_documents = 300, .data_percent = 80 },
    { .seed = 8, .n_metadata = 60 },
    { .seed = 9,
      .n_documents = 400,
      .n_terms = 3000,
      .term_bytes_max = 60,
      .n_slots = 9,
      .n_metadata = 20,
      .data_percent = 30 },
};

static walk *walk_of(const char *path, unsigned table)
{
    kh_error err = { 0 };
    walk *made = NULL;
    cr_assert(eq(int, (int)walk_open(&made, path, table, &err), KH_OK), "%s",
              err.message);
    return made;
}

static void expect_same_statistics(const char *ours, const char *engines)
{
    KH_AUTO(walk_free) walk *a = walk_of(ours, POSTLIST);
    KH_AUTO(walk_free) walk *b = walk_of(engines, POSTLIST);
    cr_expect(eq(u64, a->revision, 1));
    for (size_t i = 0; i < KH_COUNT_OF(a->statistics); i++)
        cr_expect(eq(u64, a->statistics[i], b->statistics[i]), "statistic %zu", i);
}

/* Of a class of keys: those that begin with a prefix. */
static void expect_same_entries(const char *ours, const char *engines, unsigned table,
                                kh_str prefix)
{
    KH_AUTO(walk_free) walk *a = walk_of(ours, table);
    KH_AUTO(walk_free) walk *b = walk_of(engines, table);
    cr_expect(eq(u64, a->n_said, a->n_entries));
    cr_expect(eq(u64, a->compress_min, b->compress_min));
    size_t i = 0;
    size_t j = 0;
    for (;; i++, j++) {
        while (i < a->n_entries && !kh_str_starts(a->entries[i].key, prefix))
            i++;
        while (j < b->n_entries && !kh_str_starts(b->entries[j].key, prefix))
            j++;
        if (i == a->n_entries || j == b->n_entries)
            break;
        cr_assert(kh_str_equal(a->entries[i].key, b->entries[j].key), "key %zu", i);
        cr_expect(kh_str_equal(walk_unpacked(a, &a->entries[i]),
                               walk_unpacked(b, &b->entries[j])),
                  "tag %zu", i);
        if (table == DOCDATA)
            cr_expect(
                eq(int, a->entries[i].is_compressed, b->entries[j].is_compressed));
    }
    cr_expect(eq(sz, i, a->n_entries));
    cr_expect(eq(sz, j, b->n_entries));
}

/* What the engine says of a term follows from the statistics alone. */
static void expect_same_bounds(const made *content, const char *ours,
                               const char *engines)
{
    KH_AUTO(kh_database_free) kh_database *a = NULL;
    KH_AUTO(kh_database_free) kh_database *b = NULL;
    cr_assert(eq(int, (int)kh_database_open(&a, &ours, 1, NULL), KH_OK));
    cr_assert(eq(int, (int)kh_database_open(&b, &engines, 1, NULL), KH_OK));
    for (size_t i = 0; i < content->n_terms; i++) {
        kh_term_stats x;
        kh_term_stats y;
        kh_str term = content->terms[i].text;
        cr_assert(eq(int, (int)kh_database_term(&x, a, term, NULL), KH_OK));
        cr_assert(eq(int, (int)kh_database_term(&y, b, term, NULL), KH_OK));
        cr_expect(eq(u32, x.n_documents, y.n_documents));
        cr_expect(eq(u64, x.n_occurrences, y.n_occurrences));
        cr_expect(eq(u32, x.max_wdf, y.max_wdf));
    }
}

static void compare_writers(const made_shape *shape, uint32_t block_bytes)
{
    kh_error err = { 0 };
    const char *ours = scratch_path("ours");
    const char *engines = scratch_path("engines");
    made_shape safe = *shape;
    safe.data_bytes_max = DATA_BYTES_MAX;
    KH_AUTO(made_free) made *content = made_open(&safe);

    cr_assert(eq(int, (int)made_write(content, ours, block_bytes, &err), KH_OK), "%s",
              err.message);
    cr_assert(eq(int, (int)made_write_engine(content, engines, &err), KH_OK), "%s",
              err.message);

    cr_assert(eq(int, (int)made_compare(content, ours, &err), KH_OK), "%s",
              err.message);
    cr_assert(eq(int, (int)made_compare(content, engines, &err), KH_OK), "%s",
              err.message);
    expect_same_statistics(ours, engines);
    expect_same_bounds(content, ours, engines);
    expect_same_entries(ours, engines, POSTLIST, KH_STR("\0\xc0"));
    expect_same_entries(ours, engines, POSTLIST, KH_STR("\0\xd0"));
    expect_same_entries(ours, engines, DOCDATA, KH_STR(""));
    cr_assert(eq(int, kh_folder_remove(ours, NULL), KH_OK));
    cr_assert(eq(int, kh_folder_remove(engines, NULL), KH_OK));
}

static void compare_shapes(uint32_t block_bytes)
{
    for (size_t i = 0; i < KH_COUNT_OF(shapes); i++)
        compare_writers(&shapes[i], block_bytes);
}

Test(engine, comes_to_the_same_with_blocks_of_2_kb)
{
    compare_shapes(2048);
}

Test(engine, comes_to_the_same_with_blocks_of_8_kb)
{
    compare_shapes(8192);
}

Test(engine, comes_to_the_same_with_blocks_of_64_kb)
{
    compare_shapes(65536);
}

Test(engine, compacts_what_we_wrote)
{
    kh_error err = { 0 };
    for (uint32_t block = 2048; block <= 65536; block *= 2) {
        const char *from = scratch_path("from");
        const char *to = scratch_path("to");
        KH_AUTO(made_free) made *content = made_open(&shapes[KH_COUNT_OF(shapes) - 1]);
        cr_assert(eq(int, (int)made_write(content, from, block, &err), KH_OK));

        cr_assert(eq(int, (int)kh_database_compact(from, to, &err), KH_OK), "%s",
                  err.message);

        cr_expect(eq(int, (int)made_compare(content, to, &err), KH_OK), "%s",
                  err.message);
        cr_assert(eq(int, kh_folder_remove(from, NULL), KH_OK));
        cr_assert(eq(int, kh_folder_remove(to, NULL), KH_OK));
    }
}
