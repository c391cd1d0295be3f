/* index_private - an open index. Internal to lib/index. */
#pragma once

#include "dead_bits.h"
#include "index/index.h"

KH_BEGIN_DECLS

struct kh_index {
    char *folder; /* owned; absolute */
    kh_arena *arena;
    kh_manifest manifest;
    kh_segment **segments; /* owned */
    kh_dead_bits *dead;    /* owned; one a segment */
    size_t n_segments;
    bool has_dead;
    kh_database *combined;         /* owned; NULL if there is one segment or none */
    const kh_language **languages; /* in the arena */
    size_t n_languages;
};

KH_END_DECLS
