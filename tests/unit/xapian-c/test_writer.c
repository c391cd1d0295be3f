/* Suite writer: what is added and committed is there, what breaks a rule is refused. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/file.h"

#include "scratch.h"

TestSuite(writer, .init = scratch_make, .fini = scratch_remove);

static kh_writer *writer_of(const char *path)
{
    kh_error err = { 0 };
    kh_writer *writer = NULL;
    cr_assert(eq(int, kh_writer_open(&writer, path, &err), KH_OK), "%s", err.message);
    return writer;
}

static kh_status add_term(kh_writer *writer, kh_str term, uint32_t wdf, kh_error *err)
{
    kh_posting posting = { term, wdf };
    kh_document document = { .postings = &posting, .n_postings = 1 };
    return kh_writer_add(writer, &document, NULL, err);
}

static uint32_t documents_of(const char *path, kh_str term)
{
    KH_AUTO(kh_database_free) kh_database *database = database_of(path);
    kh_term_stats stats = { 0 };
    cr_assert(eq(int, kh_database_term(&stats, database, term, NULL), KH_OK));
    return stats.n_documents;
}

Test(writer, gives_out_numbers_from_one)
{
    KH_AUTO(kh_writer_free) kh_writer *writer = writer_of(scratch_path("a"));
    kh_document nothing = { 0 };

    for (uint32_t i = 1; i <= 5; i++) {
        uint32_t number = 0;
        cr_assert(eq(int, kh_writer_add(writer, &nothing, &number, NULL), KH_OK));
        cr_expect(eq(u32, number, i));
    }
}

Test(writer, sums_the_wdf_to_the_length_and_leaves_filters_out)
{
    kh_writer *writer = writer_of(scratch_path("a"));
    const kh_posting postings[] = { { KH_STR("b"), 7 },
                                    { KH_STR("a"), 3 },
                                    { KH_STR("Xfilter"), 0 } };
    kh_document document = { .postings = postings, .n_postings = 3 };
    cr_assert(eq(int, kh_writer_add(writer, &document, NULL, NULL), KH_OK));
    cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    uint32_t length = 0;

    cr_assert(eq(int, kh_database_length(&length, database, 1, NULL), KH_OK));

    cr_expect(eq(u32, length, 10));
    cr_expect(eq(u32, documents_of(scratch_path("a"), KH_STR("Xfilter")), 1));
}

Test(writer, keeps_bytes_of_every_kind)
{
    static const char all[] = "\0\xff\0\0x\x01";
    kh_str bytes = kh_str_make(all, sizeof(all) - 1);
    kh_writer *writer = writer_of(scratch_path("a"));
    kh_posting posting = { bytes, 2 };
    kh_value value = { 3, bytes };
    kh_document document = { &posting, 1, &value, 1, bytes };
    cr_assert(eq(int, kh_writer_add(writer, &document, NULL, NULL), KH_OK));
    cr_assert(eq(int, kh_writer_set_metadata(writer, bytes, bytes, NULL), KH_OK));
    cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));

    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO(kh_term_cursor_free) kh_term_cursor *cursor = NULL;
    kh_str term;
    KH_AUTO_BUF out;
    kh_buf_init(&out, 1000);
    cr_assert(eq(int, kh_term_cursor_open(&cursor, database, KH_STR(""), false, NULL),
                 KH_OK));
    cr_assert(eq(int, kh_term_cursor_next(cursor, &term, NULL, NULL), KH_OK));
    cr_expect(kh_str_equal(term, bytes));
    cr_expect(eq(u32, documents_of(scratch_path("a"), bytes), 1));
    cr_assert(eq(int, kh_database_value(&out, database, 1, 3, NULL), KH_OK));
    cr_assert(eq(int, kh_database_data(&out, database, 1, NULL), KH_OK));
    cr_assert(eq(int, kh_database_metadata(&out, database, bytes, NULL), KH_OK));
    cr_assert(eq(sz, out.len, 3 * bytes.len));
    for (size_t i = 0; i < 3; i++)
        cr_expect(eq(int, memcmp(out.ptr + i * bytes.len, bytes.ptr, bytes.len), 0));
}

Test(writer, takes_terms_up_to_their_limit)
{
    static char letters[246];
    static char zeros[246];
    memset(letters, 'x', sizeof(letters));
    const struct {
        kh_str term;
        kh_status status;
    } cases[] = {
        { kh_str_make(letters, 245), KH_OK },
        { kh_str_make(letters, 246), KH_ERR_LIMIT },
        { kh_str_make(zeros, 122), KH_OK },
        { kh_str_make(zeros, 123), KH_ERR_LIMIT },
        { KH_STR(""), KH_ERR_ARGUMENT },
    };
    kh_writer *writer = writer_of(scratch_path("a"));

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++)
        cr_expect(eq(int, add_term(writer, cases[i].term, 1, NULL), cases[i].status));
    /* Enough for a second chunk, whose key is longer. */
    for (int i = 0; i < 3000; i++) {
        cr_assert(eq(int, add_term(writer, cases[0].term, 1, NULL), KH_OK));
        cr_assert(eq(int, add_term(writer, cases[2].term, 1, NULL), KH_OK));
    }
    cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));

    cr_expect(eq(u32, documents_of(scratch_path("a"), cases[0].term), 3001));
    cr_expect(eq(u32, documents_of(scratch_path("a"), cases[2].term), 3001));
}

Test(writer, refuses_what_is_over_a_limit_and_goes_on)
{
    kh_writer *writer = writer_of(scratch_path("a"));
    static char key[246] = "k";
    kh_str huge =
        kh_str_make(malloc(KH_STORED_LIMIT_BYTES + 1), KH_STORED_LIMIT_BYTES + 1);
    memset((char *)huge.ptr, 'h', huge.len);
    kh_posting two[] = { { KH_STR("a"), UINT32_MAX }, { KH_STR("b"), 1 } };
    kh_value no_slot = { UINT32_MAX, KH_STR("v") };
    kh_value huge_value = { 0, huge };
    kh_document too_long = { .postings = two, .n_postings = 2 };
    kh_document bad_slot = { .values = &no_slot, .n_values = 1 };
    kh_document big_value = { .values = &huge_value, .n_values = 1 };
    kh_document big_data = { .data = huge };

    cr_assert(eq(int, add_term(writer, KH_STR("before"), 1, NULL), KH_OK));
    cr_expect(eq(int, kh_writer_add(writer, &too_long, NULL, NULL), KH_ERR_LIMIT));
    cr_expect(eq(int, kh_writer_add(writer, &bad_slot, NULL, NULL), KH_ERR_ARGUMENT));
    cr_expect(eq(int, kh_writer_add(writer, &big_value, NULL, NULL), KH_ERR_LIMIT));
    cr_expect(eq(int, kh_writer_add(writer, &big_data, NULL, NULL), KH_ERR_LIMIT));
    cr_expect(eq(int, kh_writer_set_metadata(writer, KH_STR(""), KH_STR("v"), NULL),
                 KH_ERR_ARGUMENT));
    cr_expect(eq(
        int, kh_writer_set_metadata(writer, kh_str_make(key, 246), KH_STR("v"), NULL),
        KH_ERR_LIMIT));
    cr_expect(
        eq(int, kh_writer_set_metadata(writer, KH_STR("k"), huge, NULL), KH_ERR_LIMIT));
    cr_assert(eq(
        int, kh_writer_set_metadata(writer, kh_str_make(key, 245), KH_STR("v"), NULL),
        KH_OK));
    cr_assert(eq(int, add_term(writer, KH_STR("after"), 1, NULL), KH_OK));
    cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));
    free((char *)huge.ptr);

    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    kh_database_stats stats;
    cr_assert(eq(int, kh_database_statistics(&stats, database, NULL), KH_OK));
    cr_expect(eq(u32, stats.n_documents, 2));
    cr_expect(eq(u32, stats.last_document, 2));
}

Test(writer, stores_what_is_as_big_as_the_limit)
{
    kh_writer *writer = writer_of(scratch_path("a"));
    char *bytes = malloc(KH_STORED_LIMIT_BYTES);
    unsigned state = 1;
    for (size_t i = 0; i < KH_STORED_LIMIT_BYTES; i++) {
        state = state * 1664525u + 1013904223u;
        bytes[i] = (char)(state >> 24);
    }
    kh_str big = kh_str_make(bytes, KH_STORED_LIMIT_BYTES);
    kh_document document = { .data = big };
    kh_error err = { 0 };
    cr_assert(eq(int, kh_writer_add(writer, &document, NULL, &err), KH_OK), "%s",
              err.message);
    cr_assert(eq(int, kh_writer_set_metadata(writer, KH_STR("k"), big, &err), KH_OK),
              "%s", err.message);
    cr_assert(eq(int, kh_writer_close(writer, &err), KH_OK), "%s", err.message);
    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);

    cr_assert(eq(int, kh_database_data(&out, database, 1, NULL), KH_OK));
    cr_expect(kh_str_equal(kh_buf_str(&out), big));
    kh_buf_reset(&out);
    cr_assert(eq(int, kh_database_metadata(&out, database, KH_STR("k"), NULL), KH_OK));
    cr_expect(kh_str_equal(kh_buf_str(&out), big));
    free(bytes);
}

Test(writer, is_locked_while_another_has_it)
{
    KH_AUTO(kh_writer_free) kh_writer *writer = writer_of(scratch_path("a"));
    kh_writer *second = (kh_writer *)&writer;
    kh_error err = { 0 };

    cr_expect(eq(int, kh_writer_open(&second, scratch_path("a"), &err), KH_ERR_LOCKED));
    cr_expect(eq(int, err.status, KH_ERR_LOCKED));
    cr_expect(eq(ptr, second, &writer));
    cr_assert(eq(int, kh_writer_commit(writer, NULL), KH_OK));
    cr_expect(eq(int, kh_writer_open(&second, scratch_path("a"), &err), KH_ERR_LOCKED));

    kh_writer_free(KH_TAKE(writer));
    cr_expect(
        eq(int, kh_writer_open(&second, scratch_path("a"), &err), KH_ERR_ARGUMENT));
}

Test(writer, is_locked_while_another_process_has_it)
{
    int to_child[2];
    int to_parent[2];
    char byte = 'x';
    cr_assert(eq(int, pipe(to_child), 0));
    cr_assert(eq(int, pipe(to_parent), 0));
    pid_t child = fork();
    if (child == 0) {
        kh_writer *writer = NULL;
        kh_status status = kh_writer_open(&writer, scratch_path("a"), NULL);
        ssize_t n = write(to_parent[1], &byte, 1);
        n += read(to_child[0], &byte, 1);
        kh_writer_free(writer);
        _exit(status != KH_OK || n != 2);
    }
    cr_assert(eq(int, (int)read(to_parent[0], &byte, 1), 1));
    kh_writer *second = NULL;

    cr_expect(eq(int, kh_writer_open(&second, scratch_path("a"), NULL), KH_ERR_LOCKED));

    int status = 0;
    cr_assert(eq(int, (int)write(to_child[1], &byte, 1), 1));
    cr_assert(eq(int, waitpid(child, &status, 0), child));
    cr_expect(eq(int, status, 0));
}

Test(writer, wants_a_folder_that_is_missing_or_empty)
{
    kh_writer *writer = NULL;
    kh_error err = { 0 };
    archive_write(scratch_path("full"), 1, 3);
    cr_assert(eq(int, kh_folder_make(scratch_path("other"), NULL), KH_OK));
    cr_assert(
        eq(int, kh_file_replace(scratch_path("other/x"), KH_STR("x"), NULL), KH_OK));
    cr_assert(eq(int, kh_folder_make(scratch_path("empty"), NULL), KH_OK));

    cr_expect(
        eq(int, kh_writer_open(&writer, scratch_path("full"), &err), KH_ERR_ARGUMENT));
    cr_expect(
        eq(int, kh_writer_open(&writer, scratch_path("other"), &err), KH_ERR_ARGUMENT));
    cr_expect(eq(int, kh_writer_open(&writer, scratch_path("other/x"), &err),
                 KH_ERR_ARGUMENT));
    cr_expect(
        eq(int, kh_writer_open(&writer, scratch_path("no/parent"), &err), KH_ERR_IO));
    cr_expect(ne(ptr, strstr(err.message, "No such file"), NULL), "%s", err.message);
    cr_expect(eq(ptr, writer, NULL));
    cr_expect(eq(int, kh_writer_open(&writer, scratch_path("empty"), NULL), KH_OK));
    kh_writer_free(writer);
}

Test(writer, forgets_what_was_not_committed_when_it_is_freed)
{
    kh_writer *writer = writer_of(scratch_path("a"));
    cr_assert(eq(int, add_term(writer, KH_STR("x"), 1, NULL), KH_OK));
    cr_assert(eq(int, kh_writer_commit(writer, NULL), KH_OK));
    /* More than wait in memory, so that some stand in the tables already. */
    for (int i = 0; i < 1200; i++)
        cr_assert(eq(int, add_term(writer, KH_STR("x"), 1, NULL), KH_OK));
    cr_assert(
        eq(int, kh_writer_set_metadata(writer, KH_STR("k"), KH_STR("v"), NULL), KH_OK));

    kh_writer_free(writer);

    KH_AUTO(kh_database_free) kh_database *database = database_of(scratch_path("a"));
    KH_AUTO_BUF out;
    kh_buf_init(&out, 10);
    cr_expect(eq(u32, documents_of(scratch_path("a"), KH_STR("x")), 1));
    cr_assert(eq(int, kh_database_metadata(&out, database, KH_STR("k"), NULL), KH_OK));
    cr_expect(eq(sz, out.len, 0));
}

Test(writer, commits_as_often_as_it_is_told)
{
    kh_writer *writer = writer_of(scratch_path("a"));
    for (uint32_t i = 1; i <= 20; i++) {
        cr_assert(eq(int, add_term(writer, KH_STR("x"), i, NULL), KH_OK));
        cr_assert(eq(int, kh_writer_commit(writer, NULL), KH_OK));
        cr_expect(eq(u32, documents_of(scratch_path("a"), KH_STR("x")), i));
    }
    cr_assert(eq(int, kh_writer_close(writer, NULL), KH_OK));
    cr_expect(eq(int, kh_database_check(scratch_path("a"), NULL, NULL), KH_OK));
}

/* A limit of the process on the size of files stands for a full disk. */
Test(writer, tells_that_it_cannot_write_and_then_refuses)
{
    kh_writer *writer = writer_of(scratch_path("a"));
    kh_error err = { 0 };
    cr_assert(eq(int, add_term(writer, KH_STR("x"), 1, NULL), KH_OK));
    cr_assert(eq(int, kh_writer_commit(writer, NULL), KH_OK));
    for (unsigned i = 0; i < 20000; i++)
        cr_assert(eq(int, add_term(writer, word(i), 1, NULL), KH_OK));
    struct rlimit limit = { 16384, RLIM_INFINITY };
    signal(SIGXFSZ, SIG_IGN);
    cr_assert(eq(int, setrlimit(RLIMIT_FSIZE, &limit), 0));

    leaks_allow(true);
    cr_expect(eq(int, kh_writer_commit(writer, &err), KH_ERR_IO), "%s", err.message);
    leaks_allow(false);
    cr_expect(ne(ptr, strstr(err.message, "File too large"), NULL), "%s", err.message);
    cr_expect(eq(int, add_term(writer, KH_STR("x"), 1, &err), KH_ERR_ENGINE));
    cr_expect(eq(int, kh_writer_commit(writer, &err), KH_ERR_ENGINE));
    cr_expect(eq(int, kh_writer_close(writer, &err), KH_ERR_ENGINE));
    cr_expect(eq(u32, documents_of(scratch_path("a"), KH_STR("x")), 1));
}

Test(writer, tells_why_it_cannot_replace_the_version_file)
{
    kh_writer *writer = writer_of(scratch_path("a"));
    kh_error err = { 0 };
    cr_assert(eq(int, add_term(writer, KH_STR("x"), 1, NULL), KH_OK));
    cr_assert(eq(int, kh_folder_make(scratch_path("a/v.tmp"), NULL), KH_OK));

    cr_expect(eq(int, kh_writer_close(writer, &err), KH_ERR_IO), "%s", err.message);
    cr_expect(ne(ptr, strstr(err.message, "Is a directory"), NULL), "%s", err.message);
}
