/* walk - from the inputs named to the files to read, in the order of their bytes. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "index/generation.h"

typedef struct kh_walk_options {
    const kh_str *excludes; /* GLOBs; below the input, or a name alone */
    size_t n_excludes;
    bool takes_hidden;
    bool follows_links;
    const char *index_folder; /* left alone wherever it lies; NULL: none */
} kh_walk_options;

typedef struct kh_walk_file {
    kh_str path;  /* absolute; "-" standard input */
    kh_str input; /* the input it was found under, absolute */
    uint64_t bytes;
    int64_t mtime_ns;
    bool is_named;  /* on the command line: of no known format is a failure then */
    bool is_once;   /* as "-": no regular file, which cannot be read again */
    bool is_unread; /* it could not be read, or not to the end */
    kh_str why;     /* of what need not be tried, a folder also; "": it must be */
} kh_walk_file;

/* Files left alone, by the end of their name. */
typedef struct kh_left_alone {
    kh_str suffix; /* ".jpg"; "" without one */
    uint32_t n;
} kh_left_alone;

typedef struct kh_walk {
    kh_walk_file *files;
    size_t n_files;
    size_t capacity;
    kh_left_alone *left_alone; /* most first */
    size_t n_left_alone;
    size_t left_capacity;
    uint32_t n_all_left_alone; /* of these; the following are left alone, too */
    uint32_t n_links;          /* not followed */
    uint32_t n_dangling;
    uint32_t n_rings; /* a folder within itself, by a link */
    uint32_t n_hidden;
    uint32_t n_special; /* pipes, sockets, devices */
    uint32_t n_indexes;
    uint64_t bytes; /* of all files */
} kh_walk;          /* in the arena */

/* Find all files. KH_ERR_NOT_FOUND if an input is missing, KH_ERR_IO if it is a folder
 * that cannot be read; a folder below it that cannot is a file with its why. inputs:
 * absolute, or "-". A file that two inputs reach is taken once. */
KH_MUST_USE kh_status kh_walk_inputs(kh_walk *out, const kh_str *inputs, size_t n,
                                     const kh_walk_options *options, kh_arena *arena,
                                     kh_error *err);

/* Whether an input cannot be read again: standard input, or neither a regular file nor
 * a folder. */
bool kh_walk_is_once(const char *path);

/* Whether a file still has the size and time that it was found with. Not for what is
 * read once. */
bool kh_walk_is_as_found(const kh_walk_file *file);
