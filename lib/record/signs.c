/* signs - read the file `signs`. */
#include "signs.h"

#include "base/alloc.h"

#define MAGIC_BYTES (sizeof(KH_SIGNS_MAGIC) - 1)
#define WORD_BYTES  4u

static uint64_t le40(const unsigned char *at)
{
    return (uint64_t)kh_le32(at) | (uint64_t)at[4] << 32;
}

/* Cut the mapped file into its parts; false if they do not fill it. */
static bool cut_parts(kh_signs *signs)
{
    size_t len = signs->map.len;
    if (len < MAGIC_BYTES + KH_SIGNS_TAIL)
        return false;
    const unsigned char *tail = signs->map.ptr + len - KH_SIGNS_TAIL;
    signs->n_bytes = (uint64_t)kh_le32(tail) | (uint64_t)kh_le32(tail + 4) << 32;
    signs->n_words = kh_le32(tail + 8);
    signs->n = kh_le32(tail + 12);
    uint64_t n_groups = ((uint64_t)signs->n + KH_SIGN_GROUP - 1) / KH_SIGN_GROUP;
    uint64_t words = (uint64_t)signs->n_words * WORD_BYTES;
    uint64_t groups = n_groups * KH_SIGN_GROUP_BYTES;
    uint64_t room = len - MAGIC_BYTES - KH_SIGNS_TAIL;
    if (words > room || groups > room - words ||
        signs->n_bytes != room - words - groups)
        return false;
    signs->words = signs->map.ptr + MAGIC_BYTES;
    signs->bytes = signs->words + words;
    signs->groups = signs->bytes + signs->n_bytes;
    return true;
}

kh_status kh_signs_open(kh_signs *out, const char *folder, kh_error *err)
{
    KH_AUTO_BUF path;
    kh_buf_init(&path, KH_BUF_MAX);
    kh_path_join(&path, folder, KH_SIGNS_FILE);
    *out = (kh_signs){ 0 };
    if (!kh_path_exists(kh_buf_text(&path)))
        return KH_OK;
    kh_signs signs = { 0 };
    kh_status status = kh_map_open(&signs.map, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;
    if (!cut_parts(&signs) || memcmp(signs.map.ptr, KH_SIGNS_MAGIC, MAGIC_BYTES) != 0) {
        kh_map_close(&signs.map);
        return kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", kh_buf_text(&path));
    }
    *out = signs;
    return KH_OK;
}

void kh_signs_close(kh_signs *signs)
{
    kh_map_close(&signs->map);
    *signs = (kh_signs){ 0 };
}

kh_sign_word kh_signs_word(const kh_signs *signs, uint32_t hash)
{
    uint32_t low = 0;
    uint32_t high = signs->n_words;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t word = kh_le32(signs->words + (size_t)middle * WORD_BYTES);
        if (word >> 8 == hash)
            return (kh_sign_word){ hash, (uint8_t)(word & 0xFF) };
        if (word >> 8 < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return (kh_sign_word){ hash, KH_SIGN_WEIGHT_USUAL };
}

static const unsigned char *group_of(const kh_signs *signs, uint32_t document)
{
    return signs->groups +
           (size_t)((document - 1) / KH_SIGN_GROUP) * KH_SIGN_GROUP_BYTES;
}

#define LOW_BYTES UINT64_C(0x00FF00FF00FF00FF)
#define LANES     UINT64_C(0x0001000100010001)

static inline uint32_t sum_bytes(uint64_t word)
{
    return (uint32_t)(((word & LOW_BYTES) + (word >> 8 & LOW_BYTES)) * LANES >> 48);
}

/* What the signs of the first n of 8 sizes take: of each twice the size, and what the
 * large ones are over KH_SIGN_SMALL, times what is missing to KH_SIGN_LARGE. */
static inline uint32_t sum_sizes(const unsigned char *at, uint32_t n)
{
    uint64_t sizes = (uint64_t)kh_le32(at) | (uint64_t)kh_le32(at + 4) << 32;
    sizes = n == 0 ? 0 : sizes & UINT64_MAX >> (64 - 8 * n);
    uint64_t is_large = (sizes >> 7 & UINT64_C(0x0101010101010101)) * 0x7F;
    return sum_bytes(sizes) * KH_SIGN_UNIT +
           sum_bytes(sizes & is_large) * (KH_SIGN_LARGE - KH_SIGN_UNIT);
}

bool kh_signs_of(kh_sign *out, const kh_signs *signs, uint32_t document)
{
    if (document == 0 || document > signs->n)
        return false;
    const unsigned char *group = group_of(signs, document);
    const unsigned char *sizes = group + KH_SIGN_START_BYTES;
    uint32_t number = (document - 1) % KH_SIGN_GROUP;
    uint64_t begin = le40(group);
    begin += number < 8 ? sum_sizes(sizes, number)
                        : sum_sizes(sizes, 8) + sum_sizes(sizes + 8, number - 8);
    uint32_t bytes = kh_sign_bytes(sizes[number]);
    *out = (kh_sign){ signs->bytes + begin, bytes, sizes[KH_SIGN_GROUP + number] };
    return out->lang <= KH_LANG_OTHER && begin + bytes <= signs->n_bytes;
}

void kh_signs_fetch_place(const kh_signs *signs, uint32_t document)
{
    if (document != 0 && document <= signs->n)
        __builtin_prefetch(group_of(signs, document));
}
