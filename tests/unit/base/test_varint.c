/* The short forms of varints are the long ones. */
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/buf.h"
#include "base/varint.h"

TestSuite(varint);

#define BYTES_MAX (KH_VARINT_MAX + KH_VARINT_SHORT)

static void expect_same(uint64_t value, int around)
{
    char bytes[BYTES_MAX];
    memset(bytes, around, sizeof(bytes));
    size_t n = (size_t)(kh_varint_put(bytes, value) - bytes);

    uint32_t out = 0;
    size_t read = kh_varint_short(&out, bytes);

    cr_expect(eq(sz, read, n <= KH_VARINT_SHORT ? n : 0), "%llu",
              (unsigned long long)value);
    if (read > 0)
        cr_expect(eq(u64, out, value));
    if (value >= KH_VARINT_SHORT_END)
        return;

    char in_short[BYTES_MAX];
    memset(in_short, around, sizeof(in_short));
    size_t n_short =
        (size_t)(kh_varint_put_short(in_short, (uint32_t)value) - in_short);
    cr_expect(eq(sz, n_short, n), "%llu", (unsigned long long)value);
    cr_expect(memcmp(in_short, bytes, n) == 0, "%llu", (unsigned long long)value);
}

Test(varint, short_ones_are_read_and_written_at_once)
{
    for (unsigned shift = 0; shift < 40; shift++)
        for (int d = -2; d <= 2; d++)
            for (int around = 0; around <= 0xFF; around += 0xFF)
                expect_same((UINT64_C(1) << shift) + (uint64_t)d, around);
}

/* A buffer takes what its maximum allows, to the byte, wherever its memory ends. */
Test(varint, is_appended_up_to_the_maximum)
{
    for (size_t max = 1; max < 200; max++) {
        KH_AUTO_BUF buf;
        kh_buf_init(&buf, max);
        size_t n = 0;
        for (; n < 300 && !buf.is_over_max; n++)
            kh_buf_add_varint(&buf, n); /* two bytes from 128 on */
        size_t fit = max < 128 ? max : 128 + (max - 128) / 2;
        cr_expect(eq(sz, n, fit + 1), "%zu", max);
        cr_expect(eq(sz, buf.len, fit < 128 ? fit : 128 + (fit - 128) * 2));
        cr_expect(eq(chr, buf.ptr[buf.len], '\0'));
        kh_buf_add_char(&buf, 'x');
        cr_expect(buf.is_over_max && buf.len <= max, "nothing more is appended");
    }
}

Test(varint, a_byte_is_appended_up_to_the_maximum)
{
    for (size_t max = 1; max < 200; max++) {
        KH_AUTO_BUF buf;
        kh_buf_init(&buf, max);
        for (size_t i = 0; i < max; i++)
            kh_buf_add_char(&buf, (char)i);
        cr_expect(eq(sz, buf.len, max));
        cr_expect(not(buf.is_over_max));
        kh_buf_add_char(&buf, 'x');
        cr_expect(eq(sz, buf.len, max));
        cr_expect(buf.is_over_max);
        cr_expect(eq(chr, buf.ptr[buf.len], '\0'));
    }
}
