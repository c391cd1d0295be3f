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
#include "xapian-c/writer.h"

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

/* Collects the spellings of a whole segment in memory; the order of adding does not
 * matter. */
typedef struct kh_vocabulary_writer kh_vocabulary_writer;
kh_vocabulary_writer *kh_vocabulary_writer_open(void);
void kh_vocabulary_writer_free(kh_vocabulary_writer *vocabulary); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_vocabulary_writer, kh_vocabulary_writer_free)

/* Add documents to a spelling; copies what it needs. Forms over 64 bytes are left out.
 */
void kh_vocabulary_writer_add(kh_vocabulary_writer *vocabulary,
                              const kh_spelling *spelling);

/* Write all as metadata; the same bytes whatever the order of adding. */
KH_MUST_USE kh_status kh_vocabulary_writer_finish(kh_vocabulary_writer *vocabulary,
                                                  kh_writer *writer, kh_error *err);

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
