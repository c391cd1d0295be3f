/* tag_table - the tags of a segment: counted while writing, kept as metadata blocks.
 *
 * Layout: docs/index-format.md, section 4. Internal to lib/index. */
#pragma once

#include "index/segment.h"

KH_BEGIN_DECLS

#define KH_TAG_PREFIX        "T" /* of the metadata keys */
#define KH_TAG_KEY_MAX_BYTES 200 /* of a normal form in a key */

typedef struct kh_tag_counter kh_tag_counter;
kh_tag_counter *kh_tag_counter_open(void);
void kh_tag_counter_free(kh_tag_counter *counter); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_tag_counter, kh_tag_counter_free)

/* Count the tags of an article, each once. */
void kh_tag_counter_add(kh_tag_counter *counter, const kh_article *article);

uint32_t kh_tag_counter_n(const kh_tag_counter *counter);

/* Write all as metadata; the same bytes whatever the order of adding. */
KH_MUST_USE kh_status kh_tag_counter_finish(kh_tag_counter *counter, kh_writer *writer,
                                            kh_error *err);

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
