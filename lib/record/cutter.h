/* cutter - what a cutter has counted. Internal to lib/record. */
#pragma once

#include "codes.h"
#include "gaps.h"
#include "pairs.h"
#include "tables.h"
#include "tally.h"

KH_BEGIN_DECLS

/* A word of the batch: all that a cutter needs of it for each time it occurs. */
typedef struct kh_word_count {
    uint64_t bits; /* 40: how often; 21: KH_RARE_...; 1: is_joined; 1: is_character */
    uint64_t languages; /* bit i: seen in kh_key_class() i */
} kh_word_count;

#define KH_COUNT_BITS 40u /* of a batch: over a terabyte of text */
#define KH_JOINED_BIT 61u

static inline uint64_t kh_word_bits(uint32_t rare, kh_side side)
{
    return (uint64_t)rare << KH_COUNT_BITS | (uint64_t)side.is_joined << KH_JOINED_BIT |
           (uint64_t)side.is_character << (KH_JOINED_BIT + 1);
}

static inline kh_side kh_word_side(const kh_word_count *word)
{
    kh_side side = { (word->bits >> KH_JOINED_BIT & 1) != 0,
                     (word->bits >> (KH_JOINED_BIT + 1) & 1) != 0 };
    return side;
}

static inline uint64_t kh_word_times(const kh_word_count *word)
{
    return word->bits & ((UINT64_C(1) << KH_COUNT_BITS) - 1);
}

static inline uint32_t kh_word_rare(const kh_word_count *word)
{
    return (uint32_t)(word->bits >> KH_COUNT_BITS) & ((1u << 21) - 1);
}

/* Of a batch. */
typedef struct kh_cutter_counts {
    kh_table texts;       /* of words */
    kh_word_count *words; /* owned; by number in texts */
    size_t capacity;
    kh_tally gaps; /* the usual ones first */
    kh_tally langs;
    kh_pairs pairs; /* by numbers of words */
} kh_cutter_counts;

/* Write the tables of a batch to a file: tables.h. */
KH_MUST_USE kh_status kh_tables_write(const kh_cutter_counts *counts, const char *path,
                                      kh_error *err);

KH_END_DECLS
