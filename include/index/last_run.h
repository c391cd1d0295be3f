/* last_run - what the last build said of itself, read back. */
#pragma once

#include "base/arena.h"
#include "base/error.h"

KH_BEGIN_DECLS

typedef struct kh_last_run {
    kh_str outcome; /* "published", "unchanged", "failed"; empty: there was no run */
    int exit_code;
    int64_t ended_at; /* seconds since 1970 UTC */
    uint32_t n_skipped;
    uint32_t n_new_skipped;
    uint64_t ms;
    kh_str error; /* empty if none */
} kh_last_run;    /* views live in the arena */

/* KH_OK also if there is none; KH_ERR_CORRUPT if it cannot be read. */
KH_MUST_USE kh_status kh_last_run_load(kh_last_run *out, const char *folder,
                                       kh_arena *arena, kh_error *err);

KH_END_DECLS
