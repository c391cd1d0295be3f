/* database - read one or several search-engine databases as one: statistics, lists,
 * metadata.
 *
 * Document numbers are 32-bit and begin at 1. Of n databases opened as one, document d
 * of database i (from 0) has the combined number (d - 1) * n + i + 1. Nothing here
 * throws; every engine error is a status with a message: missing KH_ERR_NOT_FOUND,
 * damaged KH_ERR_CORRUPT, second writer KH_ERR_LOCKED, other format KH_ERR_VERSION, no
 * memory KH_ERR_LIMIT, system errors KH_ERR_IO, arguments the engine refuses (document
 * 0, an empty key) KH_ERR_ARGUMENT, all else KH_ERR_ENGINE. Handles are not
 * thread-safe. */
#pragma once

#include <stdint.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

typedef struct kh_database kh_database;

/* A database may have its rare terms beside its table (pulsed/pulsed.h): nothing here
 * shows where a term is. */

/* Open n databases (1 or more) for reading as one: folders, not the engine's "stub"
 * files, which may name programs to run. */
KH_MUST_USE kh_status kh_database_open(kh_database **out, const char *const *paths,
                                       size_t n, kh_error *err);
void kh_database_free(kh_database *database); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_database, kh_database_free)

typedef struct kh_database_stats {
    uint32_t n_documents;
    uint32_t last_document; /* highest number ever given out; 0 if empty */
    uint64_t total_length;  /* sum of document lengths */
    double average_length;
} kh_database_stats;
KH_MUST_USE kh_status kh_database_statistics(kh_database_stats *out,
                                             kh_database *database, kh_error *err);

typedef struct kh_term_stats {
    uint32_t n_documents;   /* term frequency: documents that have it; 0 if none */
    uint64_t n_occurrences; /* collection frequency: sum of wdf */
    uint32_t max_wdf;       /* upper bound of the wdf */
} kh_term_stats;
/* As the engine itself counts: what readers of our own are compared with. */
KH_MUST_USE kh_status kh_database_term(kh_term_stats *out, kh_database *database,
                                       kh_str term, kh_error *err);

/* The first two of these, by the fastest reader that can. */
typedef struct kh_term_frequency {
    uint32_t n_documents;
    uint64_t n_occurrences;
} kh_term_frequency;
KH_MUST_USE kh_status kh_database_frequency(kh_term_frequency *out,
                                            kh_database *database, kh_str term,
                                            kh_error *err);

/* Length (sum of wdf) of a document; KH_ERR_NOT_FOUND if there is none of that number.
 */
KH_MUST_USE kh_status kh_database_length(uint32_t *out, kh_database *database,
                                         uint32_t document, kh_error *err);

/* Append the value in a slot; "" if the document has none there. */
KH_MUST_USE kh_status kh_database_value(kh_buf *out, kh_database *database,
                                        uint32_t document, uint32_t slot,
                                        kh_error *err);

/* Append the data of a document. */
KH_MUST_USE kh_status kh_database_data(kh_buf *out, kh_database *database,
                                       uint32_t document, kh_error *err);

/* Metadata of the FIRST database only: open databases one by one for this.
 * Append the value; a key that is not there appends nothing and is KH_OK. */
KH_MUST_USE kh_status kh_database_metadata(kh_buf *out, kh_database *database,
                                           kh_str key, kh_error *err);

/* The same of the first key at or behind one, which is appended, too; KH_END: there is
 * none. */
KH_MUST_USE kh_status kh_database_metadata_from(kh_buf *key, kh_buf *value,
                                                kh_database *database, kh_str from,
                                                kh_error *err);

/* Terms (or, of_metadata, metadata keys) that begin with a prefix, in the order of
 * bytes. */
typedef struct kh_term_cursor kh_term_cursor;
KH_MUST_USE kh_status kh_term_cursor_open(kh_term_cursor **out, kh_database *database,
                                          kh_str prefix, bool of_metadata,
                                          kh_error *err);
void kh_term_cursor_free(kh_term_cursor *cursor); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_term_cursor, kh_term_cursor_free)
/* The next one: a view that holds until the next call. n_documents may be NULL; 0 for a
 * key. KH_END behind the last. */
KH_MUST_USE kh_status kh_term_cursor_next(kh_term_cursor *cursor, kh_str *term,
                                          uint32_t *n_documents, kh_error *err);
/* Go to the first at or behind `at` (whole term, prefix included); what next then
 * gives. */
KH_MUST_USE kh_status kh_term_cursor_seek(kh_term_cursor *cursor, kh_str at,
                                          kh_error *err);

/* Documents of a term, in the order of their numbers; all documents for the term "". */
typedef struct kh_posting_cursor kh_posting_cursor;
KH_MUST_USE kh_status kh_posting_cursor_open(kh_posting_cursor **out,
                                             kh_database *database, kh_str term,
                                             kh_error *err);
void kh_posting_cursor_free(kh_posting_cursor *cursor); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_posting_cursor, kh_posting_cursor_free)
/* KH_END behind the last; wdf may be NULL. */
KH_MUST_USE kh_status kh_posting_cursor_next(kh_posting_cursor *cursor,
                                             uint32_t *document, uint32_t *wdf,
                                             kh_error *err);
/* Go to the first at or behind a document; what next then gives. */
KH_MUST_USE kh_status kh_posting_cursor_seek(kh_posting_cursor *cursor,
                                             uint32_t document, kh_error *err);

/**
 * Check a database on disk: structure of every table, and that they agree.
 *
 * @param log  what is wrong, lines for people; may be NULL
 * @return     KH_OK sound; KH_ERR_CORRUPT with the first finding; else the check failed
 *
 * Nothing is written. Without the right to write to the tables their free lists are not
 * looked at (the engine opens them for writing), everything else is. There are no
 * checksums in a database: a changed byte that still makes sense is not found.
 */
KH_MUST_USE kh_status kh_database_check(const char *path, kh_buf *log, kh_error *err);

/* Write a compact copy of a database's table into a folder that does not exist yet;
 * rare terms beside it are not copied. */
KH_MUST_USE kh_status kh_database_compact(const char *from, const char *to,
                                          kh_error *err);

/* "1.4.22". */
const char *kh_database_version(void);

KH_END_DECLS
