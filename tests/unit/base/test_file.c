/* test_file - whole files: read, replaced, digested. */
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"

TestSuite(file, .init = scratch_open, .fini = scratch_free);

Test(file, is_read_behind_what_is_there)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 1000);
    kh_buf_add(&buf, KH_STR("<"));
    scratch_write("a", "content");

    assert_ok(kh_file_read(&buf, scratch_path("a"), 7, NULL));

    cr_expect(eq(str, (char *)kh_buf_text(&buf), "<content"));
}

Test(file, of_many_reads_comes_whole)
{
    static char content[300001];
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, KH_BUF_MAX);
    memset(content, 'n', sizeof(content) - 1);
    scratch_write("large", content);

    assert_ok(kh_file_read(&buf, scratch_path("large"), KH_BUF_MAX, NULL));

    cr_expect(eq(sz, buf.len, sizeof(content) - 1));
    cr_expect(eq(str, (char *)kh_buf_text(&buf), content));
}

Test(file, without_bytes_gives_an_empty_text)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 10);
    scratch_write("empty", "");

    assert_ok(kh_file_read(&buf, scratch_path("empty"), 0, NULL));

    cr_expect(eq(str, (char *)kh_buf_text(&buf), ""));
}

Test(file, that_cannot_be_read_leaves_the_buffer_alone)
{
    kh_error err = { 0 };
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 100);
    kh_buf_add(&buf, KH_STR("<"));
    scratch_write("nine", "123456789");
    scratch_folder("folder");

    expect_status(kh_file_read(&buf, scratch_path("nine"), 8, &err), KH_ERR_LIMIT);
    expect_status(err.status, KH_ERR_LIMIT);
    expect_status(kh_file_read(&buf, scratch_path("none"), 8, &err), KH_ERR_NOT_FOUND);
    expect_status(kh_file_read(&buf, scratch_path("nine/x"), 8, &err),
                  KH_ERR_NOT_FOUND);
    expect_status(kh_file_read(&buf, scratch_path("folder"), 8, &err), KH_ERR_IO);

    cr_expect(eq(str, (char *)kh_buf_text(&buf), "<"));
}

Test(file, larger_than_the_buffer_may_be_is_a_limit)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 5);
    scratch_write("six", "123456");

    expect_status(kh_file_read(&buf, scratch_path("six"), 100, NULL), KH_ERR_LIMIT);

    cr_expect(eq(sz, buf.len, 0));
}

Test(file, is_replaced_and_nothing_else_is_left)
{
    kh_names names = { 0 };
    scratch_write("current", "gen-000001\n");

    assert_ok(kh_file_replace(scratch_path("current"), KH_STR("gen-000002\n"), NULL));
    assert_ok(kh_file_replace(scratch_path("fresh"), KH_STR(""), NULL));

    cr_expect(scratch_holds("current", "gen-000002\n"));
    cr_expect(scratch_holds("fresh", ""));
    assert_ok(kh_folder_list(&names, scratch_path("."), NULL));
    cr_expect(eq(sz, names.n, 2));
    kh_names_release(&names);
}

Test(file, that_is_replaced_stays_whole_for_who_has_it_open)
{
    char text[16] = "";
    scratch_write("current", "old");
    FILE *reader = fopen(scratch_path("current"), "r");
    cr_assert(ne(ptr, reader, NULL));

    assert_ok(kh_file_replace(scratch_path("current"), KH_STR("new"), NULL));

    cr_expect(eq(sz, fread(text, 1, sizeof(text) - 1, reader), 3));
    cr_expect(eq(str, text, "old"));
    fclose(reader);
}

Test(file, that_cannot_be_replaced_leaves_no_debris)
{
    kh_error err = { 0 };
    kh_names names = { 0 };
    scratch_folder("folder");

    expect_status(kh_file_replace(scratch_path("folder"), KH_STR("x"), &err),
                  KH_ERR_IO);
    expect_status(kh_file_replace(scratch_path("none/x"), KH_STR("x"), &err),
                  KH_ERR_IO);

    cr_expect(ne(ptr, strstr(err.message, "none/x"), NULL), "%s", err.message);
    assert_ok(kh_folder_list(&names, scratch_path("."), NULL));
    cr_expect(eq(sz, names.n, 1));
    kh_names_release(&names);
}

Test(file, in_the_current_folder_is_replaced)
{
    cr_assert(eq(int, chdir(scratch_path(".")), 0));

    assert_ok(kh_file_replace("plain", KH_STR("x"), NULL));

    cr_expect(scratch_holds("plain", "x"));
}

Test(file, has_the_digest_of_its_bytes)
{
    static char content[200000];
    kh_digest digest = { "untouched" };
    memset(content, 'd', sizeof(content) - 1);
    scratch_write("file", content);

    expect_status(kh_file_digest(&digest, scratch_path("none"), NULL),
                  KH_ERR_NOT_FOUND);
    expect_status(kh_file_digest(&digest, scratch_path("."), NULL), KH_ERR_IO);
    cr_expect(eq(str, digest.hex, "untouched"));

    assert_ok(kh_file_digest(&digest, scratch_path("file"), NULL));
    cr_expect(eq(str, digest.hex, kh_digest_of(kh_str_from(content)).hex));
}
