/* wordlist - the file `words` of a segment: numbered words, keys to their codes, common
 * gaps, languages, the dictionary of the rests.
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
#define KH_POOL_MAX  0x7FFFFFFFu /* bytes of all numbered words */

#define KH_WORDLIST_MAGIC "KHWORDS2" /* its last character is the version */
#define KH_WORDLIST_HEAD  64u        /* bytes */

typedef struct kh_wordlist {
    kh_checked *checked; /* owned; look-ups of a list compare its blocks */
    uint32_t n_words;
    uint32_t n_keys;
    uint32_t key_bits;
    const unsigned char *start;  /* u32[n_words + 1]; bit 31: joined */
    const unsigned char *bucket; /* u32[2^key_bits + 1] */
    const unsigned char *keyed;  /* u32[n_keys] */
    kh_str pool;
    kh_str gaps[KH_GAPS_MAX];
    uint32_t n_gaps;
    kh_str langs[KH_LANGS_MAX];                     /* BCP 47 codes, sorted by bytes */
    const kh_language *languages[KH_LANGS_MAX + 1]; /* their rows; the last: neutral */
    uint32_t n_langs;
    kh_str dictionary; /* may be empty */
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

/* The word of a code; empty if the list has none. */
static inline kh_str kh_wordlist_word(const kh_wordlist *list, uint32_t code)
{
    if (!kh_wordlist_has(list, code))
        return kh_str_make("", 0);
    const unsigned char *at = list->start + (size_t)(code - KH_CODE_WORDS) * 4;
    if (!kh_checked_is_right(list->checked, at, 8))
        return kh_str_make("", 0);
    uint32_t begin = kh_le32(at) & 0x7FFFFFFFu;
    uint32_t end = kh_le32(at + 4) & 0x7FFFFFFFu;
    if (begin >= end || end > list->pool.len)
        return kh_str_make("", 0);
    kh_str word = kh_str_make(list->pool.ptr + begin, end - begin);
    at = (const unsigned char *)word.ptr;
    return kh_checked_is_right(list->checked, at, word.len) ? word : kh_str_make("", 0);
}

/* The same of one word among many that are far from each other; until the next call. */
kh_str kh_wordlist_peek(kh_wordlist *list, uint32_t code);

/* joined(): whether its first character stands without spaces to its neighbours. */
static inline bool kh_wordlist_is_joined(const kh_wordlist *list, uint32_t code)
{
    const unsigned char *at = list->start + (size_t)(code - KH_CODE_WORDS) * 4;
    return kh_checked_is_right(list->checked, at, 4) && kh_le32(at) >> 31 != 0;
}

/* Codes that may have a key (kh_hash() of a form or a term; of a character, of its
 * form): *n u32 from the pointer on (kh_le32), ascending. Others share the bucket:
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
    const unsigned char *codes = list->keyed + (size_t)first * 4;
    if (kh_checked_is_right(list->checked, codes, (size_t)(end - first) * 4))
        *n = end - first;
    return codes;
}

/* Units of an entry: 2 for a pair of characters, else 1. */
unsigned kh_word_units(kh_str word);

KH_END_DECLS
