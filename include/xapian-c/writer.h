/* writer - make a search-engine database, document by document. */
#pragma once

#include "xapian-c/database.h"

KH_BEGIN_DECLS

/* What is over one of these is KH_ERR_LIMIT. */
#define KH_TERM_LIMIT_BYTES   245         /* of a term; a zero byte counts twice */
#define KH_KEY_LIMIT_BYTES    245         /* of a key of metadata */
#define KH_STORED_LIMIT_BYTES (16u << 20) /* of data, a value, metadata */

typedef struct kh_posting {
    kh_str term;
    uint32_t wdf; /* 0: filters only */
} kh_posting;

typedef struct kh_value {
    uint32_t slot;
    kh_str value;
} kh_value;

typedef struct kh_document {
    const kh_posting *postings; /* in any order, every term once */
    size_t n_postings;
    const kh_value *values;
    size_t n_values;
    kh_str data;
} kh_document;

typedef struct kh_writer kh_writer;

/* Make a database in a folder that is missing or empty. KH_ERR_LOCKED if another writer
 * has it, KH_ERR_ARGUMENT if the folder is neither. No positions and no list of a
 * document's terms are kept. At most 500 documents wait in memory: nothing but the
 * environment can tell the engine, so XAPIAN_FLUSH_THRESHOLD is set there if it is not;
 * open the first writer before other threads run. */
KH_MUST_USE kh_status kh_writer_open(kh_writer **out, const char *path, kh_error *err);

/* Close without committing what was added since the last commit; NULL is allowed. */
void kh_writer_free(kh_writer *writer);
KH_DEFINE_CLEANUP(kh_writer, kh_writer_free)

/* Add a document; numbers are given out from 1 on; number may be NULL. On failure
 * nothing of it is added. One that breaks a rule of this header (KH_ERR_ARGUMENT,
 * KH_ERR_LIMIT) leaves the writer as it was. After any other failure, of any function
 * below, what was added since the last commit is lost and all that follows but freeing
 * is KH_ERR_ENGINE. */
KH_MUST_USE kh_status kh_writer_add(kh_writer *writer, const kh_document *document,
                                    uint32_t *number, kh_error *err);

KH_MUST_USE kh_status kh_writer_set_metadata(kh_writer *writer, kh_str key,
                                             kh_str value, kh_error *err);

/* Write out and sync what was added, as one step: readers see all of it or nothing. */
KH_MUST_USE kh_status kh_writer_commit(kh_writer *writer, kh_error *err);

/* Commit and close. The writer is freed in either case. */
KH_MUST_USE kh_status kh_writer_close(kh_writer *writer, kh_error *err);

KH_END_DECLS
