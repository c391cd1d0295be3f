/* test_folder - one folder: made, listed, synced. */
#include <sys/stat.h>

#include "scratch.h"

TestSuite(folder, .init = scratch_open, .fini = scratch_free);

Test(folder, is_made_with_its_parents)
{
    assert_ok(kh_folder_make(scratch_path("a/b//c/"), NULL));

    cr_expect(kh_path_is_folder(scratch_path("a/b/c")));
    assert_ok(kh_folder_make(scratch_path("a/b/c"), NULL));
    assert_ok(kh_folder_make("/", NULL));
}

Test(folder, is_not_made_where_a_file_is)
{
    kh_error err = { 0 };
    scratch_write("file", "x");

    expect_status(kh_folder_make(scratch_path("file"), &err), KH_ERR_IO);
    cr_expect(ne(ptr, strstr(err.message, "File exists"), NULL), "%s", err.message);
    expect_status(kh_folder_make(scratch_path("file/x"), &err), KH_ERR_IO);
    expect_status(kh_folder_make("", &err), KH_ERR_IO);
}

Test(folder, is_listed_in_the_order_of_bytes)
{
    static const char *const wanted[] = { ".hidden", "A", "a", "b", "\xC3\xA9" };
    kh_names names = { 0 };
    for (size_t i = KH_COUNT_OF(wanted); i > 0; i--)
        scratch_write(wanted[i - 1], "");

    assert_ok(kh_folder_list(&names, scratch_path("."), NULL));

    cr_assert(eq(sz, names.n, KH_COUNT_OF(wanted)));
    for (size_t i = 0; i < names.n; i++)
        cr_expect(eq(str, names.names[i], (char *)wanted[i]));
    kh_names_release(&names);
    cr_expect(eq(sz, names.n, 0));
}

Test(folder, without_files_lists_no_names)
{
    kh_names names = { .n = 99 };

    assert_ok(kh_folder_list(&names, scratch_path("."), NULL));

    cr_expect(eq(sz, names.n, 0));
    kh_names_release(&names);
}

Test(folder, that_is_none_is_not_listed)
{
    kh_error err = { 0 };
    kh_names names = { .n = 99 };
    scratch_write("file", "x");

    expect_status(kh_folder_list(&names, scratch_path("none"), &err), KH_ERR_NOT_FOUND);
    expect_status(kh_folder_list(&names, scratch_path("file"), &err), KH_ERR_NOT_FOUND);

    cr_expect(eq(sz, names.n, 99));
}

Test(folder, is_synced)
{
    kh_error err = { 0 };

    assert_ok(kh_folder_sync(scratch_path("."), &err));
    expect_status(kh_folder_sync(scratch_path("none"), &err), KH_ERR_NOT_FOUND);
}

Test(folder, lies_on_a_disk_with_room)
{
    uint64_t bytes = 0;

    assert_ok(kh_disk_free(&bytes, scratch_path("."), NULL));
    cr_expect(gt(u64, bytes, 0));
    expect_status(kh_disk_free(&bytes, scratch_path("none"), NULL), KH_ERR_NOT_FOUND);
}
