/* Suite glass: what a database of ours looks like. */
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/alloc.h"
#include "base/file.h"
#include "glass/writer.h"
#include "support/glass_walk.h"
#include "xapian-c/database.h"

#include "scratch.h"

TestSuite(glass, .init = scratch_make, .fini = scratch_remove);

#define DOCDATA 1

static kh_database *database_of(const char *path)
{
    kh_error err = { 0 };
    kh_database *database = NULL;
    cr_assert(eq(int, (int)kh_database_open(&database, &path, 1, &err), KH_OK), "%s",
              err.message);
    return database;
}

static walk *walk_of(const char *path, unsigned table)
{
    kh_error err = { 0 };
    walk *made = NULL;
    cr_assert(eq(int, (int)walk_open(&made, path, table, &err), KH_OK), "%s",
              err.message);
    return made;
}

Test(glass, makes_an_empty_database)
{
    kh_glass_writer *glass = writer_of(scratch_path("a/b"), 8192);

    must(kh_glass_close(glass, NULL));

    cr_expect(eq(int, (int)kh_database_check(scratch_path("a/b"), NULL, NULL), KH_OK));
    cr_expect(kh_path_exists(scratch_path("a/b/postlist.glass")));
    cr_expect(not(kh_path_exists(scratch_path("a/b/docdata.glass"))));
    cr_expect(not(kh_path_exists(scratch_path("a/b/v.tmp"))));
}

/* Terms of 240 bytes that differ at their ends, so that separators are as long. */
static void write_long_terms(const char *path, unsigned n)
{
    kh_glass_writer *glass = writer_of(path, 2048);
    must(kh_glass_lengths(glass, NULL, &(uint32_t){ n }, 1, NULL));
    char text[KH_GLASS_TERM_MAX + 1];
    memset(text, 'x', sizeof(text));
    for (unsigned i = 0; i < n; i++) {
        snprintf(text + 232, sizeof(text) - 232, "%08u", i);
        must(kh_glass_term(glass, kh_str_make(text, 240), &(uint32_t){ 1 },
                           &(uint32_t){ 1 }, 1, NULL));
    }
    must(kh_glass_close(glass, NULL));
}

Test(glass, builds_trees_of_any_height)
{
    static const unsigned sizes[] = { 5, 40, 300, 2500, 20000 };
    for (unsigned i = 0; i < KH_COUNT_OF(sizes); i++) {
        const char *path = scratch_path("a");
        kh_error err = { 0 };

        write_long_terms(path, sizes[i]);

        KH_AUTO(walk_free) walk *made = walk_of(path, 0);
        cr_expect(eq(u64, made->level, i));
        cr_expect(eq(u64, made->n_entries, sizes[i] + 1));
        cr_expect(eq(u64, made->n_said, sizes[i] + 1));
        cr_expect(eq(u64, made->root, made->n_blocks - 1));
        cr_expect(made->is_sequential);
        cr_expect(eq(int, (int)kh_database_check(path, NULL, &err), KH_OK), "%s",
                  err.message);
        KH_AUTO(kh_database_free) kh_database *database = database_of(path);
        KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
        must(kh_term_cursor_open(&cursor, database, KH_STR(""), false, NULL));
        kh_str term;
        unsigned n = 0;
        while (kh_term_cursor_next(cursor, &term, NULL, NULL) == KH_OK)
            n++;
        cr_expect(eq(u32, n, sizes[i]));
        must(kh_folder_remove(path, NULL));
    }
}

Test(glass, fills_its_blocks)
{
    enum { N = 60000 };
    kh_glass_writer *glass = writer_of(scratch_path("a"), 8192);
    uint32_t *documents = kh_alloc(N * sizeof(uint32_t));
    uint32_t *ones = kh_alloc(N * sizeof(uint32_t));
    uint32_t *lengths = kh_alloc(N * sizeof(uint32_t));
    for (uint32_t i = 0; i < N; i++) {
        documents[i] = i + 1;
        ones[i] = 1;
        lengths[i] = 100;
    }
    must(kh_glass_lengths(glass, NULL, lengths, N, NULL));
    for (unsigned i = 0; i < 100; i++) {
        char term[8];
        snprintf(term, sizeof(term), "w%02u", i);
        must(kh_glass_term(glass, kh_str_from(term), documents, ones, N, NULL));
    }
    must(kh_glass_close(glass, NULL));
    kh_free(documents);
    kh_free(ones);
    kh_free(lengths);

    KH_AUTO(walk_free) walk *made = walk_of(scratch_path("a"), 0);

    cr_expect(lt(sz, made->n_free * 200, made->n_blocks * 8192));
    for (size_t i = 0; i < made->n_entries; i++)
        cr_assert(eq(u32, made->entries[i].n_pieces, 1));
}

/* At the borders of the encoding of keys. */
Test(glass, takes_all_document_numbers)
{
    static const uint32_t numbers[] = {
        1, 32767, 32768, 4194303, 4194304, 536870911, 536870912, KH_GLASS_DOCUMENT_MAX
    };
    enum { N = KH_COUNT_OF(numbers) };
    static const uint32_t lengths[N] = { 1, 2, 3, 4, 5, 6, 7, 300 };
    char value[N * 1900]; /* a chunk each */
    memset(value, 'v', sizeof(value));
    uint32_t starts[N + 1];
    for (uint32_t i = 0; i <= N; i++)
        starts[i] = i * 1900;
    kh_glass_values slot = { 3, N, numbers, value, starts };
    const char *path = scratch_path("a");
    kh_glass_writer *glass = writer_of(path, 2048);
    must(kh_glass_values_add(glass, &slot, 1, NULL));
    must(kh_glass_lengths(glass, numbers, lengths, N, NULL));
    must(kh_glass_term(glass, KH_STR("x"), numbers, lengths, N, NULL));
    for (size_t i = 0; i < N; i++)
        must(kh_glass_data(glass, numbers[i], KH_STR("data"), NULL));
    must(kh_glass_close(glass, NULL));

    KH_AUTO(kh_database_free) kh_database *database = database_of(path);
    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *cursor = NULL;
    must(kh_posting_cursor_open(&cursor, database, KH_STR("x"), NULL));
    for (size_t i = 0; i < N; i++) {
        KH_AUTO_BUF out;
        kh_buf_init(&out, KH_BUF_MAX);
        uint32_t number;
        uint32_t wdf;
        uint32_t length;
        must(kh_posting_cursor_next(cursor, &number, &wdf, NULL));
        cr_expect(eq(u32, number, numbers[i]));
        cr_expect(eq(u32, wdf, lengths[i]));
        must(kh_database_length(&length, database, number, NULL));
        cr_expect(eq(u32, length, lengths[i]));
        must(kh_database_data(&out, database, number, NULL));
        must(kh_database_value(&out, database, number, 3, NULL));
        cr_expect(eq(sz, out.len, 1904));
    }
}

/* The engine's own writer makes 34 of these that cannot be read. */
static void write_runs(const char *path, uint32_t block_bytes)
{
    enum { N = 500, FIRST = 8100 };
    static uint32_t lengths[N];
    static char text[FIRST + N];
    memset(text, 'a', sizeof(text));
    kh_glass_writer *glass = writer_of(path, block_bytes);
    must(kh_glass_lengths(glass, NULL, lengths, N, NULL));
    for (uint32_t i = 0; i < N; i++)
        must(kh_glass_data(glass, i + 1, kh_str_make(text, FIRST + i), NULL));
    must(kh_glass_close(glass, NULL));
}

static void expect_runs(const char *path)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(path);
    for (uint32_t i = 0; i < 500; i++) {
        KH_AUTO_BUF out;
        kh_buf_init(&out, KH_BUF_MAX);
        kh_error err = { 0 };
        cr_assert(eq(int, (int)kh_database_data(&out, database, i + 1, &err), KH_OK),
                  "%u: %s", i, err.message);
        cr_expect(eq(sz, out.len, 8100 + i));
    }
}

Test(glass, ends_compressed_data_so_that_it_can_be_read)
{
    for (uint32_t block = 2048; block <= 65536; block *= 2) {
        const char *path = scratch_path("a");
        const char *compact = scratch_path("b");

        write_runs(path, block);

        expect_runs(path);
        must(kh_database_compact(path, compact, NULL));
        expect_runs(compact);
        must(kh_folder_remove(path, NULL));
        must(kh_folder_remove(compact, NULL));
    }
}

Test(glass, keeps_short_or_random_data_as_it_is)
{
    kh_glass_writer *glass = writer_of(scratch_path("a"), 8192);
    must(kh_glass_lengths(glass, NULL, (uint32_t[3]){ 0 }, 3, NULL));
    must(kh_glass_data(glass, 1, KH_STR("aaaaaaaaaaaaaaaaaa"), NULL));
    must(kh_glass_data(glass, 2, KH_STR("aaaaaaaaaaaaaaaaaaa"), NULL));
    must(kh_glass_data(glass, 3, KH_STR("abcdefghijklmnopqrst"), NULL));
    must(kh_glass_close(glass, NULL));

    KH_AUTO(walk_free) walk *made = walk_of(scratch_path("a"), DOCDATA);

    cr_assert(eq(sz, made->n_entries, 3));
    cr_expect(eq(int, made->entries[0].is_compressed, 0));
    cr_expect(eq(int, made->entries[1].is_compressed, 1));
    cr_expect(eq(int, made->entries[2].is_compressed, 0));
}

Test(glass, gives_each_database_an_id)
{
    must(kh_glass_close(writer_of(scratch_path("a"), 8192), NULL));
    must(kh_glass_close(writer_of(scratch_path("b"), 8192), NULL));

    KH_AUTO(walk_free) walk *a = walk_of(scratch_path("a"), 0);
    KH_AUTO(walk_free) walk *b = walk_of(scratch_path("b"), 0);

    cr_expect(ne(int, memcmp(a->uuid, b->uuid, sizeof(a->uuid)), 0));
    cr_expect(eq(int, a->uuid[6] & 0xF0, 0x40));
    cr_expect(eq(int, a->uuid[8] & 0xC0, 0x80));
}

Test(glass, leaves_no_database_when_it_is_freed)
{
    const char *path = scratch_path("a");
    kh_database *database = NULL;
    kh_glass_writer *glass = writer_of(path, 8192);
    must(kh_glass_lengths(glass, NULL, &(uint32_t){ 1 }, 1, NULL));

    kh_glass_free(glass);

    cr_expect(ne(int, (int)kh_database_open(&database, &path, 1, NULL), KH_OK));
    kh_glass_free(NULL);
}

static kh_status add(kh_glass_writer *glass, kh_str term, uint32_t document,
                     uint32_t wdf)
{
    return kh_glass_term(glass, term, &document, &wdf, 1, NULL);
}

Test(glass, takes_the_longest_terms_and_keys)
{
    char text[KH_GLASS_KEY_MAX];
    memset(text, 'x', sizeof(text));
    kh_str key = kh_str_make(text, KH_GLASS_KEY_MAX);
    kh_glass_writer *glass = writer_of(scratch_path("a"), 2048);
    must(kh_glass_metadata(glass, key, KH_STR("v"), NULL));
    must(kh_glass_lengths(glass, NULL, &(uint32_t){ 2 }, 1, NULL));
    char zeros[KH_GLASS_TERM_MAX / 2] = { 0 };
    must(add(glass, kh_str_make(zeros, sizeof(zeros)), 1, 1));
    must(add(glass, kh_str_make(text, KH_GLASS_TERM_MAX), 1, 1));

    must(kh_glass_close(glass, NULL));

    cr_expect(eq(int, (int)kh_database_check(scratch_path("a"), NULL, NULL), KH_OK));
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    must(kh_database_metadata(&out, database, key, NULL));
    cr_expect(eq(sz, out.len, 1));
    kh_term_stats stats;
    must(kh_database_term(&stats, database, kh_str_make(zeros, sizeof(zeros)), NULL));
    cr_expect(eq(u32, stats.n_documents, 1));
}
