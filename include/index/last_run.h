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

/* A line of failures.jsonl. */
typedef struct kh_failure_line {
    bool is_warning; /* the article is in, but not all of it */
    kh_str path;
    kh_str member; /* empty if none */
    uint32_t record;
    uint32_t line; /* 0 if none, as record */
    kh_str why;
} kh_failure_line; /* views live in the arena */

KH_MUST_USE kh_status kh_failure_line_read(kh_failure_line *out, kh_str line,
                                           kh_arena *arena, kh_error *err);

KH_END_DECLS
