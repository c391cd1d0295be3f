/* test_reader - files opened, and what is said of those that cannot be. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "show.h"

static kh_status open_path(const char *path, const kh_reader_options *options,
                           kh_error *err)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = NULL;
    kh_status status = kh_reader_open(&reader, path, KH_STR("in"), options, err);
    cr_expect(eq(int, status == KH_OK, reader != NULL));
    return status;
}

Test(reader, says_why_a_file_cannot_be_opened)
{
    kh_error err = { 0 };
    cr_expect(
        eq(int, (int)open_path("/no/such/file", NULL, &err), (int)KH_ERR_NOT_FOUND));
    expect_show(err.message, "cannot open '/no/such/file': No such file or directory");

    cr_expect(eq(int, (int)open_path("/usr", NULL, &err), (int)KH_ERR_IO));
    expect_show(err.message, "cannot read '/usr': it is a folder");

    kh_reader_options options = { .format = "yaml" };
    cr_expect(eq(int, (int)open_path(show_path("river.txt"), &options, &err),
                 (int)KH_ERR_ARGUMENT));
    expect_show(err.message, "unknown format 'yaml'");

    cr_expect(eq(int, (int)open_path("/proc/self/mem", NULL, &err), (int)KH_ERR_IO));
    cr_expect(eq(int, (int)open_path("/dev/null", NULL, &err), (int)KH_ERR_FORMAT));
    expect_show(err.message, "empty");
}

Test(reader, makes_paths_absolute_and_keeps_the_input)
{
    char folder[] = "/tmp/kh-reader-XXXXXX";
    cr_assert(ne(ptr, mkdtemp(folder), NULL));
    cr_assert(eq(int, chdir(folder), 0));
    FILE *file = fopen("a.txt", "w");
    cr_assert(ne(ptr, file, NULL));
    fputs("Title\n\nText of it.\n", file);
    fclose(file);

    KH_AUTO(kh_reader_free) kh_reader *reader = NULL;
    kh_article *article = NULL;
    cr_assert(
        eq(int, (int)kh_reader_open(&reader, "a.txt", KH_STR("/in"), NULL, NULL), 0));
    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), 0));

    cr_expect(kh_str_starts(article->path, KH_STR("/")) != 0);
    cr_expect(kh_str_ends(article->path, KH_STR("/a.txt")) != 0);
    cr_expect(kh_str_equal(article->id, article->path) != 0);
    cr_expect(kh_str_equal(article->input, KH_STR("/in")) != 0);
    expect_show(article->format, "text");
    cr_expect(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_END));
    cr_expect(eq(int, (int)kh_reader_next(reader, &article, NULL), (int)KH_END));
    unlink("a.txt");
    rmdir(folder);
}

Test(reader, reads_standard_input)
{
    cr_assert(ne(ptr, freopen(show_path("wire.jsonl.zst"), "r", stdin), NULL));
    KH_AUTO(kh_reader_free) kh_reader *reader = NULL;
    kh_article *article = NULL;
    cr_assert(eq(int, (int)kh_reader_open(&reader, "-", KH_STR("-"), NULL, NULL), 0));
    cr_assert(eq(int, (int)kh_reader_next(reader, &article, NULL), 0));

    cr_expect(eq(sz, article->path.len, 0));
    cr_expect(eq(u32, article->record, 1));
    kh_reader_progress progress = kh_reader_progress_read(reader);
    cr_expect(eq(u64, progress.file_bytes, 0));
    cr_expect(gt(u64, progress.text_bytes, 500));
}

Test(reader, says_which_article_failed)
{
    KH_AUTO(kh_reader_free) kh_reader *reader = show_open("wire.jsonl");
    kh_article *article = NULL;
    kh_error err = { 0 };
    for (int i = 0; i < 3; i++)
        cr_assert(eq(int, (int)kh_reader_next(reader, &article, &err), 0));

    cr_expect(eq(int, (int)kh_reader_next(reader, &article, &err), (int)KH_ERR_FORMAT));
    kh_place place = kh_reader_place(reader);
    cr_expect(kh_str_ends(place.path, KH_STR("/wire.jsonl")) != 0);
    cr_expect(eq(sz, place.member.len, 0));
    cr_expect(eq(u32, place.record, 5));
    cr_expect(eq(u32, place.line, 5));
    cr_expect(eq(int, (int)kh_reader_next(reader, &article, &err), (int)KH_ERR_FORMAT));
    cr_expect(eq(int, (int)kh_reader_next(reader, &article, &err), (int)KH_END));
}

Test(reader, obeys_a_format_that_is_forced)
{
    kh_reader_options text = { .format = "text" };
    kh_reader_options jsonl = { .format = "jsonl" };
    kh_reader_options json = { .format = "json" };
    kh_str record = KH_STR("{\"title\":\"T\"}");
    expect_show(show_all(record, "/a.json", &text), "T:{\"title\":\"T\"}");
    expect_show(show_all(record, "/a.txt", &jsonl), "T:T");
    expect_show(show_all(KH_STR("Prose"), "/a.txt", &json),
                "!format: not JSON: a value expected at line 1, column 1");
}

Test(reader, lists_its_formats)
{
    const char *const *names = kh_reader_format_names();
    expect_show(names[0], "text");
    expect_show(names[1], "json");
    expect_show(names[2], "jsonl");
    cr_expect(eq(ptr, (void *)names[3], NULL));
}

Test(reader, gives_nothing_out_on_failure_and_frees_null)
{
    kh_reader *reader = (kh_reader *)1;
    cr_expect(
        eq(int,
           (int)kh_reader_open_memory(&reader, KH_STR(""), "", KH_STR(""), NULL, NULL),
           (int)KH_ERR_FORMAT));
    cr_expect(eq(ptr, reader, (kh_reader *)1));
    kh_reader_free(NULL);
}
