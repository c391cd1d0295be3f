/* hash - a 64-bit hash that is part of the index format, and digests of files. */
#pragma once

#include <stdint.h>

#include "base/cleanup.h"
#include "base/str.h"

KH_BEGIN_DECLS

/* H of docs/index-format.md: FNV-1a of 64 bits (Fowler, Noll, Vo), its bits mixed. Part
 * of the format: it names articles and words on disk and must not change. */
uint64_t kh_hash(kh_str bytes);

/* H over several pieces as if they stood end to end: start, more ..., finish. */
#define KH_HASH_START 14695981039346656037ull
uint64_t kh_hash_more(uint64_t state, kh_str bytes);
uint64_t kh_hash_finish(uint64_t state);

/* 64 bits of XXH3, from a seed: against damage. Of pieces: the sum of one is the seed
 * of the next. */
uint64_t kh_checksum(kh_str bytes, uint64_t seed);

/* 128 bits of XXH3 as 32 hexadecimal digits and a NUL. Against damage, not malice. */
#define KH_DIGEST_CHARS 32
typedef struct kh_digest {
    char hex[KH_DIGEST_CHARS + 1];
} kh_digest;

typedef struct kh_digester kh_digester; /* a running digest */

kh_digester *kh_digester_open(void);
void kh_digester_free(kh_digester *digester); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_digester, kh_digester_free)
void kh_digester_add(kh_digester *digester, kh_str bytes);
kh_digest kh_digester_read(const kh_digester *digester); /* of all added so far */
kh_digest kh_digest_of(kh_str bytes);

KH_END_DECLS
