/* vocabulary - the surface forms of a segment: what joins spellings, prefixes and
 * terms.
 *
 * One entry a form (folded, accents off), listing its spellings (folded, accents on)
 * with language, term and document frequency. It lives in the database's metadata, in
 * blocks keyed by their last form (docs/index-format.md, "Vocabulary"). */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "xapian-c/database.h"

KH_BEGIN_DECLS

typedef struct kh_spelling {
    kh_str form;   /* "educacion" */
    kh_str folded; /* "educación"; of a compound its parts with hyphens: "shangri-la" */
    kh_str lang;   /* code; "" if its language has no stemmer */
    kh_str term;   /* "es:educ" */
    uint32_t n_documents;
    bool is_compound; /* written with hyphens: folded is the parts, term that of the
                         whole */
} kh_spelling;

/* Append the key that a spelling is counted by (runs/counts.h): its order is that of
 * spellings. False, nothing appended: it is left out, its form is empty or over 64
 * bytes. n_documents is not looked at. */
bool kh_spelling_key(kh_buf *out, const kh_spelling *spelling);

/* Spellings of a form in one database, in the arena, ordered by (folded, lang). None: n
 * is 0. */
KH_MUST_USE kh_status kh_vocabulary_find(kh_spelling **out, size_t *n,
                                         kh_database *database, kh_str form,
                                         kh_arena *arena, kh_error *err);

/**
 * Spellings of all forms that begin with a prefix, in the order of forms.
 *
 * @param max  at most so many forms, the ones in most documents; *n_forms says how many
 * there are
 */
KH_MUST_USE kh_status kh_vocabulary_prefix(kh_spelling **out, size_t *n,
                                           size_t *n_forms, kh_database *database,
                                           kh_str prefix, size_t max, kh_arena *arena,
                                           kh_error *err);

KH_END_DECLS
