/* test_sparse - places that are read first, and mapped later. */
#include <stdlib.h>

#include "scratch.h"

#define BYTES ((size_t)100000)

TestSuite(sparse, .init = scratch_open, .fini = scratch_free);

/* A file of bytes that tell their place. */
static kh_sparse made(void)
{
    char *text = malloc(BYTES + 1);
    for (size_t i = 0; i < BYTES; i++)
        text[i] = (char)('a' + i % 23);
    text[BYTES] = '\0';
    scratch_write("a", text);
    free(text);
    kh_sparse file;
    assert_ok(kh_sparse_open(&file, scratch_path("a"), NULL));
    return file;
}

static bool is_right(const unsigned char *at, size_t offset, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (at[i] != 'a' + (offset + i) % 23)
            return false;
    return true;
}

Test(sparse, gives_the_same_read_and_mapped)
{
    kh_sparse file = made();
    size_t n_mapped = 0;
    for (uint32_t i = 0; i < KH_SPARSE_READS + 50; i++) {
        size_t offset = i * 7919u % (BYTES - 200);
        size_t len = 1 + i % 200;
        const unsigned char *at = kh_sparse_at(&file, offset, len);
        cr_assert(is_right(at, offset, len), "place %u", i);
        n_mapped += at == file.map.ptr + offset;
    }
    cr_expect(eq(sz, n_mapped, 50));
    kh_sparse_close(&file);
    kh_sparse_close(&file);
}

Test(sparse, maps_what_is_long_or_empty)
{
    kh_sparse file = made();
    const unsigned char *at = kh_sparse_at(&file, 3, KH_SPARSE_MAX + 1);
    cr_expect(at == file.map.ptr + 3);
    cr_expect(is_right(at, 3, KH_SPARSE_MAX + 1));
    cr_expect(ne(ptr, (void *)kh_sparse_at(&file, BYTES, 0), NULL));
    cr_expect(eq(u32, file.n_reads, KH_SPARSE_READS));
    at = kh_sparse_at(&file, BYTES - 9, 9);
    cr_expect(is_right(at, BYTES - 9, 9));
    cr_expect(eq(u32, file.n_reads, KH_SPARSE_READS - 1));
    kh_sparse_close(&file);
}

Test(sparse, of_no_file_is_not_opened)
{
    kh_sparse file = { .fd = -1 };
    cr_expect(
        eq(int, kh_sparse_open(&file, scratch_path("none"), NULL), KH_ERR_NOT_FOUND));
    kh_sparse_close(&file);
}
