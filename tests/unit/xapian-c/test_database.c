/* Suite database: what is written can be read, alone and combined; what is damaged is
 * told. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "scratch.h"

TestSuite(database, .init = scratch_make, .fini = scratch_remove);

Test(database, gives_the_statistics_of_what_was_written)
{
    archive_write(scratch_path("a"), 1, 100);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    uint64_t total = 0;
    for (unsigned d = 1; d <= 100; d++)
        total += archive_length(d);

    kh_database_stats stats;
    cr_assert(eq(int, kh_database_statistics(&stats, database, NULL), KH_OK));

    cr_expect(eq(u32, stats.n_documents, 100));
    cr_expect(eq(u32, stats.last_document, 100));
    cr_expect(eq(u64, stats.total_length, total));
    cr_expect(epsilon_eq(dbl, stats.average_length, (double)total / 100, 1e-12));
}

Test(database, gives_the_statistics_of_terms)
{
    archive_write(scratch_path("a"), 1, 200);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));

    for (unsigned i = 0; i < ARCHIVE_WORDS; i++) {
        unsigned n = 0;
        unsigned sum = 0;
        unsigned max = 0;
        for (unsigned d = 1; d <= 200; d++) {
            unsigned wdf = archive_wdf(d, i);
            n += wdf > 0;
            sum += wdf;
            max = wdf > max ? wdf : max;
        }
        kh_term_stats stats;
        cr_assert(eq(int, kh_database_term(&stats, database, word(i), NULL), KH_OK));
        cr_expect(eq(u32, stats.n_documents, n));
        cr_expect(eq(u64, stats.n_occurrences, sum));
        cr_expect(ge(u32, stats.max_wdf, max));
    }
}

Test(database, gives_zeros_for_terms_that_it_does_not_have)
{
    archive_write(scratch_path("a"), 1, 10);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    static char longest[300];
    memset(longest, 'x', sizeof(longest));
    const kh_str terms[] = { KH_STR("nowhere"), kh_str_make(longest, 245),
                             kh_str_make(longest, 246), kh_str_make(longest, 300) };

    for (size_t i = 0; i < KH_COUNT_OF(terms); i++) {
        kh_term_stats stats = { 1, 1, 1 };
        cr_assert(eq(int, kh_database_term(&stats, database, terms[i], NULL), KH_OK));
        cr_expect(eq(u32, stats.n_documents, 0));
        cr_expect(eq(u64, stats.n_occurrences, 0));
        cr_expect(eq(u32, stats.max_wdf, 0));
    }
}

Test(database, gives_lengths_values_and_data_of_documents)
{
    archive_write(scratch_path("a"), 1, 50);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));

    for (unsigned d = 1; d <= 50; d++) {
        char expected[32];
        uint32_t length = 0;
        KH_AUTO_BUF out;
        kh_buf_init(&out, 100);
        cr_assert(eq(int, kh_database_length(&length, database, d, NULL), KH_OK));
        cr_expect(eq(u32, length, archive_length(d)));

        snprintf(expected, sizeof(expected), "v%u", d);
        cr_assert(eq(int, kh_database_value(&out, database, d, 0, NULL), KH_OK));
        cr_expect(eq(str, (char *)kh_buf_text(&out), expected));

        kh_buf_reset(&out);
        snprintf(expected, sizeof(expected), "data of %u", d);
        cr_assert(eq(int, kh_database_data(&out, database, d, NULL), KH_OK));
        cr_expect(eq(str, (char *)kh_buf_text(&out), expected));

        kh_buf_reset(&out);
        cr_assert(eq(int, kh_database_value(&out, database, d, 7, NULL), KH_OK));
        cr_expect(eq(sz, out.len, 0));
    }
}

Test(database, says_that_a_document_is_not_found)
{
    archive_write(scratch_path("a"), 1, 5);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    uint32_t length = 77;
    kh_error err = { 0 };
    KH_AUTO_BUF out;
    kh_buf_init(&out, 100);

    cr_expect(
        eq(int, kh_database_length(&length, database, 6, &err), KH_ERR_NOT_FOUND));
    cr_expect(eq(int, err.status, KH_ERR_NOT_FOUND));
    cr_expect(eq(int, kh_database_value(&out, database, 6, 0, NULL), KH_ERR_NOT_FOUND));
    cr_expect(eq(int, kh_database_data(&out, database, 6, NULL), KH_ERR_NOT_FOUND));
    cr_expect(eq(int, kh_database_length(&length, database, 0, NULL), KH_ERR_ARGUMENT));
    cr_expect(eq(u32, length, 77));
    cr_expect(eq(sz, out.len, 0));
}

Test(database, says_that_a_buffer_is_too_small)
{
    archive_write(scratch_path("a"), 1, 5);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    kh_error err = { 0 };
    KH_AUTO_BUF out;
    kh_buf_init(&out, 4);

    cr_expect(eq(int, kh_database_data(&out, database, 1, &err), KH_ERR_LIMIT));

    cr_expect(eq(sz, out.len, 0));
}

Test(database, gives_metadata_and_nothing_for_a_key_that_is_not_there)
{
    archive_write(scratch_path("a"), 1, 5);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO_BUF out;
    kh_buf_init(&out, 100);

    cr_expect(eq(int, kh_database_metadata(&out, database, KH_STR("m2"), NULL), KH_OK));
    cr_expect(eq(int, kh_database_metadata(&out, database, KH_STR("zz"), NULL), KH_OK));
    cr_expect(eq(str, (char *)kh_buf_text(&out), "m2"));
    cr_expect(eq(int, kh_database_metadata(&out, database, KH_STR(""), NULL),
                 KH_ERR_ARGUMENT));
}

/* Documents 1..10, 11..17 and 18..30 of the archive as one. */
static kh_database *open_three(void)
{
    const char *const paths[] = { scratch_path("a"), scratch_path("b"),
                                  scratch_path("c") };
    archive_write(paths[0], 1, 10);
    archive_write(paths[1], 11, 17);
    archive_write(paths[2], 18, 30);
    kh_database *database = NULL;
    cr_assert(eq(int, kh_database_open(&database, paths, 3, NULL), KH_OK));
    return database;
}

Test(database, of_several_numbers_documents_in_turns)
{
    KH_AUTO(kh_database_free) kh_database *database = open_three();
    const struct {
        unsigned first;
        unsigned n;
    } parts[] = { { 1, 10 }, { 11, 7 }, { 18, 13 } };

    for (uint32_t i = 0; i < 3; i++) {
        for (uint32_t d = 1; d <= parts[i].n; d++) {
            uint32_t combined = (d - 1) * 3 + i + 1;
            uint32_t length = 0;
            char expected[32];
            KH_AUTO_BUF out;
            kh_buf_init(&out, 100);
            snprintf(expected, sizeof(expected), "data of %u", parts[i].first + d - 1);

            cr_assert(eq(int, kh_database_data(&out, database, combined, NULL), KH_OK));
            cr_assert(
                eq(int, kh_database_length(&length, database, combined, NULL), KH_OK));

            cr_expect(eq(str, (char *)kh_buf_text(&out), expected));
            cr_expect(eq(u32, length, archive_length(parts[i].first + d - 1)));
        }
    }
}

Test(database, of_several_adds_up_statistics)
{
    KH_AUTO(kh_database_free) kh_database *database = open_three();
    unsigned n = 0;
    unsigned sum = 0;
    uint64_t total = 0;
    for (unsigned d = 1; d <= 30; d++) {
        n += archive_wdf(d, 2) > 0;
        sum += archive_wdf(d, 2);
        total += archive_length(d);
    }

    kh_database_stats stats;
    kh_term_stats term;
    cr_assert(eq(int, kh_database_statistics(&stats, database, NULL), KH_OK));
    cr_assert(eq(int, kh_database_term(&term, database, word(2), NULL), KH_OK));

    cr_expect(eq(u32, stats.n_documents, 30));
    cr_expect(eq(u32, stats.last_document, (13 - 1) * 3 + 2 + 1));
    cr_expect(eq(u64, stats.total_length, total));
    cr_expect(eq(u32, term.n_documents, n));
    cr_expect(eq(u64, term.n_occurrences, sum));
}

Test(database, may_be_empty)
{
    kh_writer *writer = NULL;
    cr_assert(eq(int, kh_writer_open(&writer, scratch_path("a"), NULL), KH_OK));
    cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    kh_database_stats stats;

    cr_assert(eq(int, kh_database_statistics(&stats, database, NULL), KH_OK));

    cr_expect(eq(u32, stats.n_documents, 0));
    cr_expect(eq(u32, stats.last_document, 0));
    cr_expect(eq(u64, stats.total_length, 0));
    cr_expect(epsilon_eq(dbl, stats.average_length, 0, 1e-12));
}

Test(database, is_not_found_where_there_is_none)
{
    kh_error err = { 0 };
    archive_write(scratch_path("a"), 1, 5);
    const char *const paths[] = { scratch_path("a"), scratch_path("missing") };
    kh_database *database = (kh_database *)&err;
    const char *scratch = scratch_path("");

    cr_expect(eq(int, kh_database_open(&database, paths, 2, &err), KH_ERR_NOT_FOUND));
    cr_expect(ne(ptr, strstr(err.message, paths[1]), NULL), "%s", err.message);
    cr_expect(
        eq(int, kh_database_open(&database, &scratch, 1, NULL), KH_ERR_NOT_FOUND));
    cr_expect(eq(int, kh_database_open(&database, paths, 0, NULL), KH_ERR_ARGUMENT));
    cr_expect(eq(ptr, database, &err));
}

Test(database, does_not_follow_stub_files)
{
    const char *path = scratch_path("stub");
    FILE *file = fopen(path, "w");
    fputs("remote :touch /tmp/kh-must-not-exist\n", file);
    fclose(file);
    kh_database *database = NULL;

    kh_status status = kh_database_open(&database, &path, 1, NULL);

    cr_expect(ne(int, status, KH_OK));
    cr_expect(ne(int, access("/tmp/kh-must-not-exist", F_OK), 0));
}

/* Open and read all of a database as far as it goes: the first status that is not fine.
 */
static kh_status read_all(const char *path, kh_error *err)
{
    KH_AUTO(kh_database_free) kh_database *database = NULL;
    kh_status status = kh_database_open(&database, &path, 1, err);
    if (status != KH_OK)
        return status;

    KH_AUTO(kh_posting_cursor_free) kh_posting_cursor *all = NULL;
    status = kh_posting_cursor_open(&all, database, KH_STR(""), err);
    uint32_t document;
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);
    while (status == KH_OK) {
        status = kh_posting_cursor_next(all, &document, NULL, err);
        if (status == KH_OK)
            status = kh_database_data(&out, database, document, err);
    }
    return status;
}

Test(database, that_is_damaged_is_corrupt)
{
    static const struct {
        const char *file;
        long keep; /* bytes; negative: remove the file */
    } cases[] = { { "iamglass", 0 },        { "iamglass", 10 },
                  { "iamglass", 20 },       { "iamglass", 33 },
                  { "iamglass", 60 },       { "postlist.glass", 0 },
                  { "postlist.glass", 99 }, { "postlist.glass", -1 },
                  { "docdata.glass", 0 },   { "docdata.glass", 99 } };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char name[16];
        char file[160];
        kh_error err = { 0 };
        snprintf(name, sizeof(name), "a%zu", i);
        archive_write(scratch_path(name), 1, 2000);
        snprintf(file, sizeof(file), "%s/%s", scratch_path(name), cases[i].file);
        if (cases[i].keep < 0)
            unlink(file);
        else
            file_cut(file, cases[i].keep);

        kh_status status = read_all(scratch_path(name), &err);

        cr_expect(eq(int, status, KH_ERR_CORRUPT), "%s cut to %ld: %s", cases[i].file,
                  cases[i].keep, err.message);
        cr_expect(eq(int, err.status, status));
        cr_expect(ne(ptr, strstr(err.message, name), NULL), "%s", err.message);
    }
}

Test(database, of_another_format_is_a_version)
{
    archive_write(scratch_path("a"), 1, 5);
    file_patch(scratch_path("a/iamglass"), 14, "\x05\x6e", 2);
    kh_error err = { 0 };

    cr_expect(eq(int, read_all(scratch_path("a"), &err), KH_ERR_VERSION));
    cr_expect(ne(ptr, strstr(err.message, "format version"), NULL), "%s", err.message);
}

Test(database, says_when_the_system_says_no)
{
    archive_write(scratch_path("a"), 1, 5);
    cr_assert(eq(int, unlink(scratch_path("a/postlist.glass")), 0));
    cr_assert(eq(int, symlink("postlist.glass", scratch_path("a/postlist.glass")), 0));
    kh_error err = { 0 };

    cr_expect(eq(int, read_all(scratch_path("a"), &err), KH_ERR_IO));
    cr_expect(ne(ptr, strstr(err.message, "symbolic links"), NULL), "%s", err.message);
}

Test(database, tells_its_version)
{
    cr_expect(eq(int, strncmp(kh_database_version(), "1.", 2), 0));
}
