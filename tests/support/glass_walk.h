/* glass_walk - what stands in the files of a database, whoever wrote them: the numbers
 * of iamglass, the entries of a table with their pieces put together. Shares nothing
 * with the writer. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

typedef struct walk_entry {
    kh_str key;
    kh_str tag; /* as it is stored */
    bool is_compressed;
    unsigned n_pieces;
} walk_entry;

typedef struct walk {
    kh_arena *arena; /* owned; all below is in it */
    char uuid[16];
    uint64_t revision;
    /* the table */
    uint64_t root;
    uint64_t level;
    bool is_sequential;
    bool is_fake;
    uint64_t n_said; /* entries, as the root record has it */
    uint64_t block_bytes;
    uint64_t compress_min;
    kh_str free_list;
    uint64_t statistics[8];
    walk_entry *entries; /* without the null item; in the order of keys */
    size_t n_entries;
    size_t n_blocks; /* of the tree */
    size_t n_free;   /* bytes in them */
} walk;

/* Read all of table 0 to 5; KH_ERR_CORRUPT for what cannot be. */
KH_MUST_USE kh_status walk_open(walk **out, const char *folder, unsigned table,
                                kh_error *err);
void walk_free(walk *walk); /* NULL is allowed */
KH_DEFINE_CLEANUP(walk, walk_free)

/* The tag of an entry as it was before it was compressed, if it was; in the arena. */
kh_str walk_unpacked(walk *walk, const walk_entry *entry);
