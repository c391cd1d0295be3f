/* checked - see checked.h. */
#include "checked.h"

#include "base/alloc.h"
#include "base/hash.h"

/* Of a block: its number is the seed, so that none is taken for another. */
static uint32_t sum_of(kh_str block, size_t number)
{
    return (uint32_t)kh_checksum(block, number);
}

/* ---- writing ---- */

void kh_summing_init(kh_summing *summing)
{
    kh_buf_init(&summing->block, KH_BUF_MAX);
    kh_buf_init(&summing->sums, KH_BUF_MAX);
}

void kh_summing_release(kh_summing *summing)
{
    kh_buf_release(&summing->block);
    kh_buf_release(&summing->sums);
}

void kh_summing_end(kh_summing *summing)
{
    if (summing->block.len == 0)
        return;
    size_t number = summing->sums.len / KH_SUM_BYTES;
    kh_buf_add_u32(&summing->sums, sum_of(kh_buf_str(&summing->block), number));
    kh_buf_reset(&summing->block);
}

void kh_summing_add(kh_summing *summing, kh_str bytes)
{
    for (size_t at = 0; at < bytes.len;) {
        size_t room = KH_CHECKED_BLOCK - summing->block.len;
        kh_str piece = kh_str_slice(bytes, at, at + room);
        kh_buf_add(&summing->block, piece);
        at += piece.len;
        if (summing->block.len == KH_CHECKED_BLOCK)
            kh_summing_end(summing);
    }
}

/* ---- reading ---- */

kh_status kh_checked_open(kh_checked **out, const char *path, kh_error *err)
{
    kh_checked *checked = kh_alloc(sizeof(*checked));
    kh_status status = kh_sparse_open(&checked->file, path, err);
    if (status == KH_OK)
        *out = checked;
    else
        kh_free(checked);
    return status;
}

void kh_checked_close(kh_checked *checked)
{
    if (checked == NULL)
        return;
    kh_sparse_close(&checked->file);
    kh_free(checked->right);
    kh_free(checked);
}

kh_status kh_checked_version(const kh_checked *checked, kh_str magic, size_t least,
                             const char *path, kh_error *err)
{
    const kh_map *map = &checked->file.map;
    const char *bytes = (const char *)map->ptr;
    size_t version = magic.len - 1;
    if (map->len < least || memcmp(bytes, magic.ptr, version) != 0)
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", path);
    if (bytes[version] == magic.ptr[version])
        return KH_OK;
    kh_fail(err, KH_ERR_VERSION, "records of another version: '%s'", path);
    kh_hint(err, "build it again: khabar-index");
    return KH_ERR_VERSION;
}

void kh_checked_set(kh_checked *checked, const unsigned char *begin, size_t n_bytes,
                    const unsigned char *sums, size_t together)
{
    checked->begin = begin;
    checked->end = begin + n_bytes;
    checked->sums = sums;
    checked->together = together;
    checked->right =
        kh_alloc((size_t)(kh_checked_n(n_bytes) / 64 + 1) * sizeof(uint64_t));
}

/* Read, or where it is mapped; until the next call. */
static kh_str bytes_of(kh_checked *checked, const unsigned char *at, size_t len)
{
    uint64_t offset = (uint64_t)(at - checked->file.map.ptr);
    return kh_str_make((const char *)kh_sparse_at(&checked->file, offset, len), len);
}

static bool is_known(const kh_checked *checked, size_t number)
{
    return (checked->right[number / 64] >> number % 64 & 1) != 0;
}

/* Note whether a block is right. */
static void compare(kh_checked *checked, size_t number, kh_str block)
{
    if (!is_known(checked, number) &&
        sum_of(block, number) == kh_le32(checked->sums + number * KH_SUM_BYTES))
        checked->right[number / 64] |= UINT64_C(1) << number % 64;
}

/* So many blocks, as far as there are. */
static kh_str read_blocks(kh_checked *checked, size_t number, size_t n)
{
    const unsigned char *at = checked->begin + number * KH_CHECKED_BLOCK;
    size_t left = (size_t)(checked->end - at);
    size_t len = n * KH_CHECKED_BLOCK;
    return bytes_of(checked, at, len < left ? len : left);
}

/* Those beside a block are compared with it: what is wanted together stands together.
 */
bool kh_checked_compare(kh_checked *checked, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++) {
        if (is_known(checked, i))
            continue;
        size_t begin = i / checked->together * checked->together;
        kh_str blocks = read_blocks(checked, begin, checked->together);
        for (size_t at = 0; at < blocks.len; at += KH_CHECKED_BLOCK)
            compare(checked, begin + at / KH_CHECKED_BLOCK,
                    kh_str_slice(blocks, at, at + KH_CHECKED_BLOCK));
        if (!is_known(checked, i)) {
            checked->is_damaged = true;
            return false;
        }
    }
    return true;
}

bool kh_checked_compare_all(kh_checked *checked)
{
    uint64_t n = kh_checked_n((uint64_t)(checked->end - checked->begin));
    return n == 0 || kh_checked_compare(checked, 0, (size_t)n - 1);
}

kh_str kh_checked_take(kh_checked *checked, const unsigned char *at, size_t len)
{
    size_t offset = (size_t)(at - checked->begin);
    size_t number = offset / KH_CHECKED_BLOCK;
    kh_str none = kh_str_make("", 0);
    if ((offset + len - 1) / KH_CHECKED_BLOCK > number)
        return kh_checked_is_right(checked, at, len) ? bytes_of(checked, at, len)
                                                     : none;
    kh_str block = read_blocks(checked, number, 1);
    compare(checked, number, block);
    if (!is_known(checked, number)) {
        checked->is_damaged = true;
        return none;
    }
    size_t in_block = offset % KH_CHECKED_BLOCK;
    return kh_str_slice(block, in_block, in_block + len);
}
