/* leaves - read the tree of a table: from a key to its entry, and on from there. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <zlib.h>

#include "base/file.h"
#include "base/str.h"

#define KH_GLASS_LEVELS_MAX   10u
#define KH_GLASS_UNPACKED_MAX 8192u /* bytes of a tag that is packed */

/* A table that never changes. */
typedef struct kh_glass_tree {
    kh_map map;
    size_t block_bytes;
    uint64_t root;
    unsigned level; /* of the root */
    z_stream unpacking;
    bool is_unpacking; /* it is ready */
} kh_glass_tree;

/* What iamglass says of the table is filled in. */
KH_MUST_USE kh_status kh_glass_tree_open(kh_glass_tree *tree, const char *path,
                                         kh_error *err);
void kh_glass_tree_close(kh_glass_tree *tree);

/* A block on the way to an entry, and which of its items is meant. */
typedef struct kh_glass_step {
    const unsigned char *block;
    unsigned at; /* in the directory */
    unsigned end;
} kh_glass_step;

/* The way to an entry. Zero before the first find. */
typedef struct kh_glass_path {
    kh_glass_tree *tree;
    kh_glass_step steps[KH_GLASS_LEVELS_MAX]; /* by level */
    char *unpacked;                           /* owned; NULL: nothing was packed yet */
} kh_glass_path;

void kh_glass_path_release(kh_glass_path *path);

/* What is false below is a tree that cannot be read, or has no further entry. */

/* To the last entry whose key is not above the one wanted; there must be one. */
bool kh_glass_path_find(kh_glass_path *path, kh_glass_tree *tree, kh_str key);

/* To the entry behind. */
bool kh_glass_path_next(kh_glass_path *path);

bool kh_glass_path_key(const kh_glass_path *path, kh_str *key);

/* The entry that the path leads to, if it is of one piece: views that hold until the
 * next one is read. */
bool kh_glass_path_read(kh_glass_path *path, kh_str *key, kh_str *tag);
