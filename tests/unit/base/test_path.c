/* test_path - names of files. */
#include <unistd.h>

#include "scratch.h"

TestSuite(path, .init = scratch_open, .fini = scratch_free);

Test(path, exists_or_does_not)
{
    scratch_write("file", "x");
    scratch_folder("folder");

    cr_expect(kh_path_exists(scratch_path("file")));
    cr_expect(kh_path_exists(scratch_path("folder")));
    cr_expect(not(kh_path_exists(scratch_path("none"))));
    cr_expect(kh_path_is_folder(scratch_path("folder")));
    cr_expect(not(kh_path_is_folder(scratch_path("file"))));
    cr_expect(not(kh_path_is_folder(scratch_path("none"))));
}

Test(path, becomes_absolute_without_dots)
{
    static const struct {
        const char *path, *absolute;
    } cases[] = {
        { "/", "/" },
        { "/srv/archive", "/srv/archive" },
        { "/srv//archive/", "/srv/archive" },
        { "/srv/./archive/.", "/srv/archive" },
        { "/srv/x/../archive", "/srv/archive" },
        { "/..", "/" },
        { "/../../a", "/a" },
        { "/a/..", "/" },
        { "/a/.../..b/c..", "/a/.../..b/c.." },
        { "/a/b/../../../c", "/c" },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF out;
        kh_buf_init(&out, 1000);
        kh_path_absolute(&out, cases[i].path);
        cr_expect(eq(str, (char *)kh_buf_text(&out), (char *)cases[i].absolute));
    }
}

Test(path, is_taken_from_the_current_folder)
{
    static const char *const paths[] = { "usr", "./usr", "etc/../usr", "usr/" };
    cr_assert(eq(int, chdir("/"), 0));

    for (size_t i = 0; i < KH_COUNT_OF(paths); i++) {
        KH_AUTO_BUF out;
        kh_buf_init(&out, 1000);
        kh_path_absolute(&out, paths[i]);
        cr_expect(eq(str, (char *)kh_buf_text(&out), "/usr"));
    }

    KH_AUTO_BUF here;
    kh_buf_init(&here, 1000);
    cr_assert(eq(int, chdir("/usr"), 0));
    kh_path_absolute(&here, ".");
    cr_expect(eq(str, (char *)kh_buf_text(&here), "/usr"));
}

Test(path, stays_as_it_is_when_the_current_folder_is_gone)
{
    KH_AUTO_BUF out;
    kh_buf_init(&out, 1000);
    scratch_folder("gone");
    cr_assert(eq(int, chdir(scratch_path("gone")), 0));
    cr_assert(eq(int, rmdir(scratch_path("gone")), 0));

    kh_path_absolute(&out, "a/../b");
    kh_buf_add_char(&out, ' ');
    kh_path_absolute(&out, "/a/../b");

    cr_expect(eq(str, (char *)kh_buf_text(&out), "a/../b /b"));
}

Test(path, is_joined_with_one_slash)
{
    static const struct {
        const char *folder, *name, *joined;
    } cases[] = {
        { "a", "b", "a/b" },
        { "a/", "b", "a/b" },
        { "/", "b", "/b" },
        { "", "b", "b" },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        KH_AUTO_BUF out;
        kh_buf_init(&out, 1000);
        kh_path_join(&out, cases[i].folder, cases[i].name);
        cr_expect(eq(str, (char *)kh_buf_text(&out), (char *)cases[i].joined));
    }
}
