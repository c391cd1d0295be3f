/* words - status, check, generations: what khabar-index says of an index. */
#pragma once

#include "indexer/job.h"

/* Each prints its answer and returns the exit code. */
int kh_words_status(const kh_job *job);
int kh_words_check(const kh_job *job);
int kh_words_generations(const kh_job *job);
int kh_words_failures(const kh_job *job); /* words_failures.c */
int kh_words_rollback(const kh_job *job); /* words_change.c */
int kh_words_prune(const kh_job *job);

/* The generation that the argument of a word names; 0: none. */
KH_MUST_USE kh_status kh_words_number(uint32_t *out, const kh_job *job, kh_error *err);

/* Append a moment in local time for people: "5 June 2025 03:31". */
void kh_words_time(kh_buf *out, int64_t seconds);
