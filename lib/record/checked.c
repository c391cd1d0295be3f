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
    kh_status status = kh_map_open(&checked->map, path, err);
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
    kh_map_close(&checked->map);
    kh_free(checked->right);
    kh_free(checked);
}

kh_status kh_checked_version(const kh_checked *checked, kh_str magic, size_t least,
                             const char *path, kh_error *err)
{
    const kh_map *map = &checked->map;
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
                    const unsigned char *sums)
{
    checked->begin = begin;
    checked->end = begin + n_bytes;
    checked->sums = sums;
    checked->right =
        kh_alloc((size_t)(kh_checked_n(n_bytes) / 64 + 1) * sizeof(uint64_t));
}

static bool is_known(const kh_checked *checked, size_t number)
{
    return (checked->right[number / 64] >> number % 64 & 1) != 0;
}

/* Compare a block, and note whether it is right. */
static bool compare(kh_checked *checked, size_t number)
{
    const unsigned char *at = checked->begin + number * KH_CHECKED_BLOCK;
    size_t left = (size_t)(checked->end - at);
    kh_str block = kh_str_make((const char *)at,
                               left < KH_CHECKED_BLOCK ? left : KH_CHECKED_BLOCK);
    if (sum_of(block, number) != kh_le32(checked->sums + number * KH_SUM_BYTES))
        return false;
    checked->right[number / 64] |= UINT64_C(1) << number % 64;
    checked->n_right++;
    return true;
}

static size_t n_blocks(const kh_checked *checked)
{
    return (size_t)kh_checked_n((uint64_t)(checked->end - checked->begin));
}

bool kh_checked_compare(kh_checked *checked, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++)
        if (!is_known(checked, i) && !compare(checked, i)) {
            checked->is_damaged = true;
            return false;
        }
    checked->is_all_right = checked->n_right == n_blocks(checked);
    return true;
}

bool kh_checked_compare_all(kh_checked *checked)
{
    size_t n = n_blocks(checked);
    return n == 0 || kh_checked_compare(checked, 0, n - 1);
}

#define REST_MAX ((size_t)32 << 10) /* blocks: some milliseconds */

/* Who has seen most of it has seen many queries: the rest is soon compared. A block
 * that is not right stays one that nobody wanted. */
void kh_checked_compare_rest(kh_checked *checked)
{
    size_t n = n_blocks(checked);
    if (checked->is_rest_seen || checked->n_right < n - n / 4 ||
        n - checked->n_right > REST_MAX)
        return;
    checked->is_rest_seen = true;
    for (size_t i = 0; i < n; i++)
        if (!is_known(checked, i))
            (void)compare(checked, i);
    checked->is_all_right = checked->n_right == n;
}
