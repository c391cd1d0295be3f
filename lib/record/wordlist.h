/* wordlist - the file `words` of a segment: numbered words, keys to their codes, common
 * gaps, languages, dictionaries of the rests.
 *
 * Layout: docs/index-format.md, section 5. Each block of it has a checksum, compared
 * before anything is taken from the block: a query needs little of a large file. The
 * look-ups never read outside whatever stands there, and find nothing in a damaged
 * block; kh_wordlist_status() then says so. Internal to lib/record. */
#pragma once

#include "base/error.h"
#include "base/file.h"
#include "base/str.h"
#include "checked.h"
#include "codes.h"
#include "text/language.h"

KH_BEGIN_DECLS

#define KH_GAPS_MAX  255u
#define KH_LANGS_MAX 63u

/* A longer word has no number. */
#define KH_NUMBERED_BYTES_MAX 127u
_Static_assert((uint64_t)KH_WORDS_MAX *KH_NUMBERED_BYTES_MAX <= UINT32_MAX,
               "four bytes tell a place in the pool");

/* Where words lie in the pool: the place of the first of a group, then a byte for each,
 * its length and, in the top bit, whether it is joined. A group is 16 bytes, so none
 * lies in two blocks. */
#define KH_WORD_GROUP       12u
#define KH_WORD_GROUP_BYTES (4u + KH_WORD_GROUP)
#define KH_WORD_IS_JOINED   0x80u

#define KH_CODE_BYTES 3u /* of a code under a key */

#define KH_DICTIONARIES_MAX (KH_LANGS_MAX + 1)
#define KH_DICTIONARY_NONE  255u

#define KH_WORDLIST_MAGIC "KHWORDS3" /* its last character is the version */
#define KH_WORDLIST_HEAD  64u        /* bytes */

typedef struct kh_wordlist {
    kh_checked *checked; /* owned; look-ups of a list compare its blocks */
    uint32_t n_words;
    uint32_t n_keys;
    uint32_t key_bits;
    const unsigned char *start;  /* groups of words */
    const unsigned char *bucket; /* u32[2^key_bits + 1] */
    const unsigned char *keyed;  /* n_keys codes */
    kh_str pool;
    kh_str gaps[KH_GAPS_MAX];
    uint32_t n_gaps;
    kh_str langs[KH_LANGS_MAX];                     /* BCP 47 codes, sorted by bytes */
    const kh_language *languages[KH_LANGS_MAX + 1]; /* their rows; the last: neutral */
    uint32_t n_langs;
    uint8_t dictionary_of[KH_LANGS_MAX + 1]; /* by language; KH_DICTIONARY_NONE */
    kh_str dictionaries[KH_DICTIONARIES_MAX];
} kh_wordlist;

/* Map FOLDER/words. KH_ERR_VERSION for another version of the file. */
KH_MUST_USE kh_status kh_wordlist_open(kh_wordlist *out, const char *folder,
                                       kh_error *err);

/* Whether all blocks are right and words, buckets and keys in order: what the look-ups
 * do not look at. */
bool kh_wordlist_is_sound(const kh_wordlist *list);

/* KH_ERR_CORRUPT if something was looked for in a damaged block. */
KH_MUST_USE kh_status kh_wordlist_status(const kh_wordlist *list, const char *folder,
                                         kh_error *err);

void kh_wordlist_close(kh_wordlist *list); /* one closed or zero is allowed */

/* Whether a code is that of a numbered word of this list. */
static inline bool kh_wordlist_has(const kh_wordlist *list, uint32_t code)
{
    return code >= KH_CODE_WORDS && code - KH_CODE_WORDS < list->n_words;
}

/* The group that the word of a code is in. */
static inline const unsigned char *kh_word_group(const kh_wordlist *list, uint32_t code)
{
    return list->start +
           (size_t)((code - KH_CODE_WORDS) / KH_WORD_GROUP) * KH_WORD_GROUP_BYTES;
}

/* Sum of the lengths of the first n words of a group, n below KH_WORD_GROUP; lengths:
 * behind the place of its first. */
static inline uint32_t kh_word_lengths(const unsigned char *lengths, uint32_t n)
{
    const uint64_t length = UINT64_C(0x7F7F7F7F7F7F7F7F);
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t first = kh_le32(lengths) | (uint64_t)kh_le32(lengths + 4) << 32;
    uint64_t last = kh_le32(lengths + 8);
    if (n < 8) {
        first &= (UINT64_C(1) << 8 * n) - 1;
        last = 0;
    } else {
        last &= (UINT64_C(1) << 8 * (n - 8)) - 1;
    }
    /* At most 127 each: two of them fit in a byte, eleven in two. */
    first = (first & length) + (last & length);
    const uint64_t low = UINT64_C(0x00FF00FF00FF00FF);
    first = (first & low) + (first >> 8 & low);
    return (uint32_t)(first * (ones & low) >> 48);
}

/* Where the word of a code of the list lies in the pool; empty if that is outside. */
static inline kh_str kh_word_place(const kh_wordlist *list, const unsigned char *group,
                                   uint32_t code)
{
    uint32_t number = (code - KH_CODE_WORDS) % KH_WORD_GROUP;
    uint64_t begin = (uint64_t)kh_le32(group) + kh_word_lengths(group + 4, number);
    size_t len = group[4 + number] & ~KH_WORD_IS_JOINED;
    return begin + len <= list->pool.len ? kh_str_make(list->pool.ptr + begin, len)
                                         : kh_str_make("", 0);
}

/* The word of a code; empty if the list has none. */
static inline kh_str kh_wordlist_word(const kh_wordlist *list, uint32_t code)
{
    if (!kh_wordlist_has(list, code))
        return kh_str_make("", 0);
    const unsigned char *group = kh_word_group(list, code);
    if (!kh_checked_is_right(list->checked, group, KH_WORD_GROUP_BYTES))
        return kh_str_make("", 0);
    kh_str word = kh_word_place(list, group, code);
    const unsigned char *at = (const unsigned char *)word.ptr;
    return word.len > 0 && kh_checked_is_right(list->checked, at, word.len)
               ? word
               : kh_str_make("", 0);
}

/* joined(): whether its first character stands without spaces to its neighbours. */
static inline bool kh_wordlist_is_joined(const kh_wordlist *list, uint32_t code)
{
    const unsigned char *group = kh_word_group(list, code);
    return kh_checked_is_right(list->checked, group, KH_WORD_GROUP_BYTES) &&
           (group[4 + (code - KH_CODE_WORDS) % KH_WORD_GROUP] & KH_WORD_IS_JOINED) != 0;
}

/* Codes that may have a key (kh_hash() of a form or a term; of a character, of its
 * form): *n from the pointer on (kh_keyed_code()), ascending. Others share the bucket:
 * compare. */
static inline const unsigned char *kh_wordlist_bucket(const kh_wordlist *list,
                                                      uint64_t hash, uint32_t *n)
{
    const unsigned char *bucket =
        list->bucket + (size_t)(hash >> (64 - list->key_bits)) * 4;
    *n = 0;
    if (!kh_checked_is_right(list->checked, bucket, 8))
        return list->keyed;
    uint32_t first = kh_le32(bucket);
    uint32_t end = kh_le32(bucket + 4);
    if (first >= end || end > list->n_keys)
        return list->keyed;
    const unsigned char *codes = list->keyed + (size_t)first * KH_CODE_BYTES;
    if (kh_checked_is_right(list->checked, codes,
                            (size_t)(end - first) * KH_CODE_BYTES))
        *n = end - first;
    return codes;
}

/* The i-th of these codes. */
static inline uint32_t kh_keyed_code(const unsigned char *codes, uint32_t i)
{
    const unsigned char *at = codes + (size_t)i * KH_CODE_BYTES;
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16;
}

/* The bytes of a dictionary; empty: damaged. */
kh_str kh_wordlist_dictionary(const kh_wordlist *list, uint8_t number);

/* Units of an entry: 2 for a pair of characters, else 1. */
unsigned kh_word_units(kh_str word);

KH_END_DECLS
