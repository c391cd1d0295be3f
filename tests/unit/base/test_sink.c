/* test_sink - a file that is written from front to end. */
#include <sys/stat.h>

#include "scratch.h"

TestSuite(sink, .init = scratch_open, .fini = scratch_free);

Test(sink, writes_what_was_added)
{
    kh_sink *sink = NULL;
    assert_ok(kh_sink_open(&sink, scratch_path("out"), NULL));

    kh_sink_add(sink, "one ", 4);
    kh_sink_add(sink, NULL, 0);
    kh_sink_add(sink, "two", 3);

    cr_expect(eq(u64, kh_sink_offset(sink), 7));
    assert_ok(kh_sink_close(sink, NULL));
    cr_expect(scratch_holds("out", "one two"));
}

Test(sink, keeps_the_order_of_small_and_large_pieces)
{
    static char piece[700000];
    kh_digest digest;
    kh_sink *sink = NULL;
    KH_AUTO(kh_digester_free) kh_digester *digester = kh_digester_open();
    assert_ok(kh_sink_open(&sink, scratch_path("out"), NULL));
    for (size_t i = 0; i < sizeof(piece); i++)
        piece[i] = (char)(i % 251);

    size_t sum = 0;
    for (size_t len = 1; len < sizeof(piece); len = len * 3 + 1) {
        for (int round = 0; round < 3; round++) {
            kh_sink_add(sink, piece + round, len - (len > 2 ? 2 : 0));
            kh_digester_add(digester,
                            kh_str_make(piece + round, len - (len > 2 ? 2 : 0)));
            sum += len - (len > 2 ? 2 : 0);
        }
    }

    cr_expect(eq(u64, kh_sink_offset(sink), sum));
    assert_ok(kh_sink_close(sink, NULL));
    assert_ok(kh_file_digest(&digest, scratch_path("out"), NULL));
    cr_expect(eq(str, digest.hex, kh_digester_read(digester).hex));
}

Test(sink, replaces_an_old_file)
{
    kh_sink *sink = NULL;
    scratch_write("out", "much longer than before");

    assert_ok(kh_sink_open(&sink, scratch_path("out"), NULL));
    kh_sink_add(sink, "new", 3);
    assert_ok(kh_sink_close(sink, NULL));

    cr_expect(scratch_holds("out", "new"));
}

Test(sink, says_at_the_end_that_the_disk_was_full)
{
    static const char much[300000];
    kh_error err = { 0 };
    kh_sink *sink = NULL;
    struct stat info;
    cr_assert(eq(int, stat("/dev/full", &info), 0), "this test needs /dev/full");
    assert_ok(kh_sink_open(&sink, "/dev/full", &err));

    kh_sink_add(sink, much, sizeof(much));
    kh_sink_add(sink, "more", 4);

    expect_status(kh_sink_close(sink, &err), KH_ERR_IO);
    cr_expect(
        eq(str, err.message, "cannot write '/dev/full': No space left on device"));
}

Test(sink, cannot_be_opened_where_no_file_can_be)
{
    kh_error err = { 0 };
    kh_sink *sink = NULL;

    expect_status(kh_sink_open(&sink, scratch_path("none/out"), &err), KH_ERR_IO);
    expect_status(kh_sink_open(&sink, scratch_path("."), &err), KH_ERR_IO);

    cr_expect(eq(ptr, sink, NULL));
}

Test(sink, may_be_dropped)
{
    KH_AUTO(kh_sink_free) kh_sink *sink = NULL;
    assert_ok(kh_sink_open(&sink, scratch_path("out"), NULL));

    kh_sink_add(sink, "x", 1);
    kh_sink_free(NULL);
}
