/* batch - the words and gaps of a batch, as numbers of all. Internal to lib/record. */
#pragma once

#include "numbers.h"

KH_BEGIN_DECLS

struct kh_batch {
    const kh_numbers *numbers; /* borrowed */
    kh_arena *arena;
    kh_str *words;   /* by number in the batch */
    uint32_t *codes; /* the same; 0: rare */
    size_t n_words;
    kh_str *gaps;
    uint8_t *gap_ids; /* KH_GAPS_MAX: none */
    size_t n_gaps;
};

KH_END_DECLS
