/* signs - which neighbouring words an article may hold, without looking at its stream.
 *
 * Most articles that hold the words of a phrase hold them far apart. So each article
 * has a few bytes in which every two neighbours, neither of them among the commonest
 * words, have set some bits (Bloom, Space/Time Trade-offs in Hash Coding with Allowable
 * Errors, 1970): where one of these is missing, the phrase is. The commoner the rarer
 * of the two, the more articles hold both, and the more bits they set.
 *
 * A word is told by the 20 bits that its code has where it is rare (kh_rare_hash()): of
 * its term, so that all its spellings are one. File: docs/index-format.md, section 5.
 * Internal to lib/record. */
#pragma once

#include "base/error.h"
#include "base/file.h"
#include "wordlist.h"

KH_BEGIN_DECLS

#define KH_SIGNS_FILE  "signs"
#define KH_SIGNS_MAGIC "KHSIGNS1" /* its last character is the version */
#define KH_SIGNS_TAIL                                         \
    20u /* bytes: u64 of all signs, u32 words, u32 documents, \
           u32 checksum of the sums and of these */

/* A segment of fewer articles has none: their streams are soon looked at. */
#define KH_SIGNS_ARTICLES_MIN 10000u

#define KH_SIGN_GROUP 16u /* documents whose places stand together */
#define KH_SIGN_START_BYTES \
    5u /* where the first one's sign begins; then its size and */
#define KH_SIGN_GROUP_BYTES \
    (KH_SIGN_START_BYTES + 2 * KH_SIGN_GROUP) /* language each */

/* A size in a byte: small ones are of 2 bytes each, larger ones of 32. */
#define KH_SIGN_SMALL     128u
#define KH_SIGN_UNIT      2u
#define KH_SIGN_LARGE     32u
#define KH_SIGN_BYTES_MAX (KH_SIGN_SMALL * KH_SIGN_UNIT + 127u * KH_SIGN_LARGE)

static inline uint32_t kh_sign_bytes(unsigned char size)
{
    return size < KH_SIGN_SMALL
               ? size * KH_SIGN_UNIT
               : KH_SIGN_SMALL * KH_SIGN_UNIT + (size - KH_SIGN_SMALL) * KH_SIGN_LARGE;
}

/* The smallest size of so many bytes; the largest there is, if they are more. */
static inline unsigned char kh_sign_size(size_t n_bytes)
{
    size_t small = (n_bytes + KH_SIGN_UNIT - 1) / KH_SIGN_UNIT;
    if (small < KH_SIGN_SMALL)
        return (unsigned char)small;
    if (n_bytes > KH_SIGN_BYTES_MAX)
        n_bytes = KH_SIGN_BYTES_MAX;
    return (unsigned char)(KH_SIGN_SMALL + (n_bytes - KH_SIGN_SMALL * KH_SIGN_UNIT +
                                            KH_SIGN_LARGE - 1) /
                                               KH_SIGN_LARGE);
}

#define KH_SIGN_NONE 255u /* in place of a language: anything may be there */

#define KH_SIGN_WEIGHT_MAX 4u

typedef struct kh_sign_word {
    uint32_t hash;  /* 20 bits */
    uint8_t weight; /* 1 to KH_SIGN_WEIGHT_MAX; 0: its neighbours are not in signs */
} kh_sign_word;

#define KH_SIGN_WEIGHT_USUAL 0u /* of words that the file does not name */

static inline uint32_t kh_sign_hash(uint64_t rare_hash)
{
    return (uint32_t)(rare_hash >> 44);
}

/* Two neighbours: how many bits they set, and which, of however many there are. All of
 * them lie side by side, so that a look at them is a look at one cache line (Putze,
 * Sanders and Singler, Cache-, Hash- and Space-Efficient Bloom Filters, 2007). */
typedef struct kh_sign_pair {
    uint32_t place;
    uint32_t first;
    uint32_t step;
    unsigned n; /* 0: it is in no sign */
} kh_sign_pair;

static inline kh_sign_pair kh_sign_pair_of(kh_sign_word left, kh_sign_word right)
{
    uint64_t mixed =
        ((uint64_t)left.hash << 20 | right.hash) * UINT64_C(0x9E3779B97F4A7C15);
    mixed ^= mixed >> 29;
    mixed *= UINT64_C(0xBF58476D1CE4E5B9);
    mixed ^= mixed >> 32;
    return (kh_sign_pair){ .place = (uint32_t)(mixed >> 32),
                           .first = (uint32_t)mixed,
                           .step = (uint32_t)(mixed * 0x9E3779B1u >> 16) | 1u,
                           .n = left.weight < right.weight ? left.weight
                                                           : right.weight };
}

#define KH_SIGN_STRETCH 16u /* bytes in which the bits of a pair lie; less in less */

/* The first byte of the stretch, which goes on at the sign's first behind its last. */
static inline uint32_t kh_sign_stretch(kh_sign_pair pair, uint32_t n_bytes)
{
    return (uint32_t)((uint64_t)pair.place * n_bytes >> 32);
}

/* The i-th bit of a pair in a sign; stretch: kh_sign_stretch(). */
static inline uint32_t kh_sign_bit(kh_sign_pair pair, unsigned i, uint32_t stretch,
                                   uint32_t n_bytes)
{
    uint32_t n_bits = (n_bytes < KH_SIGN_STRETCH ? n_bytes : KH_SIGN_STRETCH) * 8;
    uint32_t bit =
        stretch * 8 +
        (uint32_t)((uint64_t)(uint32_t)(pair.first + i * pair.step) * n_bits >> 32);
    return bit < n_bytes * 8 ? bit : bit - n_bytes * 8;
}

/* ---- reading ---- */

typedef struct kh_signs {
    kh_checked *checked;        /* owned; NULL: the segment has none */
    const unsigned char *words; /* u32: hash << 8 | weight, ascending */
    const unsigned char *bytes; /* of all signs */
    const unsigned char *groups;
    uint64_t n_bytes;
    uint32_t n_words;
    uint32_t n; /* documents */
} kh_signs;

/* Map FOLDER/signs; a folder without it has none, which is KH_OK. KH_ERR_VERSION for
 * another version of the file. */
KH_MUST_USE kh_status kh_signs_open(kh_signs *out, const char *folder, kh_error *err);
void kh_signs_close(kh_signs *signs); /* one closed or zero is allowed */

/* Whether all of it is as it was written, words ascend, and signs stand end to end. */
bool kh_signs_are_sound(const kh_signs *signs);

/* The word of a hash. */
kh_sign_word kh_signs_word(const kh_signs *signs, uint32_t hash);

typedef struct kh_sign {
    const unsigned char *bytes;
    uint32_t n_bytes;
    uint32_t lang; /* number in the word list */
} kh_sign;

/* Of a document, 1 to n; false if anything may be there, as in one that is damaged. */
bool kh_signs_of(kh_sign *out, const kh_signs *signs, uint32_t document);

/* Whether two neighbours, which are in signs, may be there. */
static inline bool kh_sign_has(const kh_sign *sign, kh_sign_pair pair)
{
    if (sign->n_bytes == 0)
        return false;
    uint32_t stretch = kh_sign_stretch(pair, sign->n_bytes);
    unsigned has = 1;
    for (unsigned i = 0; i < pair.n; i++) {
        uint32_t bit = kh_sign_bit(pair, i, stretch, sign->n_bytes);
        has &= (unsigned)sign->bytes[bit / 8] >> bit % 8;
    }
    return has != 0;
}

/* Fetch ahead for kh_signs_of(): where the document's sign lies. */
void kh_signs_fetch_place(const kh_signs *signs, uint32_t document);

KH_END_DECLS
