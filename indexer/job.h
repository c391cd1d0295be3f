/* job - what one run of khabar-index was asked to do, and how it went. */
#pragma once

#include <pthread.h>
#include <signal.h>

#include "cli/options.h"
#include "formats/reader.h"
#include "index/segment.h"
#include "indexer/resolve.h"
#include "indexer/walk.h"

#define KH_INDEXER "khabar-index"

typedef enum kh_word_of {
    KH_WORD_BUILD,
    KH_WORD_STATUS,
    KH_WORD_CHECK,
    KH_WORD_GENERATIONS,
    KH_WORD_FAILURES,
    KH_WORD_ROLLBACK,
    KH_WORD_PRUNE
} kh_word_of;

/* The command line, read. Texts are NUL-terminated and live in argv, the config file or
 * arena. */
typedef struct kh_job {
    kh_word_of word;
    kh_str argument;    /* of check and rollback; empty if none */
    const char *folder; /* of the index, absolute */
    kh_str
        *inputs; /* absolute, or "-"; those of the live generation if none were named */
    size_t n_inputs;
    bool has_named_inputs;
    bool adds;   /* --add */
    kh_str lang; /* --lang, a canonical tag; empty: detect */
    kh_reader_options reader;
    kh_walk_options walk;
    kh_str *options; /* recorded, one an item: --lang=en */
    size_t n_options;
    bool has_options; /* any of the recorded kind was given */
    uint32_t n_jobs;
    uint64_t memory_bytes;
    kh_database_maker maker;
    uint32_t keep;
    uint32_t max_drop; /* per cent */
    uint32_t wait_seconds;
    bool must_rebuild;
    bool is_strict;
    bool is_dry_run;
    bool is_quiet;
    bool is_json;
    bool is_verbose;
    int progress;             /* kh_when */
    uint64_t max_age_seconds; /* status; 0: not asked */
} kh_job;

/* Set by SIGINT, SIGTERM and SIGHUP to the signal's number. */
extern volatile sig_atomic_t kh_stop_signal;

/* Start a thread that no signal comes to: they are the main thread's. */
KH_MUST_USE kh_status kh_job_thread(pthread_t *out, void *(*run)(void *),
                                    void *argument, kh_error *err);

/* How many runs may be open at once, three files each: by the limit of open files. */
uint32_t kh_runs_max(void);

/* KH_ERR_INTERRUPTED once a signal came. */
KH_MUST_USE kh_status kh_job_check_stop(kh_error *err);
