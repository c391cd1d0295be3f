/* table - a sorted map from keys to tags: a B-tree built from its leaves up. */
#pragma once

#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

#include "block.h"

#define KH_GLASS_TABLE_KEY_MAX 255u /* bytes */

/* Where the tree begins; all zero for a table without entries. */
typedef struct kh_glass_root {
    uint32_t block;
    uint32_t level;
    uint32_t n_blocks;
    uint64_t n_entries;
} kh_glass_root;

typedef struct kh_glass_table kh_glass_table;

/* FOLDER/NAME.glass, which is empty until there is an entry. */
KH_MUST_USE kh_status kh_glass_table_open(kh_glass_table **out, const char *folder,
                                          const char *name, uint32_t block_bytes,
                                          kh_error *err);
void kh_glass_table_free(kh_glass_table *table); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_glass_table, kh_glass_table_free)

/* What is packed costs a reader some 10 us for each KB and is shorter by a half. */
typedef enum kh_glass_packing {
    KH_GLASS_AS_IS,
    KH_GLASS_IF_SHORTER, /* packed if that makes it shorter: press.h */
} kh_glass_packing;

/* Keys of 1 to KH_GLASS_TABLE_KEY_MAX bytes in the order of bytes, or
 * KH_ERR_ARGUMENT. A tag of too many pieces, or a tree too large, is KH_ERR_LIMIT. */
KH_MUST_USE kh_status kh_glass_table_add(kh_glass_table *table, kh_str key, kh_str tag,
                                         kh_glass_packing packing, kh_error *err);

/* How long the tag of a chunk may be so that it fills what is left of the open leaf or,
 * if that is not worth a chunk of its own, is as long as a chunk should be. */
size_t kh_glass_table_chunk_bytes(const kh_glass_table *table, size_t key_bytes);

#define KH_GLASS_CHUNK_ITEM_MAX 2043u /* bytes: four chunks fill a block of 8 KB */

/* Write what is left and sync the file. The table is freed in either case. */
KH_MUST_USE kh_status kh_glass_table_close(kh_glass_root *out, kh_glass_table *table,
                                           kh_error *err);
