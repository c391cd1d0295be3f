/* bounds - how much a common term can add to a document's weight, of one segment.
 *
 * The file `bounds` (docs/index-format.md): the first stage passes over documents that
 * cannot come among the best, and what it passes over depends on how well it knows the
 * most that a term adds. */
#pragma once

#include "base/cleanup.h"
#include "base/error.h"
#include "xapian-c/rank.h"

KH_BEGIN_DECLS

/* BM25 as measured on the collections named in docs/decisions.md. The bounds hold for
 * these: another value is another layout. */
#define KH_BM25_K1         1.2
#define KH_BM25_B          0.75
#define KH_BM25_MIN_LENGTH 0.5

#define KH_BOUNDS_DOCUMENTS_MIN 100u /* rarer terms are not listed */

typedef struct kh_bounds kh_bounds;

/* folder: of the segment. */
KH_MUST_USE kh_status kh_bounds_open(kh_bounds **out, const char *folder,
                                     kh_error *err);
void kh_bounds_free(kh_bounds *bounds); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_bounds, kh_bounds_free)

/* A kh_rank_find_bounds; context: a kh_bounds. */
bool kh_bounds_find(kh_rank_bounds *out, const void *context, kh_str term);

KH_END_DECLS
