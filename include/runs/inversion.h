/* inversion - postings by article, turned into a sorted run of postings by term.
 *
 * What a thread collects: terms are numbered, each posting is logged as 8 bytes, and
 * when memory is used up the log is sorted and written as a run: a file of terms in the
 * order of bytes with their postings. Runs are merged by runs/merge.h. */
#pragma once

#include <stdint.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/str.h"

KH_BEGIN_DECLS

typedef struct kh_inversion kh_inversion;

kh_inversion *kh_inversion_open(void);
void kh_inversion_free(kh_inversion *inversion); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_inversion, kh_inversion_free)

/* The number of a term, until all are forgotten. hash: kh_table_hash() of it.
 */
uint32_t kh_inversion_term(kh_inversion *inversion, kh_str term, uint64_t hash);
void kh_inversion_fetch_term(const kh_inversion *inversion, uint64_t hash); /* ahead */

/**
 * Log a posting. Postings of one term and article add up.
 *
 * @param article  any number; never lower than that of the posting before
 */
void kh_inversion_add(kh_inversion *inversion, uint32_t term, uint64_t article,
                      uint32_t wdf);

/* Bytes of memory that a spill of what is there needs in all. */
size_t kh_inversion_bytes(const kh_inversion *inversion);

/* Bytes of it that the terms take, and keep when a run is written. */
size_t kh_inversion_table_bytes(const kh_inversion *inversion);

/* Whether articles up to a number fit in the run, whatever the memory: if not, spill
 * before the next of them. One run holds 4,194,304 numbers. */
bool kh_inversion_has_room(const kh_inversion *inversion, uint64_t last_article);

/* Write what was logged as a run, and begin the next. Terms keep their numbers. */
KH_MUST_USE kh_status kh_inversion_spill(kh_inversion *inversion, const char *path,
                                         kh_error *err);

/* Forget all terms; nothing may be logged. */
void kh_inversion_forget(kh_inversion *inversion);

/* A run that is written from what is in order already. */
typedef struct kh_run_writer kh_run_writer;

KH_MUST_USE kh_status kh_run_writer_open(kh_run_writer **out, const char *path,
                                         kh_error *err);
void kh_run_writer_free(kh_run_writer *writer); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_run_writer, kh_run_writer_free)

/* A posting; terms ascend, articles of a term ascend. */
void kh_run_writer_term(kh_run_writer *writer, kh_str term);
void kh_run_writer_add(kh_run_writer *writer, uint64_t article, uint32_t wdf);
KH_MUST_USE kh_status kh_run_writer_close(kh_run_writer *writer, kh_error *err);

KH_END_DECLS
