/* Suite check: a sound database passes untouched, a damaged one does not; compact
 * copies. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"
#include "xapian-c/faults.h"

#include "scratch.h"

TestSuite(check, .init = scratch_make, .fini = scratch_remove);

static const char *const files[] = { "iamglass", "postlist.glass", "docdata.glass" };

/* The bytes of all files and when they were written. */
static void read_folder(kh_buf *out, const char *path)
{
    kh_buf_init(out, KH_BUF_MAX);
    for (size_t i = 0; i < KH_COUNT_OF(files); i++) {
        char file[160];
        struct stat status;
        snprintf(file, sizeof(file), "%s/%s", path, files[i]);
        cr_assert(eq(int, kh_file_read(out, file, KH_BUF_MAX, NULL), KH_OK));
        cr_assert(eq(int, stat(file, &status), 0));
        kh_buf_add_bytes(out, &status.st_mtim, sizeof(status.st_mtim));
    }
}

Test(check, passes_a_sound_database_and_leaves_it_as_it_was)
{
    archive_write(scratch_path("a"), 1, 3000);
    KH_AUTO_BUF before;
    KH_AUTO_BUF after;
    KH_AUTO_BUF log;
    kh_buf_init(&log, 10000);
    kh_error err = { 0 };
    read_folder(&before, scratch_path("a"));

    cr_expect(eq(int, kh_database_check(scratch_path("a"), &log, &err), KH_OK), "%s",
              err.message);

    read_folder(&after, scratch_path("a"));
    cr_expect(eq(str, (char *)kh_buf_text(&log), ""));
    cr_expect(kh_str_equal(kh_buf_str(&before), kh_buf_str(&after)));
}

/* From any batch on the engine reads what the batches do not have. */
Test(check, goes_on_by_the_engine_where_a_list_cannot_be_read)
{
    archive_write(scratch_path("a"), 1, 3000);
    for (unsigned each = 1; each < 12; each++) {
        kh_error err = { 0 };
        kh_fault_refuse(each);
        kh_status status = kh_database_check(scratch_path("a"), NULL, &err);
        kh_fault_refuse(0);
        cr_expect(eq(int, status, KH_OK), "each %u: %s", each, err.message);
    }
}

Test(check, passes_one_that_was_never_committed_and_leaves_it_as_it_was)
{
    kh_writer *writer = NULL;
    cr_assert(eq(int, kh_writer_open(&writer, scratch_path("a"), NULL), KH_OK));
    kh_writer_free(writer);
    kh_error err = { 0 };
    long size = file_size(scratch_path("a/iamglass"));

    cr_expect(eq(int, kh_database_check(scratch_path("a"), NULL, &err), KH_OK), "%s",
              err.message);

    cr_expect(eq(int, (int)file_size(scratch_path("a/iamglass")), (int)size));
    kh_database_free(database_of(scratch_path("a")));
}

Test(check, finds_what_is_cut_or_missing)
{
    static const struct {
        const char *file;
        double keep; /* share of the bytes; negative: remove the file */
    } cases[] = { { "iamglass", 0.5 },       { "postlist.glass", 0 },
                  { "postlist.glass", 0.5 }, { "postlist.glass", 0.99 },
                  { "postlist.glass", -1 },  { "docdata.glass", 0 },
                  { "docdata.glass", 0.9 },  { "docdata.glass", -1 } };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char name[16];
        char file[160];
        kh_error err = { 0 };
        KH_AUTO_BUF log;
        kh_buf_init(&log, 10000);
        snprintf(name, sizeof(name), "a%zu", i);
        archive_write(scratch_path(name), 1, 3000);
        snprintf(file, sizeof(file), "%s/%s", scratch_path(name), cases[i].file);
        if (cases[i].keep < 0)
            unlink(file);
        else
            file_cut(file, (long)((double)file_size(file) * cases[i].keep));

        kh_status status = kh_database_check(scratch_path(name), &log, &err);

        cr_expect(eq(int, status, KH_ERR_CORRUPT), "%s kept %g", cases[i].file,
                  cases[i].keep);
        cr_expect(ne(ptr, strstr(err.message, "is damaged: "), NULL), "%s",
                  err.message);
        cr_expect(gt(sz, log.len, 0));
    }
}

Test(check, finds_blocks_that_are_overwritten)
{
    static char zeros[8192];
    for (size_t i = 1; i < KH_COUNT_OF(files); i++) {
        char name[16];
        char file[160];
        kh_error err = { 0 };
        snprintf(name, sizeof(name), "a%zu", i);
        archive_write(scratch_path(name), 1, 3000);
        snprintf(file, sizeof(file), "%s/%s", scratch_path(name), files[i]);
        file_patch(file, 8192, zeros, sizeof(zeros));

        kh_status status = kh_database_check(scratch_path(name), NULL, &err);

        cr_expect(eq(int, status, KH_ERR_CORRUPT), "%s: %s", files[i], err.message);
    }
}

/* The bytes of a short posting list: number of documents, sum of wdf, first document -
 * 1, last chunk, documents behind the first, and a wdf, (gap, wdf) ... */
static long find_bytes(const char *path, const char *bytes, size_t n)
{
    KH_AUTO_BUF all;
    kh_buf_init(&all, KH_BUF_MAX);
    cr_assert(eq(int, kh_file_read(&all, path, KH_BUF_MAX, NULL), KH_OK));
    size_t at = kh_str_find(kh_buf_str(&all), kh_str_make(bytes, n), 0);
    cr_assert(ne(sz, at, SIZE_MAX));
    return (long)at;
}

/* Two documents: "rare" is in both, with wdf 97 and 98, so that its list is found. */
static void write_pair(const char *path)
{
    kh_writer *writer = NULL;
    cr_assert(eq(int, kh_writer_open(&writer, path, NULL), KH_OK));
    for (uint32_t i = 0; i < 2; i++) {
        kh_posting posting = { KH_STR("rare"), 97 + i };
        kh_document document = { .postings = &posting, .n_postings = 1 };
        cr_assert(eq(int, kh_writer_add(writer, &document, NULL, NULL), KH_OK));
    }
    cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));
    cr_assert(eq(int, kh_database_check(path, NULL, NULL), KH_OK));
}

Test(check, finds_postings_that_do_not_add_up_to_the_lengths)
{
    write_pair(scratch_path("a"));
    const char *table = scratch_path("a/postlist.glass");
    /* The same sum of wdf, so that the engine's own check is content. */
    file_patch(table, find_bytes(table, "\x02\xc3\x01\x00\x31\x01\x61\x00\x62", 9) + 6,
               "\x62\x00\x61", 3);
    kh_error err = { 0 };
    KH_AUTO_BUF log;
    kh_buf_init(&log, 10000);

    cr_expect(
        eq(int, kh_database_check(scratch_path("a"), &log, &err), KH_ERR_CORRUPT));

    cr_expect(ne(ptr, strstr(err.message, "document 1"), NULL), "%s", err.message);
    cr_expect(ne(ptr, strstr(kh_buf_text(&log), "document 2"), NULL), "%s",
              kh_buf_text(&log));
}

Test(check, finds_sums_that_are_wrong)
{
    write_pair(scratch_path("a"));
    const char *table = scratch_path("a/postlist.glass");
    file_patch(table, find_bytes(table, "\x02\xc3\x01\x00\x31\x01\x61\x00\x62", 9) + 1,
               "\xc4", 1);
    kh_error err = { 0 };

    cr_expect(
        eq(int, kh_database_check(scratch_path("a"), NULL, &err), KH_ERR_CORRUPT));
    cr_expect(ne(ptr, strstr(err.message, "collfreq"), NULL), "%s", err.message);
}

/* As nobody, who may not write to what root made. */
Test(check, works_without_the_right_to_write)
{
    if (geteuid() != 0)
        cr_skip_test("only root can become somebody else");
    archive_write(scratch_path("a"), 1, 3000);
    archive_write(scratch_path("b"), 1, 3000);
    archive_write(scratch_path("c"), 1, 3000);
    file_cut(scratch_path("b/docdata.glass"), 8192);
    chmod(scratch_path("c/postlist.glass"), 0600);
    kh_error err = { 0 };
    cr_assert(eq(int, seteuid(65534), 0));

    kh_status sound = kh_database_check(scratch_path("a"), NULL, &err);
    kh_status damaged = kh_database_check(scratch_path("b"), NULL, &err);
    kh_status unreadable = kh_database_check(scratch_path("c"), NULL, &err);

    cr_assert(eq(int, seteuid(0), 0));
    cr_expect(eq(int, sound, KH_OK), "%s", err.message);
    cr_expect(eq(int, damaged, KH_ERR_CORRUPT));
    cr_expect(eq(int, unreadable, KH_ERR_IO));
}

Test(check, tells_what_is_not_a_database)
{
    kh_error err = { 0 };
    cr_expect(
        eq(int, kh_database_check(scratch_path("none"), NULL, &err), KH_ERR_NOT_FOUND));
    cr_expect(
        eq(int, kh_database_check(scratch_path(""), NULL, &err), KH_ERR_NOT_FOUND));
    archive_write(scratch_path("a"), 1, 5);
    file_patch(scratch_path("a/iamglass"), 14, "\x05\x6e", 2);
    cr_expect(
        eq(int, kh_database_check(scratch_path("a"), NULL, &err), KH_ERR_VERSION));
}

Test(check, passes_a_compact_copy_with_the_same_content)
{
    archive_write(scratch_path("a"), 1, 3000);
    kh_error err = { 0 };

    kh_status status = kh_database_compact(scratch_path("a"), scratch_path("b"), &err);

    cr_assert(eq(int, status, KH_OK), "%s", err.message);
    cr_expect(eq(int, kh_database_check(scratch_path("b"), NULL, &err), KH_OK), "%s",
              err.message);
    cr_expect(le(int, (int)file_size(scratch_path("b/postlist.glass")),
                 (int)file_size(scratch_path("a/postlist.glass"))));
    KH_AUTO(kh_database_free) kh_database *a = database_of(scratch_path("a"));
    KH_AUTO(kh_database_free) kh_database *b = database_of(scratch_path("b"));
    kh_database_stats in_a;
    kh_database_stats in_b;
    cr_assert(eq(int, kh_database_statistics(&in_a, a, NULL), KH_OK));
    cr_assert(eq(int, kh_database_statistics(&in_b, b, NULL), KH_OK));
    cr_expect(eq(u32, in_a.n_documents, in_b.n_documents));
    cr_expect(eq(u64, in_a.total_length, in_b.total_length));
    KH_AUTO_BUF out;
    kh_buf_init(&out, 100);
    cr_assert(eq(int, kh_database_metadata(&out, b, KH_STR("m2"), NULL), KH_OK));
    cr_assert(eq(int, kh_database_data(&out, b, 2999, NULL), KH_OK));
    cr_expect(eq(str, (char *)kh_buf_text(&out), "m2data of 2999"));
}

Test(check, does_not_compact_over_something_or_leave_half_a_copy)
{
    archive_write(scratch_path("a"), 1, 3000);
    archive_write(scratch_path("b"), 1, 5);
    file_cut(scratch_path("a/docdata.glass"), 8192);
    kh_error err = { 0 };

    cr_expect(eq(int, kh_database_compact(scratch_path("a"), scratch_path("b"), &err),
                 KH_ERR_ARGUMENT));
    cr_expect(eq(int, kh_database_compact(scratch_path("a"), scratch_path("c"), &err),
                 KH_ERR_CORRUPT));
    cr_expect(ne(int, access(scratch_path("c"), F_OK), 0));
    cr_expect(eq(int, kh_database_compact(scratch_path("x"), scratch_path("c"), &err),
                 KH_ERR_NOT_FOUND));
}

Test(check, compacts_an_empty_database)
{
    kh_writer *writer = NULL;
    kh_error err = { 0 };
    cr_assert(eq(int, kh_writer_open(&writer, scratch_path("a"), NULL), KH_OK));
    cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));

    kh_status status = kh_database_compact(scratch_path("a"), scratch_path("b"), &err);

    cr_assert(eq(int, status, KH_OK), "%s", err.message);
    cr_expect(eq(int, kh_database_check(scratch_path("b"), NULL, &err), KH_OK), "%s",
              err.message);
}
