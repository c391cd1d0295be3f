/* spellings - lists of spellings in an arena: gather, merge, keep the commonest forms.
 * Internal to lib/index. */
#pragma once

#include "index/vocabulary.h"

KH_BEGIN_DECLS

typedef struct kh_spellings {
    kh_spelling *items; /* in the arena */
    size_t n;
    size_t capacity;
} kh_spellings;

/* Append a copy. */
void kh_spellings_add(kh_spellings *list, const kh_spelling *spelling, kh_arena *arena);

/* Sort, and make one of equal ones, their documents summed. */
void kh_spellings_merge(kh_spellings *list);

/* Keep the spellings of the max forms that are in most documents (ties: first by
 * bytes), in the order of forms; the list must be in that order. How many forms there
 * were. */
size_t kh_spellings_keep(kh_spellings *list, size_t max);

/* Append the spellings of all forms that begin with a prefix. */
KH_MUST_USE kh_status kh_vocabulary_all(kh_spellings *found, kh_database *database,
                                        kh_str prefix, kh_arena *arena, kh_error *err);

KH_END_DECLS
