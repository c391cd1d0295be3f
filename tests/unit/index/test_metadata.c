/* test_metadata - blocks with a checksum. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "metadata.h"

static kh_status keep(void *self, kh_str key, kh_str value, kh_error *err)
{
    (void)err;
    (void)key;
    kh_buf_add(self, value);
    return KH_OK;
}

Test(metadata, gives_a_block_back_under_its_key_alone)
{
    KH_AUTO_BUF kept;
    KH_AUTO_BUF block;
    kh_buf_init(&kept, KH_BUF_MAX);
    kh_buf_init(&block, KH_BUF_MAX);
    kh_buf_add(&block, KH_STR("indus waters treaty"));
    const kh_metadata out = { .self = &kept, .put = keep };
    cr_assert(eq(int, kh_metadata_put_block(&out, KH_STR("Tx"), &block, NULL), KH_OK));

    kh_str read = kh_buf_str(&kept);
    cr_expect(kh_metadata_block(&read, KH_STR("Tx")));
    cr_expect(kh_str_equal(read, KH_STR("indus waters treaty")));
    read = kh_buf_str(&kept);
    cr_expect(not(kh_metadata_block(&read, KH_STR("Ty"))));
}

Test(metadata, sees_every_changed_bit_and_every_cut)
{
    KH_AUTO_BUF kept;
    KH_AUTO_BUF block;
    kh_buf_init(&kept, KH_BUF_MAX);
    kh_buf_init(&block, KH_BUF_MAX);
    kh_buf_add(&block, KH_STR("monsoon"));
    const kh_metadata out = { .self = &kept, .put = keep };
    cr_assert(eq(int, kh_metadata_put_block(&out, KH_STR("T"), &block, NULL), KH_OK));

    for (size_t bit = 0; bit < kept.len * 8; bit++) {
        kept.ptr[bit / 8] ^= (char)(1 << bit % 8);
        kh_str read = kh_buf_str(&kept);
        cr_expect(not(kh_metadata_block(&read, KH_STR("T"))), "bit %zu", bit);
        kept.ptr[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t n = 0; n < kept.len; n++) {
        kh_str read = kh_str_slice(kh_buf_str(&kept), 0, n);
        cr_expect(not(kh_metadata_block(&read, KH_STR("T"))), "%zu bytes", n);
    }
}
