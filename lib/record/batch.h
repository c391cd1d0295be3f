/* batch - the words and gaps of a batch, as numbers of all. Internal to lib/record. */
#pragma once

#include <assert.h>

#include "gaps.h"
#include "key_class.h"
#include "numbers.h"

KH_BEGIN_DECLS

#define KH_CODE_BITS 22 /* of KH_CODE_END and less */
#define KH_CODE_MASK ((1u << KH_CODE_BITS) - 1)

static_assert(KH_CODE_END <= KH_CODE_MASK, "codes have room");
static_assert(KH_KEY_CLASSES_MAX <= 64, "so have classes, in six bits");

/* A word, by its number in the batch. Small, since words are looked up all over. */
typedef struct kh_batch_word {
    uint32_t code : KH_CODE_BITS; /* KH_CODE_END: a rare word, to be computed */
    uint32_t is_joined : 1;       /* as a neighbour sees it; rare ones join nothing */
    uint32_t is_character : 1;    /* the same */
    uint32_t key_class : 6;       /* the only one that a rare word's code is right in */
} kh_batch_word;

typedef struct kh_batch_gap {
    kh_str text;
    uint32_t n_lines; /* line ends in it */
    uint8_t id;       /* KH_GAPS_MAX: none */
    uint8_t usual;    /* kh_usual_gap; KH_N_USUAL_GAPS: another */
} kh_batch_gap;

struct kh_batch {
    const kh_numbers *numbers; /* borrowed */
    kh_batch_word *words;      /* owned; by number in the batch */
    size_t n_words;
    uint32_t *spelled;  /* owned; of a rare word: where it begins in spellings */
    kh_buf spellings;   /* strings as of kh_buf_add_string() */
    kh_batch_gap *gaps; /* owned */
    size_t n_gaps;
    kh_arena *texts; /* of gaps */
};

KH_END_DECLS
