/* signs - read the file `signs`. */
#include "signs.h"

#include "base/alloc.h"
#include "base/hash.h"

#define MAGIC_BYTES (sizeof(KH_SIGNS_MAGIC) - 1)
#define WORD_BYTES  4u

/* Cut the mapped file into its parts; false if they do not fill it, or its end is not
 * as it was written. */
static bool cut_parts(kh_signs *signs)
{
    const kh_map *map = &signs->checked->map;
    const unsigned char *tail = map->ptr + map->len - KH_SIGNS_TAIL;
    signs->n_bytes = (uint64_t)kh_le32(tail) | (uint64_t)kh_le32(tail + 4) << 32;
    signs->n_words = kh_le32(tail + 8);
    signs->n = kh_le32(tail + 12);
    uint64_t n_groups = ((uint64_t)signs->n + KH_SIGN_GROUP - 1) / KH_SIGN_GROUP;
    uint64_t words = (uint64_t)signs->n_words * WORD_BYTES;
    uint64_t groups = n_groups * KH_SIGN_GROUP_BYTES;
    uint64_t total = MAGIC_BYTES + words + groups;
    if (signs->n_bytes > map->len || total > map->len)
        return false;
    total += signs->n_bytes;
    uint64_t sums = kh_checked_n(total) * KH_SUM_BYTES;
    if (total + sums + KH_SIGNS_TAIL != map->len)
        return false;
    signs->words = map->ptr + MAGIC_BYTES;
    signs->bytes = signs->words + words;
    signs->groups = signs->bytes + signs->n_bytes;
    kh_checked_set(signs->checked, map->ptr, (size_t)total, map->ptr + total);
    kh_str end = kh_str_make((const char *)map->ptr + total,
                             (size_t)sums + KH_SIGNS_TAIL - KH_SUM_BYTES);
    return (uint32_t)kh_checksum(end, 0) ==
           kh_le32(tail + KH_SIGNS_TAIL - KH_SUM_BYTES);
}

static bool has_right_words(const kh_signs *signs)
{
    size_t bytes = (size_t)signs->n_words * WORD_BYTES;
    return bytes == 0 || kh_checked_is_right(signs->checked, signs->words, bytes);
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
    kh_status status = kh_checked_open(&signs.checked, kh_buf_text(&path), err);
    if (status != KH_OK)
        return status;
    status = kh_checked_version(signs.checked, KH_STR(KH_SIGNS_MAGIC),
                                MAGIC_BYTES + KH_SIGNS_TAIL, kh_buf_text(&path), err);
    if (status == KH_OK && (!cut_parts(&signs) || !has_right_words(&signs)))
        status = kh_fail(err, KH_ERR_CORRUPT, "damaged file: '%s'", kh_buf_text(&path));
    if (status == KH_OK)
        *out = signs;
    else
        kh_signs_close(&signs);
    return status;
}

void kh_signs_close(kh_signs *signs)
{
    kh_checked_close(signs->checked);
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
    if (!kh_checked_is_right(signs->checked, group, KH_SIGN_GROUP_BYTES))
        return false;
    const unsigned char *sizes = group + KH_SIGN_START_BYTES;
    uint32_t number = (document - 1) % KH_SIGN_GROUP;
    uint64_t begin = kh_le40(group);
    begin += number < 8 ? sum_sizes(sizes, number)
                        : sum_sizes(sizes, 8) + sum_sizes(sizes + 8, number - 8);
    uint32_t bytes = kh_sign_bytes(sizes[number]);
    uint32_t lang = sizes[KH_SIGN_GROUP + number];
    if (lang > KH_LANG_OTHER || begin + bytes > signs->n_bytes)
        return false;
    *out = (kh_sign){ signs->bytes + begin, bytes, lang };
    return bytes == 0 || kh_checked_is_right(signs->checked, out->bytes, bytes);
}

bool kh_signs_are_sound(const kh_signs *signs)
{
    if (signs->checked == NULL)
        return true;
    if (!kh_checked_compare_all(signs->checked))
        return false;
    for (uint32_t i = 0; i < signs->n_words; i++) {
        uint32_t word = kh_le32(signs->words + (size_t)i * WORD_BYTES);
        bool ascends = i == 0 || kh_le32(signs->words + (size_t)(i - 1) * WORD_BYTES) >>
                                     8 < word >> 8;
        if (!ascends || (word & 0xFF) > KH_SIGN_WEIGHT_MAX)
            return false;
    }
    uint64_t begin = 0;
    for (uint32_t document = 1; document <= signs->n; document++) {
        const unsigned char *group = group_of(signs, document);
        uint32_t number = (document - 1) % KH_SIGN_GROUP;
        uint32_t lang = group[KH_SIGN_START_BYTES + KH_SIGN_GROUP + number];
        if ((number == 0 && kh_le40(group) != begin) ||
            (lang > KH_LANG_OTHER && lang != KH_SIGN_NONE))
            return false;
        begin += kh_sign_bytes(group[KH_SIGN_START_BYTES + number]);
    }
    return begin == signs->n_bytes;
}

void kh_signs_fetch_place(const kh_signs *signs, uint32_t document)
{
    if (document != 0 && document <= signs->n)
        __builtin_prefetch(group_of(signs, document));
}
