/* tag_table - the tags of a segment: kept as metadata blocks.
 *
 * Layout: docs/index-format.md, section 4. Internal to lib/index. */
#pragma once

#include "index/segment.h"
#include "metadata.h"

KH_BEGIN_DECLS

#define KH_TAG_PREFIX        "T" /* of the metadata keys */
#define KH_TAG_KEY_MAX_BYTES 200 /* of a normal form in a key */

bool kh_is_tag_name(kh_str term); /* as kh_tag_name_term() made it */

/**
 * Write the tags that stand before the terms.
 *
 * @param terms   at their beginning
 * @param dates   packed, of document d at d - 1
 * @param first   the first term behind the tags
 * @return        as kh_term_merge_next() for *first: KH_END if there is no term
 */
KH_MUST_USE kh_status kh_tags_write(kh_term_merge *terms, const uint32_t *dates,
                                    const kh_metadata *out, kh_term_postings *first,
                                    uint32_t *n_tags, kh_error *err);

/* Growing list of entries in an arena. */
typedef struct kh_tag_list {
    kh_tag_entry *items;
    size_t n;
    size_t capacity;
} kh_tag_list;

/* Append the tags of a database that begin with a prefix. */
KH_MUST_USE kh_status kh_tag_table_read(kh_tag_list *list, kh_database *database,
                                        kh_str prefix, kh_arena *arena, kh_error *err);

KH_END_DECLS
