/* dictionaries - what the rests of a language have in common, for zstd.
 *
 * Rests are short, and their gaps, names and inputs repeat. Each language has a
 * dictionary of its own where enough of its articles are in the sample; those that have
 * too few share one, and if these are too few together, they take that of the language
 * with most. Internal to lib/record. */
#pragma once

#include <zstd.h>

#include "layout.h"
#include "wordlist.h"

KH_BEGIN_DECLS

#define KH_RECORD_LEVEL 4 /* of zstd; 3 is no faster, 6 takes half as long again */

typedef struct kh_dictionaries {
    uint8_t of[KH_LANG_OTHER + 1]; /* by language; KH_DICTIONARY_NONE */
    size_t n;
    kh_buf all[KH_DICTIONARIES_MAX];
    ZSTD_CDict *made[KH_DICTIONARIES_MAX]; /* owned; of these */
} kh_dictionaries;

void kh_dictionaries_init(kh_dictionaries *dictionaries); /* none has one */
void kh_dictionaries_release(kh_dictionaries *dictionaries);

/* The bytes of a language's dictionary; empty: it has none. */
kh_str kh_dictionary_bytes(const kh_dictionaries *dictionaries, uint32_t lang);
/* The same, made; NULL: it has none. */
const ZSTD_CDict *kh_dictionary_made(const kh_dictionaries *dictionaries,
                                     uint32_t lang);

/* Rests of articles to learn from. */
typedef struct kh_sampler kh_sampler;

kh_sampler *kh_sampler_open(const kh_numbers *numbers);
void kh_sampler_free(kh_sampler *sampler); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_sampler, kh_sampler_free)

KH_MUST_USE kh_status kh_sampler_add(kh_sampler *sampler,
                                     const kh_record_source *source, kh_error *err);
KH_MUST_USE kh_status kh_sampler_train(kh_dictionaries *out, kh_sampler *sampler,
                                       kh_error *err);

KH_END_DECLS
