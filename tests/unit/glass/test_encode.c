/* Suite encode: numbers, blocks and the version file, byte by byte. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/decls.h"
#include "block.h"
#include "encode.h"
#include "version.h"

#define EXPECT_BYTES(bytes, len, text)                                                 \
    do {                                                                               \
        cr_expect(eq(sz, (size_t)(len), sizeof(text) - 1));                            \
        cr_expect(eq(int, memcmp((bytes), (text), sizeof(text) - 1), 0), "%s", #text); \
    } while (0)

typedef struct number_case {
    uint64_t number;
    const char *bytes;
    size_t len;
} number_case;

Test(encode, writes_low_bits_first)
{
    static const number_case cases[] = {
        { 0, "\x00", 1 },
        { 127, "\x7f", 1 },
        { 128, "\x80\x01", 2 },
        { 300, "\xac\x02", 2 },
        { 16384, "\x80\x80\x01", 3 },
        { UINT32_MAX, "\xff\xff\xff\xff\x0f", 5 },
        { UINT64_MAX, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10 },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char bytes[KH_GLASS_UINT_MAX];
        const char *end = kh_glass_put_uint(bytes, cases[i].number);
        cr_assert(eq(sz, (size_t)(end - bytes), cases[i].len));
        cr_expect(eq(int, memcmp(bytes, cases[i].bytes, cases[i].len), 0), "%zu", i);
    }
}

Test(encode, leaves_zero_bytes_at_the_end_out)
{
    static const number_case cases[] = {
        { 0, "", 0 },           { 1, "\x01", 1 },
        { 255, "\xff", 1 },     { 256, "\x00\x01", 2 },
        { 300, "\x2c\x01", 2 }, { UINT32_MAX, "\xff\xff\xff\xff", 4 },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char bytes[4];
        const char *end = kh_glass_put_uint_last(bytes, (uint32_t)cases[i].number);
        cr_assert(eq(sz, (size_t)(end - bytes), cases[i].len));
        cr_expect(eq(int, memcmp(bytes, cases[i].bytes, cases[i].len), 0), "%zu", i);
    }
}

Test(encode, keeps_the_order_of_numbers_in_bytes)
{
    static const number_case cases[] = {
        { 0, "\x00\x00", 2 },
        { 1, "\x00\x01", 2 },
        { 256, "\x01\x00", 2 },
        { 32767, "\x7f\xff", 2 },
        { 32768, "\x80\x80\x00", 3 },
        { 100000, "\x81\x86\xa0", 3 },
        { 4194303, "\xbf\xff\xff", 3 },
        { 4194304, "\xc0\x40\x00\x00", 4 },
        { 536870911, "\xdf\xff\xff\xff", 4 },
        { 536870912, "\xe0\x20\x00\x00\x00", 5 },
        { UINT32_MAX, "\xe0\xff\xff\xff\xff", 5 },
    };
    for (size_t i = 0; i < KH_COUNT_OF(cases); i++) {
        char bytes[KH_GLASS_SORT_MAX];
        const char *end = kh_glass_put_uint_sort(bytes, (uint32_t)cases[i].number);
        cr_assert(eq(sz, (size_t)(end - bytes), cases[i].len));
        cr_expect(eq(int, memcmp(bytes, cases[i].bytes, cases[i].len), 0), "%zu", i);
    }
}

Test(encode, marks_zero_bytes_of_a_term)
{
    char bytes[8];

    const char *end = kh_glass_put_escaped(bytes, "a\0b\0", 4);

    EXPECT_BYTES(bytes, end - bytes,
                 "a\0\xff"
                 "b\0\xff");
}

Test(encode, lays_a_block_out)
{
    kh_glass_block block;
    kh_glass_block_init(&block, 2048, 1);
    memcpy(kh_glass_block_take(&block, 3), "abc", 3);
    memcpy(kh_glass_block_take(&block, 2), "de", 2);

    kh_glass_block_finish(&block);

    EXPECT_BYTES(block.bytes, 15,
                 "\0\0\0\x01\x01\x07\xec\x07\xec\0\x0f\x07\xfd\x07\xfb");
    EXPECT_BYTES(block.bytes + 2043, 5, "deabc");
    for (size_t i = 15; i < 2043; i++)
        cr_assert(eq(int, block.bytes[i], 0));
    cr_expect(eq(sz, kh_glass_block_room(&block), 2026));
    kh_glass_block_release(&block);
}

Test(encode, fits_the_largest_item_that_there_is_room_for)
{
    kh_glass_block block;
    kh_glass_block_init(&block, 65536, 0);
    cr_expect(eq(sz, kh_glass_block_room(&block), kh_glass_block_most(65536)));

    (void)kh_glass_block_take(&block, kh_glass_block_room(&block));

    cr_expect(eq(sz, kh_glass_block_room(&block), 0));
    cr_expect(eq(u32, block.lowest, block.directory_end));
    kh_glass_block_release(&block);
}

#define UUID "0123456789abcdef"

Test(encode, writes_an_empty_database)
{
    kh_glass_version version = { .block_bytes = 8192 };
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);

    kh_glass_version_encode(&out, &version, UUID);

    EXPECT_BYTES(out.ptr, out.len,
                 "\x0f\x0dXapian Glass\x04\x6e" UUID "\x01"
                 "\0\x03\0\x04\0\0"
                 "\0\x03\0\x04\x12\0"
                 "\0\x03\0\x04\x12\0"
                 "\0\x03\0\x04\0\0"
                 "\0\x03\0\x04\x12\0"
                 "\0\x03\0\x04\x12\0"
                 "\0\0\0\0\0\0\0\0");
}

Test(encode, writes_roots_and_statistics)
{
    kh_glass_version version = {
        .block_bytes = 65536,
        .roots = { { .block = 299, .level = 2, .n_blocks = 300, .n_entries = 5 } },
        .n_documents = 3,
        .last_document = 10,
        .shortest = 4,
        .longest = 130,
        .max_wdf = 2,
        .total_length = 300,
    };
    KH_AUTO_BUF out;
    kh_buf_init(&out, KH_BUF_MAX);

    kh_glass_version_encode(&out, &version, UUID);

    kh_str roots = kh_str_slice(kh_buf_str(&out), 33, out.len);
    EXPECT_BYTES(roots.ptr, 14, "\xab\x02\x0a\x05\x20\0\x07\x01\xac\x02\0\0\0\0");
    kh_str statistics = kh_str_slice(roots, roots.len - 10, roots.len);
    EXPECT_BYTES(statistics.ptr, statistics.len,
                 "\x03\x07\x04\x02\x80\x01\0\xac\x02\0");
}
