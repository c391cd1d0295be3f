/* test_buf - text that grows up to a maximum. */
#include <stdint.h>

#include "scratch.h"

Test(buf, is_an_empty_text_at_first)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 100);

    cr_expect(eq(sz, kh_buf_str(&buf).len, 0));
    cr_expect(eq(str, (char *)kh_buf_text(&buf), ""));
    cr_expect(not(buf.is_over_max));
}

Test(buf, appends_texts_bytes_and_characters)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 1000);

    kh_buf_add(&buf, KH_STR("indus"));
    kh_buf_add(&buf, kh_str_make(NULL, 0));
    kh_buf_add_char(&buf, ' ');
    kh_buf_add_bytes(&buf, "waters", 6);
    kh_buf_add_bytes(&buf, NULL, 0);
    kh_buf_add_code_point(&buf, 0x20);
    kh_buf_add_code_point(&buf, 0x938);
    kh_buf_printf(&buf, " %d%%, %s", 42, "treaty");

    cr_expect(eq(str, (char *)kh_buf_text(&buf), "indus waters स 42%, treaty"));
    cr_expect(eq(sz, buf.len, strlen("indus waters स 42%, treaty")));
}

Test(buf, is_nul_terminated_at_every_length)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 100000);

    for (size_t n = 1; n <= 5000; n++) {
        kh_buf_add_char(&buf, 'x');
        cr_assert(eq(sz, strlen(kh_buf_text(&buf)), n));
    }
}

Test(buf, prints_texts_longer_than_its_memory)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 100000);

    kh_buf_printf(&buf, "%01000d|%s", 7, "end");

    cr_expect(eq(sz, buf.len, 1004));
    cr_expect(eq(str, (char *)kh_buf_text(&buf) + 999, "7|end"));
}

Test(buf, holds_as_much_as_its_maximum)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 5);

    kh_buf_add(&buf, KH_STR("delhi"));

    cr_expect(not(buf.is_over_max));
    cr_expect(eq(str, (char *)kh_buf_text(&buf), "delhi"));
}

Test(buf, appends_nothing_after_the_first_that_did_not_fit)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 5);

    kh_buf_add(&buf, KH_STR("abc"));
    kh_buf_add(&buf, KH_STR("defg"));
    kh_buf_add_char(&buf, 'x');
    kh_buf_printf(&buf, "%d", 1);
    kh_buf_add_string(&buf, KH_STR(""));

    cr_expect(buf.is_over_max);
    cr_expect(eq(str, (char *)kh_buf_text(&buf), "abc"));
}

Test(buf, appends_a_number_or_a_string_whole_or_not_at_all)
{
    KH_AUTO_BUF buf;

    kh_buf_init(&buf, 7);
    kh_buf_add_u64(&buf, 1);
    cr_expect(buf.is_over_max);
    cr_expect(eq(sz, buf.len, 0));

    kh_buf_reset(&buf);
    kh_buf_add_string(&buf, KH_STR("seven77"));
    cr_expect(buf.is_over_max);
    cr_expect(eq(sz, buf.len, 0));
}

Test(buf, is_usable_again_after_reset_and_release)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 4);
    kh_buf_add(&buf, KH_STR("abc"));
    kh_buf_add(&buf, KH_STR("abc"));

    kh_buf_reset(&buf);
    cr_expect(eq(str, (char *)kh_buf_text(&buf), ""));
    kh_buf_add(&buf, KH_STR("de"));
    cr_expect(eq(str, (char *)kh_buf_text(&buf), "de"));

    kh_buf_release(&buf);
    cr_expect(eq(str, (char *)kh_buf_text(&buf), ""));
    kh_buf_add(&buf, KH_STR("fghi"));
    cr_expect(eq(str, (char *)kh_buf_text(&buf), "fghi"));
    kh_buf_add_char(&buf, 'j');
    cr_expect(buf.is_over_max);
}

Test(buf, reserves_memory_to_write_in_place)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, KH_BUF_MAX);
    kh_buf_add_char(&buf, '<');

    kh_buf_reserve(&buf, 1000);
    const char *before = buf.ptr;
    memset(buf.ptr + buf.len, 'x', 1000);
    buf.len += 1000;
    buf.ptr[buf.len] = '\0';

    cr_expect(gt(sz, buf.capacity, buf.len));
    cr_expect(eq(ptr, (void *)buf.ptr, (void *)before));
    cr_expect(eq(sz, strlen(kh_buf_text(&buf)), 1001));
}

Test(buf, ends_the_program_when_no_memory_could_hold_it, .exit_code = 2)
{
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, KH_BUF_MAX);
    kh_buf_reserve(&buf, SIZE_MAX);
}

Test(buf, writes_numbers_low_byte_first)
{
    static const char wanted[] = "\x04\x03\x02\x01"
                                 "\x08\x07\x06\x05\x04\x03\x02\x01"
                                 "\x00\x7F\x80\x01\xAC\x02";
    KH_AUTO_BUF buf;
    kh_buf_init(&buf, 100);

    kh_buf_add_u32(&buf, 0x01020304);
    kh_buf_add_u64(&buf, 0x0102030405060708);
    kh_buf_add_varint(&buf, 0);
    kh_buf_add_varint(&buf, 127);
    kh_buf_add_varint(&buf, 128);
    kh_buf_add_varint(&buf, 300);

    cr_assert(eq(sz, buf.len, sizeof(wanted) - 1));
    cr_expect(eq(int, memcmp(buf.ptr, wanted, buf.len), 0));
}
