/* test_cursor - read what a buffer wrote, whole or damaged. */
#include <stdint.h>

#include "scratch.h"

static const uint64_t numbers[] = {
    0,
    1,
    127,
    128,
    16383,
    16384,
    UINT32_MAX,
    (uint64_t)UINT32_MAX + 1,
    INT64_MAX,
    (uint64_t)INT64_MAX + 1,
    UINT64_MAX - 1,
    UINT64_MAX,
};

Test(cursor, reads_what_a_buffer_wrote)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, KH_BUF_MAX);
    for (size_t i = 0; i < KH_COUNT_OF(numbers); i++) {
        kh_buf_add_varint(&buf, numbers[i]);
        kh_buf_add_u64(&buf, numbers[i]);
        kh_buf_add_u32(&buf, (uint32_t)numbers[i]);
        kh_buf_add_string(&buf, KH_STR("ceasefire"));
        kh_buf_add_string(&buf, KH_STR(""));
    }

    kh_cursor cursor = kh_cursor_of(kh_buf_str(&buf));

    for (size_t i = 0; i < KH_COUNT_OF(numbers); i++) {
        cr_expect(eq(u64, kh_cursor_varint(&cursor), numbers[i]));
        cr_expect(eq(u64, kh_cursor_u64(&cursor), numbers[i]));
        cr_expect(eq(u32, kh_cursor_u32(&cursor), (uint32_t)numbers[i]));
        expect_text(kh_cursor_string(&cursor), "ceasefire");
        expect_text(kh_cursor_string(&cursor), "");
    }
    cr_expect(not(cursor.is_bad));
    cr_expect(eq(ptr, (void *)cursor.ptr, (void *)cursor.end));
}

Test(cursor, is_bad_for_good_after_a_number_that_was_cut)
{
    kh_cursor cursor = kh_cursor_of(KH_STR("\x01\x02\x03"));

    cr_expect(eq(u32, kh_cursor_u32(&cursor), 0));
    cr_expect(cursor.is_bad);

    cr_expect(eq(u64, kh_cursor_varint(&cursor), 0));
    cr_expect(eq(sz, kh_cursor_bytes(&cursor, 1).len, 0));
    cr_expect(eq(sz, kh_cursor_bytes(&cursor, 0).len, 0));
    cr_expect(cursor.is_bad);
}

Test(cursor, is_bad_after_every_damage)
{
    static const struct {
        const char *why;
        const char *bytes;
        size_t len;
    } cases[] = {
        { "nothing", "", 0 },
        { "a varint that goes on", "\x80", 1 },
        { "a varint of eleven bytes", "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",
          11 },
        { "a varint of 65 bits", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 10 },
        { "a string longer than what is left",
          "\x05"
          "abcd",
          5 },
        { "a string of nearly all addresses",
          "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 10 },
    };

    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        kh_cursor cursor = kh_cursor_of(kh_str_make(cases[i].bytes, cases[i].len));

        kh_str read = kh_cursor_string(&cursor);

        cr_expect(cursor.is_bad, "%s", cases[i].why);
        cr_expect(eq(sz, read.len, 0), "%s", cases[i].why);
    }
}

Test(cursor, gives_views_and_no_copies)
{
    kh_str bytes = KH_STR("\x03"
                          "abcrest");
    kh_cursor cursor = kh_cursor_of(bytes);

    kh_str string = kh_cursor_string(&cursor);
    kh_str rest = kh_cursor_bytes(&cursor, 4);

    cr_expect(eq(ptr, (void *)string.ptr, (void *)(bytes.ptr + 1)));
    expect_text(rest, "rest");
    cr_expect(not(cursor.is_bad));
}

Test(cursor, takes_a_text_without_memory)
{
    kh_cursor cursor = kh_cursor_of(kh_str_make(NULL, 0));

    cr_expect(eq(sz, kh_cursor_bytes(&cursor, 0).len, 0));
    cr_expect(not(cursor.is_bad));
    cr_expect(eq(u64, kh_cursor_u64(&cursor), 0));
    cr_expect(cursor.is_bad);
}
