/* lexeme_cache - surface forms found by their bytes: an open table.
 *
 *   hash -> slot: tag, number -> entry: the first 16 bytes, notes, lexeme
 *
 * What costs is memory that is not at hand, so slots are small, eight a cache line, and
 * entries lie in the order of first sight: common words come early and lie together.
 * Keys are made and compared without a branch on the length, which no processor
 * guesses. */
#pragma once

#include "lexeme.h"

KH_BEGIN_DECLS

#define KH_KEY_BYTES \
    ((size_t)16) /* of a surface; the rest of a longer one is compared */

typedef struct kh_surface_key {
    uint64_t first;  /* bytes 0 to 7 of the surface, 0 behind its end */
    uint64_t second; /* bytes 8 to 15 */
    uint32_t shape;  /* length * 4 + reading */
} kh_surface_key;

static inline uint64_t kh_load_eight(const char *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof(value));
    return value;
}

/* Key of a surface of 1 byte or more, `readable` bytes from whose start may be read. */
static inline kh_surface_key kh_surface_key_of(kh_str s, size_t readable,
                                               kh_reading reading)
{
    static const char masks[2 * KH_KEY_BYTES] = { -1, -1, -1, -1, -1, -1, -1, -1,
                                                  -1, -1, -1, -1, -1, -1, -1, -1 };
    kh_surface_key key = { .shape = (uint32_t)(s.len * 4 + (size_t)reading) };
    if (readable >= KH_KEY_BYTES) {
        size_t n = s.len < KH_KEY_BYTES ? s.len : KH_KEY_BYTES;
        const char *mask = masks + KH_KEY_BYTES - n;
        key.first = kh_load_eight(s.ptr) & kh_load_eight(mask);
        key.second = kh_load_eight(s.ptr + 8) & kh_load_eight(mask + 8);
        return key;
    }
    char bytes[KH_KEY_BYTES] = { 0 };
    memcpy(bytes, s.ptr, s.len);
    key.first = kh_load_eight(bytes);
    key.second = kh_load_eight(bytes + 8);
    return key;
}

/* Multiply and shift, as in MurmurHash; of the table only, no part of any format. */
static inline uint64_t kh_surface_hash(kh_surface_key key, kh_str s)
{
    uint64_t h = (key.first ^ key.shape * 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu;
    h = (h ^ h >> 32 ^ key.second) * 0xC4CEB9FE1A85EC53u;
    for (size_t at = KH_KEY_BYTES; at < s.len; at += 8) {
        const char *eight = at + 8 <= s.len ? s.ptr + at : s.ptr + s.len - 8;
        h = (h ^ h >> 32 ^ kh_load_eight(eight)) * 0xFF51AFD7ED558CCDu;
    }
    return h ^ h >> 29;
}

/* The whole shape of any word, and bits of the hash that do not choose the slot. */
static inline uint32_t kh_slot_tag(uint32_t shape, uint64_t hash)
{
    return (uint32_t)(hash >> 44) << 12 | (shape & 0xFFFu);
}

static inline kh_entry *kh_entry_at(const kh_lexemes *lexemes, uint32_t number)
{
    return &lexemes->chunks[number / KH_CHUNK_ENTRIES][number % KH_CHUNK_ENTRIES];
}

static inline bool kh_entry_has(const kh_entry *entry, kh_surface_key key, kh_str s)
{
    uint64_t differs = (entry->first ^ key.first) | (entry->second ^ key.second);
    return differs == 0 &&
           (s.len <= KH_KEY_BYTES || kh_str_equal(entry->lexeme.surface, s));
}

/* The entry of the first slot whose tag fits; NULL if there is none. Looks at no entry.
 */
static inline kh_entry *kh_lexemes_likely(const kh_lexemes *lexemes, uint32_t shape,
                                          uint64_t hash)
{
    uint32_t tag = kh_slot_tag(shape, hash);
    size_t mask = lexemes->n_slots - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        const kh_cache_slot *slot = &lexemes->slots[i];
        if (slot->count == 0)
            return NULL;
        if (slot->tag == tag)
            return kh_entry_at(lexemes, slot->count - 1);
    }
}

/* The entry of a surface, NULL if it has none. hash: kh_surface_hash(). */
static inline kh_entry *kh_lexemes_find(const kh_lexemes *lexemes, kh_surface_key key,
                                        uint64_t hash, kh_str s)
{
    uint32_t tag = kh_slot_tag(key.shape, hash);
    size_t mask = lexemes->n_slots - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        const kh_cache_slot *slot = &lexemes->slots[i];
        if (slot->count == 0)
            return NULL;
        if (slot->tag != tag)
            continue;
        kh_entry *entry = kh_entry_at(lexemes, slot->count - 1);
        if (kh_entry_has(entry, key, s))
            return entry;
    }
}

KH_END_DECLS
