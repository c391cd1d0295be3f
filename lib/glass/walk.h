/* walk - one list of a table, chunk after chunk; see glass/lists.h. */
#pragma once

#include "glass/lists.h"
#include "glass/writer.h"

#include "encode.h"
#include "leaves.h"

#define KH_GLASS_LIST_KEY_MAX (2 * KH_GLASS_TERM_MAX + 1 + KH_GLASS_SORT_MAX)

struct kh_glass_lists {
    kh_glass_tree tree;
};

struct kh_glass_walk {
    kh_glass_batch batch;
    uint32_t n;              /* postings of the list, as it says */
    uint32_t total;          /* the sum of their numbers, as it says */
    const unsigned char *at; /* in the chunk: the wdf of the next posting */
    const unsigned char *end;
    uint64_t document; /* of the next posting, if at < end */
    uint64_t last;     /* of the chunk */
    bool is_last;      /* chunk */
    size_t list_len;   /* of the key that all chunks' begin with */
    char key[KH_GLASS_LIST_KEY_MAX];
    kh_glass_path path;
};

/* kh_glass_walk_open() in memory that is there, and zero. */
kh_glass_answer kh_glass_walk_begin(kh_glass_walk *walk, kh_glass_lists *lists,
                                    kh_str term);
void kh_glass_walk_release(kh_glass_walk *walk);

/* Of a walk that has begun: set the bits of all documents, none above the last one.
 * False: not all of the list could be read. */
bool kh_glass_walk_mark(kh_glass_walk *walk, uint64_t *bits, uint32_t last_document);
