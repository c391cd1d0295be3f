/* build - read, analyse, invert, resolve, write, verify, publish; and what to say of
 * it. */
#pragma once

#include "indexer/checking.h"
#include "indexer/failures.h"
#include "indexer/job.h"
#include "indexer/read_stage.h"

typedef enum kh_outcome {
    KH_OUTCOME_PUBLISHED,
    KH_OUTCOME_UNCHANGED,
    KH_OUTCOME_HELD, /* the inputs of a generation that was rolled back */
    KH_OUTCOME_DRY_RUN,
    KH_OUTCOME_FAILED
} kh_outcome;

/* What a build did; texts live in its arena. */
typedef struct kh_build {
    const kh_job *job;
    kh_arena *arena; /* owned */
    kh_outcome outcome;
    kh_walk walk;
    kh_failures failures;
    kh_failures warnings; /* articles that are in, but not all of them */
    bool has_live;        /* there was a generation before */
    kh_manifest live;
    bool is_stand_in;     /* the live one cannot be read: live is another, or what
                             its manifest says of it */
    uint32_t held_number; /* of that generation */
    int64_t held_since;   /* when it was rolled back; seconds since 1970 UTC */
    kh_manifest manifest; /* of the new one */
    kh_resolved resolved;
    uint64_t n_read;    /* articles */
    uint64_t n_new;     /* keys that the live generation has not */
    uint64_t n_changed; /* the same key, another text */
    uint64_t n_gone;
    bool is_compared;              /* if not, the live articles cannot be read */
    uint64_t text_read;            /* bytes unpacked */
    uint64_t n_members_left_alone; /* of archives */
    size_t n_runs;                 /* spilled */
    uint64_t verify_ms;
    uint64_t start_ms;
    uint64_t phase_start_ms;
    uint64_t last_progress_ms; /* 0: not yet */
    uint64_t last_room_ms;     /* when it was looked whether the disk is full */
    bool has_bar;              /* progress is a bar, not lines */
    bool has_progress;         /* some was shown */
    size_t bar_len;            /* of the bar that stands there; 0: none does */
    kh_buf phases;             /* JSON members: "read":12 */
    char segment[37];
    kh_checking *checking;      /* owned; of its database */
    kh_segment_writer *written; /* owned; its segment is whole, but not synced */
    kh_buf path;                /* scratch */
    kh_buf tmp;                 /* INDEX/tmp */
} kh_build;

/* What was read, all borrowed. */
typedef struct kh_build_input {
    const kh_read_stage *stage; /* finished */
    kh_spool *spool;
    kh_spool *sample;
    kh_resolve *resolve; /* finished */
} kh_build_input;

/* Run a build under the lock of the index. The report is printed by kh_report. */
KH_MUST_USE kh_status kh_build_run(kh_build *build, const kh_job *job, kh_error *err);
void kh_build_release(kh_build *build);

/* ---- the stages; each file of its name ---- */

/* changes.c: inputs and options of the live generation, and whether anything is new. */
KH_MUST_USE kh_status kh_build_load_live(kh_build *build, kh_error *err);
bool kh_build_unchanged(const kh_build *build);
/* Whether all is as when a generation was built that was rolled back. */
bool kh_build_held(kh_build *build);
/* The files that were read, into the manifest; then their digests, once, also on a
 * thread of its own: it touches nothing else. */
void kh_build_list_files(kh_build *build);
KH_MUST_USE kh_status kh_build_digest_files(kh_build *build, kh_error *err);
/* How many of the live articles would be gone; KH_ERR_LIMIT if more than --max-drop. */
KH_MUST_USE kh_status kh_build_guard(kh_build *build, const kh_resolve *resolve,
                                     kh_error *err);

/* write.c: what was spooled, as resolved, into a new segment, which is not synced, and
 * whose database is being checked when it is done. */
KH_MUST_USE kh_status kh_build_write(kh_build *build, const kh_build_input *input,
                                     kh_error *err);

/* verify.c: the new segment, before it is published; waits for the check. */
KH_MUST_USE kh_status kh_build_verify(kh_build *build, kh_error *err);

/* canary.c: the segment must find articles of its own by id and by title. */
KH_MUST_USE kh_status kh_build_canaries(const char *segment_folder, kh_error *err);

/* room.c: KH_ERR_IO if a build of so much input cannot fit on the disk ... */
KH_MUST_USE kh_status kh_build_room(const kh_build *build, kh_error *err);
/* ... or a segment of what is spooled by now. Looks now and then, or is_last. */
KH_MUST_USE kh_status kh_build_room_left(kh_build *build, const kh_read_stage *stage,
                                         bool is_last, kh_error *err);
/* Of a disk that was full all the same: what can be done. */
void kh_build_room_advise(kh_error *err);

/* progress.c: how far it is, if it is time to say so. */
void kh_build_progress(kh_build *build, const kh_reader *reader, size_t file);
/* What is said next begins a line. is_all: everything was read. */
void kh_build_progress_end(kh_build *build, bool is_all);

/* report.c */
void kh_report_build(const kh_build *build, kh_status status, const kh_error *err);
void kh_report_last_run(kh_buf *out, const kh_build *build, kh_status status,
                        const kh_error *err);
int kh_build_exit_code(const kh_build *build, kh_status status);
