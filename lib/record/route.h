/* route - how a phrase is decided. Internal to lib/record. */
#pragma once

#include "query.h"

KH_BEGIN_DECLS

/* Units of a phrase that is looked for by codes alone: bits of a Shift-And. */
#define KH_SOUGHT_MAX 64u

typedef enum kh_route {
    KH_BY_CODES, /* every word is one atom */
    KH_BY_BOTH,  /* some are compounds, too: by hits only where one of these stands */
    KH_BY_HITS,
} kh_route;

/* The atom that a word is by itself; KH_NO_ATOM if there is none, or several. */
static inline unsigned kh_only_atom(const kh_record_query *query, unsigned word)
{
    uint64_t atoms = query->single[word];
    bool is_one = atoms != 0 && (atoms & (atoms - 1)) == 0;
    return is_one ? (unsigned)__builtin_ctzll(atoms) : KH_NO_ATOM;
}

/* KH_ERR_ARGUMENT: it names a word that the query has not. */
KH_MUST_USE kh_status kh_phrase_route(kh_route *out, const kh_record_query *query,
                                      const kh_record_phrase *phrase, kh_error *err);

/* Whether a document may hold a phrase that is decided by codes, by its sign. */
KH_MUST_USE kh_status kh_phrase_ask_sign(bool *out, kh_record_query *query,
                                         uint32_t document,
                                         const kh_record_phrase *phrase, kh_error *err);

KH_END_DECLS
