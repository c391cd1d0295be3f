/* index - a generation open for reading: its segments as one.
 *
 * Everything is opened before the first answer; a reader never locks, never waits and
 * never sees half an index. If its generation is pruned while it opens, it reads
 * `current` again. */
#pragma once

#include "index/generation.h"
#include "index/segment.h"
#include "record/record.h"

KH_BEGIN_DECLS

typedef struct kh_index kh_index;

/**
 * Open an index.
 *
 * @param generation  0: the live one
 * @return  KH_OK; KH_ERR_NOT_FOUND (no index, no such generation), KH_ERR_VERSION,
 *          KH_ERR_CORRUPT, KH_ERR_IO
 */
KH_MUST_USE kh_status kh_index_open(kh_index **out, const char *folder,
                                    uint32_t generation, kh_error *err);
/* The same, whatever its analysis is: for keys and texts of its articles, which do not
 * depend on that. */
KH_MUST_USE kh_status kh_index_open_heads(kh_index **out, const char *folder,
                                          uint32_t generation, kh_error *err);
void kh_index_free(kh_index *index); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_index, kh_index_free)

const kh_manifest *kh_index_manifest(const kh_index *index);
const char *kh_index_folder(const kh_index *index); /* absolute */

/* All segments as one database, to match in; NULL if there is no segment. */
kh_database *kh_index_database(kh_index *index);

size_t kh_index_n_segments(const kh_index *index);
kh_segment *kh_index_segment(kh_index *index, size_t i);

/* Where a combined document number lies. */
typedef struct kh_location {
    size_t segment;
    uint32_t document; /* in the segment */
} kh_location;
kh_location kh_index_locate(const kh_index *index, uint32_t document);
/* And back. */
uint32_t kh_index_combine(const kh_index *index, kh_location location);

/* Replaced or taken down: such documents are in the postings, but in no answer and no
 * count. */
bool kh_index_is_dead(const kh_index *index, uint32_t document);
bool kh_index_has_dead(const kh_index *index);

kh_record_head kh_index_head(const kh_index *index,
                             uint32_t document); /* combined number */
/* The dates of n documents, as their heads have them. */
void kh_index_dates(uint32_t *dates, const kh_index *index, const uint32_t *documents,
                    size_t n);

/* Rows of the languages with a stemmer that occur in any segment, n of them. */
const kh_language *const *kh_index_languages(const kh_index *index, size_t *n);

/* The vocabulary of all segments: spellings merged, n_documents summed. As
 * vocabulary.h. */
KH_MUST_USE kh_status kh_index_spellings(kh_spelling **out, size_t *n, kh_index *index,
                                         kh_str form, kh_arena *arena, kh_error *err);
KH_MUST_USE kh_status kh_index_prefix(kh_spelling **out, size_t *n, size_t *n_forms,
                                      kh_index *index, kh_str prefix, size_t max,
                                      kh_arena *arena, kh_error *err);

/* Tags of all segments that begin with a prefix (normal form), merged, dead articles
 * not counted; in the order of bytes. */
KH_MUST_USE kh_status kh_index_tags(kh_tag_entry **out, size_t *n, kh_index *index,
                                    kh_str prefix, kh_arena *arena, kh_error *err);

/* Live documents of an id, at most max: that of its key first, then those of other
 * inputs, which have the same id and keys of their own. */
KH_MUST_USE kh_status kh_index_find_id(uint32_t *out, size_t *n, size_t max,
                                       kh_index *index, kh_str id, kh_error *err);

/* Documents whose key text (kh_article_key_text) begins with letters: for a REF (8
 * letters) or a whole key; live ones, at most max. */
KH_MUST_USE kh_status kh_index_find(uint32_t *out, size_t *n, size_t max,
                                    kh_index *index, kh_str key_letters, kh_error *err);

KH_END_DECLS
