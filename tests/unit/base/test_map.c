/* test_map - files mapped for reading. */
#include <unistd.h>

#include "scratch.h"

TestSuite(map, .init = scratch_open, .fini = scratch_free);

Test(map, shows_the_bytes_of_a_file)
{
    kh_map map;
    scratch_write("a", "mapped");

    assert_ok(kh_map_open(&map, scratch_path("a"), NULL));

    expect_text(kh_str_make((const char *)map.ptr, map.len), "mapped");
    kh_map_close(&map);
    cr_expect(eq(sz, map.len, 0));
    kh_map_close(&map);
}

Test(map, of_an_empty_file_has_no_bytes)
{
    kh_map map = { NULL, 99 };
    scratch_write("empty", "");

    assert_ok(kh_map_open(&map, scratch_path("empty"), NULL));

    cr_expect(eq(sz, map.len, 0));
    kh_map_close(&map);
}

Test(map, lives_on_when_the_file_is_gone)
{
    kh_map map;
    scratch_write("a", "still here");
    assert_ok(kh_map_open(&map, scratch_path("a"), NULL));

    cr_assert(eq(int, unlink(scratch_path("a")), 0));

    expect_text(kh_str_make((const char *)map.ptr, map.len), "still here");
    kh_map_close(&map);
}

Test(map, that_fails_is_not_written)
{
    kh_error err = { 0 };
    kh_map map = { NULL, 99 };

    expect_status(kh_map_open(&map, scratch_path("none"), &err), KH_ERR_NOT_FOUND);
    expect_status(kh_map_open(&map, scratch_path("."), &err), KH_ERR_IO);

    cr_expect(eq(sz, map.len, 99));
    cr_expect(ne(ptr, strstr(err.message, "not a regular file"), NULL));
}

Test(map, has_the_same_bytes_after_it_was_let_go)
{
    kh_map map;
    scratch_write("a", "read once, and again");
    assert_ok(kh_map_open(&map, scratch_path("a"), NULL));
    cr_expect(eq(int, map.ptr[0], 'r'));

    kh_map_let_go(&map);

    expect_text(kh_str_make((const char *)map.ptr, map.len), "read once, and again");
    kh_map_close(&map);
    kh_map_let_go(&map); /* closed: nothing happens */
}
