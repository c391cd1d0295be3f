/* resolve_entries - what resolve knows of each article, for the files that decide by
 * it.
 */
#pragma once

#include "base/table.h"
#include "indexer/resolve.h"

typedef struct kh_resolve_entry {
    uint64_t key;
    uint64_t input_hash;
    uint64_t text_hash;
    uint64_t glue; /* offset in glues; KH_NO_GLUE: none */
    uint64_t stored_bytes;
    uint32_t glue_bytes;
    uint32_t length;
    uint32_t date;
    uint32_t lang; /* number in langs */
    bool is_dead;
} kh_resolve_entry;

#define KH_NO_GLUE UINT64_MAX

struct kh_resolve {
    kh_resolve_entry *entries;
    size_t n;
    size_t capacity;
    kh_buf glues;
    kh_known_tags *known;
    kh_arena *scratch;
    kh_stamp *stamps; /* of the living, by key ascending */
    size_t n_stamps;
    kh_table langs; /* codes */
    /* documents.c; all owned */
    uint32_t *documents; /* by article; 0: none */
    uint32_t *lengths;   /* by document from 0 */
    uint32_t *dates;
    kh_str *languages;
};
