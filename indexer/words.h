/* words - status, check, generations: what khabar-index says of an index. */
#pragma once

#include "index/generation.h"
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

/* words_absent.c: KH_ERR_NOT_FOUND, and what is known of why there is no index. */
KH_MUST_USE kh_status kh_words_absent(const kh_job *job, kh_error *err);

/* Append a moment in local time for people: "5 June 2025 03:31". */
void kh_words_time(kh_buf *out, int64_t seconds);

/* ---- words_json.c: the same for programs ---- */

/* What status knows beyond the manifest. */
typedef struct kh_words_state {
    kh_lock_state builder;
    bool is_readable;          /* by this version of the programs */
    uint32_t rolled_back_from; /* 0: not so */
    kh_str last_run; /* last-run.json as it stands; empty: none that can be read */
    kh_str reasons;  /* why --max-age exits 1, a line each */
} kh_words_state;

void kh_words_json_status(kh_buf *out, const kh_manifest *live,
                          const kh_words_state *state);
/* is_readable: by this version of the programs */
void kh_words_json_generation(kh_buf *out, const kh_manifest *manifest, bool is_live,
                              bool is_readable);
void kh_words_json_damaged(kh_buf *out, uint32_t number, bool is_live, kh_str error);
/* log: a line a finding; empty: sound. */
void kh_words_json_check(kh_buf *out, uint32_t number, kh_str log);
