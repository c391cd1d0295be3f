/* postlist - lists of (document, number): postings of a term, lengths of all. */
#pragma once

#include "table.h"

typedef struct kh_glass_list {
    kh_str key;      /* of its first chunk; of the later ones, with what follows: */
    bool is_lengths; /* no zero byte between key and document, no totals */
    const uint32_t *documents; /* ascending, or NULL: 1 to n */
    const uint32_t *numbers;   /* wdf or length of each */
    size_t n;                  /* 1 or more */
} kh_glass_list;

/* What a list's numbers come to. */
typedef struct kh_glass_sums {
    uint64_t total;
    uint32_t most;
    uint32_t least;    /* of those over 0; 0 if there is none */
    bool is_ascending; /* the documents, from 1 on */
} kh_glass_sums;

void kh_glass_list_sum(kh_glass_sums *out, const kh_glass_list *list);

/* A list whose documents ascend. */
KH_MUST_USE kh_status kh_glass_list_add(kh_glass_table *table,
                                        const kh_glass_list *list,
                                        const kh_glass_sums *sums, kh_error *err);
