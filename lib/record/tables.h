/* tables - the file of a batch: what it counted, sorted.
 *
 *   words     varint n, for each, in the order of their bytes: a row
 *   gaps      the same, without what is of words alone
 *   pairs     varint n, for each varint first, second, count: of the characters among
 *             the words, numbered in their order
 *   languages of articles: as gaps
 *
 *   row       varint bytes as in the text before, string of the others, varint count,
 *             varint number in the batch; of a word: varint classes of languages,
 *             varint KH_RARE_...
 *
 * Never on disk but in the spool of one build. Internal to lib/record. */
#pragma once

#include "base/buf.h"
#include "base/file.h"

KH_BEGIN_DECLS

/* What stands for the code of a rare word, less KH_CODE_RARE, plus 1. */
#define KH_RARE_UNKNOWN 0u

typedef struct kh_row {
    kh_str text; /* a view of the reader's buffer */
    uint64_t count;
    uint64_t languages;
    uint32_t number;
    uint32_t rare; /* code of a rare word, - KH_CODE_RARE + 1; or KH_RARE_UNKNOWN */
} kh_row;

/* Reads a table, row by row. */
typedef struct kh_row_reader {
    kh_source *source; /* borrowed */
    kh_buf text;
    uint64_t left; /* rows */
    bool is_first;
    bool is_words;
    bool is_bad; /* a row that cannot be; kh_source_status() knows of others */
} kh_row_reader;

void kh_row_reader_init(kh_row_reader *reader, kh_source *source);
void kh_row_reader_release(kh_row_reader *reader);
/* A table begins. */
void kh_row_reader_begin(kh_row_reader *reader, bool is_words);
/* The next row; false at the end of the table or if the file is damaged. */
bool kh_row_read(kh_row_reader *reader, kh_row *out);
/* KH_OK, KH_ERR_CORRUPT or KH_ERR_IO. */
KH_MUST_USE kh_status kh_row_reader_status(const kh_row_reader *reader, kh_error *err);

/* ---- the same table of several batches ---- */

typedef struct kh_merge kh_merge;

KH_MUST_USE kh_status kh_merge_open(kh_merge **out, char *const *paths, size_t n,
                                    kh_error *err);
void kh_merge_free(kh_merge *merge); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_merge, kh_merge_free)

/* Asked now and then by kh_merge_next(); its error ends the table and is the status. */
void kh_merge_watch(kh_merge *merge,
                    kh_status (*may_go_on)(void *context, kh_error *err),
                    void *context);

/* The next table of all files begins; the one before must be at its end. */
void kh_merge_begin(kh_merge *merge, bool is_words);
/* The next row of all, by text, and which file it is of; false at the end, if a file
 * is damaged, or if it may not go on. The row stays until the next call. */
bool kh_merge_next(kh_merge *merge, const kh_row **row, size_t *file);
/* For what is not sorted: a file where it stands. */
kh_source *kh_merge_source(kh_merge *merge, size_t file);
KH_MUST_USE kh_status kh_merge_status(const kh_merge *merge, kh_error *err);

kh_status kh_spool_damaged(kh_error *err); /* KH_ERR_CORRUPT */

KH_END_DECLS
