/* checked - a mapped file in blocks, each with a checksum that is compared when
 * something is first taken from the block: a query needs little of a large file.
 *
 * Of one thread. Internal to lib/record. */
#pragma once

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/str.h"

KH_BEGIN_DECLS

#define KH_CHECKED_BLOCK 1024u /* bytes that share a checksum */
#define KH_SUM_BYTES     4u    /* of a checksum, little endian */

static inline uint32_t kh_le32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static inline uint64_t kh_le40(const unsigned char *at)
{
    return (uint64_t)kh_le32(at) | (uint64_t)at[4] << 32;
}

typedef struct kh_checked {
    kh_map map;
    const unsigned char *begin; /* of the first block; all these in the map */
    const unsigned char *end;   /* of the last one */
    const unsigned char *sums;
    uint64_t *right;   /* owned; bit by block: it is as it was written */
    size_t n_right;    /* of its bits */
    bool is_all_right; /* every block is: nothing has to be asked any more */
    bool is_rest_seen; /* kh_checked_compare_rest() has been through it */
    bool is_damaged;   /* something was wanted from a block that is not */
} kh_checked;

/* ---- writing ---- */

/* The checksums of what is written piece by piece; the last block may be shorter. */
typedef struct kh_summing {
    kh_buf block;
    kh_buf sums;
} kh_summing;

void kh_summing_init(kh_summing *summing);
void kh_summing_release(kh_summing *summing);
void kh_summing_add(kh_summing *summing, kh_str bytes);
void kh_summing_end(kh_summing *summing); /* sums are whole */

/* How many blocks so many bytes are. */
static inline uint64_t kh_checked_n(uint64_t n_bytes)
{
    return (n_bytes + KH_CHECKED_BLOCK - 1) / KH_CHECKED_BLOCK;
}

/* ---- reading ---- */

/* Map a file; nothing may be taken before kh_checked_set(). */
KH_MUST_USE kh_status kh_checked_open(kh_checked **out, const char *path,
                                      kh_error *err);
void kh_checked_close(kh_checked *checked); /* NULL is allowed */

/* Whether the file begins so and has so many bytes or more: else KH_ERR_CORRUPT;
 * KH_ERR_VERSION if the last character of the magic, its version, is another. */
KH_MUST_USE kh_status kh_checked_version(const kh_checked *checked, kh_str magic,
                                         size_t least, const char *path, kh_error *err);

/* Blocks are the n_bytes from begin on, their sums what stands at `sums`. */
void kh_checked_set(kh_checked *checked, const unsigned char *begin, size_t n_bytes,
                    const unsigned char *sums);

/* Compare blocks from one up to another; false if one is damaged. */
bool kh_checked_compare(kh_checked *checked, size_t first, size_t last);
bool kh_checked_compare_all(kh_checked *checked);
/* If most are known to be right, compare all others, once. */
void kh_checked_compare_rest(kh_checked *checked);

/* Whether bytes of blocks, 1 or more, are as they were written. */
static inline bool kh_checked_is_right(kh_checked *checked, const unsigned char *at,
                                       size_t len)
{
    if (checked->is_all_right)
        return true;
    size_t offset = (size_t)(at - checked->begin);
    size_t first = offset / KH_CHECKED_BLOCK;
    size_t last = (offset + len - 1) / KH_CHECKED_BLOCK;
    return (first == last && (checked->right[first / 64] >> first % 64 & 1) != 0) ||
           kh_checked_compare(checked, first, last);
}

KH_END_DECLS
