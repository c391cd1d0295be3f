/* test_tree - a folder with all that lies below it. */
#include <unistd.h>

#include "scratch.h"

TestSuite(tree, .init = scratch_open, .fini = scratch_free);

static void plant(void)
{
    assert_ok(kh_folder_make(scratch_path("tree/a/b"), NULL));
    assert_ok(kh_folder_make(scratch_path("tree/empty"), NULL));
    scratch_write("outside", "not part of it");
    scratch_write("tree/one", "1");
    scratch_write("tree/a/two", "22");
    scratch_write("tree/a/b/.three", "333");
    cr_assert(eq(int, symlink(scratch_path("outside"), scratch_path("tree/link")), 0));
    cr_assert(eq(int, symlink("..", scratch_path("tree/a/up")), 0));
}

Test(tree, has_the_bytes_of_its_files_and_of_no_links)
{
    uint64_t bytes = 99;
    plant();

    expect_status(kh_tree_bytes(&bytes, scratch_path("none"), NULL), KH_ERR_NOT_FOUND);
    cr_expect(eq(u64, bytes, 99));

    assert_ok(kh_tree_bytes(&bytes, scratch_path("tree"), NULL));
    cr_expect(eq(u64, bytes, 6));
}

Test(tree, is_synced)
{
    kh_error err = { 0 };
    plant();

    assert_ok(kh_tree_sync(scratch_path("tree"), &err));
    expect_status(kh_tree_sync(scratch_path("none"), &err), KH_ERR_NOT_FOUND);
}

Test(tree, is_removed_and_nothing_that_a_link_names)
{
    plant();

    assert_ok(kh_folder_remove(scratch_path("tree"), NULL));

    cr_expect(not(kh_path_exists(scratch_path("tree"))));
    cr_expect(scratch_holds("outside", "not part of it"));
}

Test(tree, that_is_not_there_is_removed)
{
    assert_ok(kh_folder_remove(scratch_path("none"), NULL));
}

Test(tree, is_removed_only_if_it_is_a_folder)
{
    kh_error err = { 0 };
    plant();

    expect_status(kh_folder_remove(scratch_path("outside"), &err), KH_ERR_IO);
    expect_status(kh_folder_remove(scratch_path("tree/a/up"), &err), KH_ERR_IO);
    expect_status(kh_folder_remove(scratch_path("outside/x"), &err), KH_ERR_IO);

    cr_expect(kh_path_exists(scratch_path("outside")));
    cr_expect(kh_path_exists(scratch_path("tree/one")));
}

Test(tree, has_a_depth_that_is_given_up)
{
    kh_error err = { 0 };
    uint64_t bytes = 0;
    KH_AUTO_BUF name;
    kh_buf_init(&name, 1000);
    kh_buf_add(&name, KH_STR("tree"));
    for (int i = 0; i < 130; i++)
        kh_buf_add(&name, KH_STR("/d"));
    assert_ok(kh_folder_make(scratch_path(kh_buf_text(&name)), NULL));

    expect_status(kh_tree_bytes(&bytes, scratch_path("tree"), &err), KH_ERR_LIMIT);
    expect_status(kh_folder_remove(scratch_path("tree"), &err), KH_ERR_LIMIT);
}
