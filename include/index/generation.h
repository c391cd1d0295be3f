/* generation - the life of an index folder: lock, generations, what is live, what the
 * last run did.
 *
 *   INDEX/current          "gen-000042\n", replaced by rename()
 *   INDEX/history          which generations were live before, the latest last
 *   INDEX/lock             flock of the one builder; says who and since when
 *   INDEX/last-run.json    what the last build did, also when it failed
 *   INDEX/failures.jsonl   bad articles of the last build, if it failed
 *   INDEX/segments/<uuid>/ segments, named by manifests
 *   INDEX/gen-000042/      manifest.json, failures.jsonl, dead-<uuid>.bits
 *   INDEX/tmp/             during a build only
 * A crash at any instant leaves the live generation as it was, and debris that
 * kh_generation_clean() removes. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/hash.h"

KH_BEGIN_DECLS

#define KH_INDEX_VERSION 3 /* of the layout of this page and of manifest.json */

/* What a file or folder named on the command line was when it was read. */
typedef struct kh_input_file {
    kh_str path; /* absolute */
    uint64_t bytes;
    int64_t mtime_ns;
    kh_digest digest; /* of the bytes on disk; "": not known, or it was not read */
} kh_input_file;

typedef struct kh_manifest {
    uint32_t number;    /* of the generation */
    int64_t built_at;   /* seconds since 1970 UTC, when it was published */
    kh_str fingerprint; /* analysis, record, weights, options: see
                           kh_fingerprint_write() */
    kh_str
        versions; /* ICU, stemmer ...: a change is a note and makes the build rebuild */
    kh_str *inputs; /* as named, absolute; "-" for standard input */
    size_t n_inputs;
    kh_str
        *options; /* recorded: --lang, --map, --exclude ..., one an item, "--lang=en" */
    size_t n_options;
    kh_input_file *files; /* every file read, and folders that could not be; by path */
    size_t n_files;
    kh_str *segments; /* uuids */
    size_t n_segments;
    uint32_t n_articles; /* live ones */
    uint32_t n_skipped;  /* failures in failures.jsonl */
    uint64_t text_bytes;
    uint64_t index_bytes;
    uint32_t first_date; /* packed; 0 none */
    uint32_t last_date;
    uint32_t n_tags;
    kh_digest content; /* of all that the segments hold: the same articles, the same
                          digest */
    kh_str *languages; /* codes that occur, sorted */
    size_t n_languages;
    uint64_t build_ms;
    kh_str phases; /* JSON object: phase -> ms */
} kh_manifest;     /* views live in an arena */

/* Why analysis of two indexes may differ; equal text: equal analysis. Our own part.
 * options: as in the manifest. */
void kh_fingerprint_write(kh_buf *out, const kh_str *options, size_t n_options);

/* KH_ERR_VERSION, with the hint to build again, if a fingerprint is of another
 * analysis, record or layout version than this program's. */
KH_MUST_USE kh_status kh_fingerprint_check(kh_str fingerprint, const char *folder,
                                           kh_error *err);
/* The same but for the analysis, which keys and texts of articles do not depend on. */
KH_MUST_USE kh_status kh_fingerprint_check_heads(kh_str fingerprint, const char *folder,
                                                 kh_error *err);
/* Of which analysis it is; 0: it does not say. */
unsigned kh_fingerprint_analysis(kh_str fingerprint);

/* For a KH_ERR_VERSION of a generation, what can be done: the live one can be built
 * again; a kept one, which the message then names, only goes. */
void kh_generation_hint_version(kh_error *err, const char *folder, uint32_t number);

/* ---- reading ---- */

/* Number of the live generation. KH_ERR_NOT_FOUND: no index here. KH_ERR_CORRUPT: the
 * file that says it is damaged, or gone though generations were live, or names one that
 * is not there: nothing is built or cleaned up then, and a rollback mends it. */
KH_MUST_USE kh_status kh_generation_current(uint32_t *out, const char *folder,
                                            kh_error *err);

/* KH_ERR_VERSION: out holds what of a manifest of another version is as it is in this
 * one's, and is all zeros if its number is not. */
KH_MUST_USE kh_status kh_manifest_read(kh_manifest *out, const char *folder,
                                       uint32_t number, kh_arena *arena, kh_error *err);

/* The same, for who only tells of a generation, or builds it again: KH_OK also for one
 * of another version whose members are as in this one. */
KH_MUST_USE kh_status kh_manifest_peek(kh_manifest *out, const char *folder,
                                       uint32_t number, kh_arena *arena, kh_error *err);

/* Numbers of the generations that are kept, ascending, in the arena. */
KH_MUST_USE kh_status kh_generation_list(uint32_t **out, size_t *n, const char *folder,
                                         kh_arena *arena, kh_error *err);

/* ---- building ---- */

typedef struct kh_index_lock kh_index_lock;

/**
 * Become the one builder. Makes the folder if it is missing; a folder that is neither
 * empty nor an index is KH_ERR_ARGUMENT.
 *
 * @param wait_seconds  0: not at all; UINT32_MAX: for ever
 * @return  KH_OK; KH_ERR_LOCKED: the message says which process, user and since when;
 *          KH_ERR_INTERRUPTED if *stop becomes non-zero while waiting (stop may be
 * NULL)
 */
KH_MUST_USE kh_status kh_index_lock_open(kh_index_lock **out, const char *folder,
                                         uint32_t wait_seconds,
                                         const volatile int *stop, kh_error *err);
void kh_index_lock_free(kh_index_lock *lock); /* NULL is allowed */
KH_DEFINE_CLEANUP(kh_index_lock, kh_index_lock_free)

/* Whoever ends wipes the file that names it. Two do not: a word that is no run leaves
 * what stood there, the name of a build that was killed, for the next build to wipe;
 * and a run that could not write last-run.json leaves its own name. */
void kh_index_lock_keep_left(kh_index_lock *lock);
void kh_index_lock_keep_ours(kh_index_lock *lock);

/* What the lock file says, for people and monitors. Looking holds the lock for an
 * instant, which a builder bears. */
typedef enum kh_lock_state {
    KH_LOCK_FREE,
    KH_LOCK_HELD, /* a builder is at work */
    KH_LOCK_LEFT, /* one died without a word, or could not write it */
} kh_lock_state;
typedef struct kh_lock_look {
    kh_lock_state state;
    long pid;      /* of the builder, also if it is dead; 0: not known */
    int64_t since; /* seconds since 1970 UTC */
} kh_lock_look;
void kh_index_lock_look(kh_lock_look *out, const char *folder);

/* Remove debris: INDEX/tmp, segments that no manifest names, half-made generations.
 * With lock. n_removed: how many of them there were; may be NULL. */
KH_MUST_USE kh_status kh_generation_clean(size_t *n_removed, const char *folder,
                                          kh_error *err);

/* Next free number, and a fresh name for a segment (UUID, RFC 4122 version 4; 36 chars
 * + NUL). */
KH_MUST_USE kh_status kh_generation_next(uint32_t *out, const char *folder,
                                         kh_error *err);
void kh_segment_name(char out[37]);

/**
 * Publish: write gen-N/ with manifest and failures, sync files and folders, then rename
 * current. All segments must be complete and synced before. Only the last step makes it
 * live.
 *
 * @param failures  content of failures.jsonl; may be empty
 */
KH_MUST_USE kh_status kh_generation_publish(const char *folder,
                                            const kh_manifest *manifest,
                                            kh_str failures, kh_error *err);

/* Make a generation that exists live, forwards or back (rollback). With lock.
 * KH_ERR_NOT_FOUND: there is none of that number. */
KH_MUST_USE kh_status kh_generation_activate(const char *folder, uint32_t number,
                                             kh_error *err);

/* The generation that stopped being live last; 0: none did, or nobody knows. */
uint32_t kh_generation_left(const char *folder);

/* Whether the live generation was rolled back to: newer ones were live. KH_OK: out is
 * the newest of these, in however many steps, and when (seconds since 1970 UTC) it was
 * left last; KH_END: not so. */
KH_MUST_USE kh_status kh_generation_rolled_back(uint32_t *out, int64_t *when,
                                                const char *folder, kh_error *err);

/* Keep the live generation and the keep-1 that were live last; remove the others and
 * the segments that none of the kept ones names. keep is 1 or more. After a
 * rollback the newest that was left stays, too: its manifest says what is held. */
KH_MUST_USE kh_status kh_generation_prune(const char *folder, uint32_t keep,
                                          kh_error *err);

/* Append gen-N/failures.jsonl. */
KH_MUST_USE kh_status kh_generation_failures(kh_buf *out, const char *folder,
                                             uint32_t number, kh_error *err);

/* INDEX/failures.jsonl, of a run that failed: written whole, appended to out
 * (KH_ERR_NOT_FOUND: there is none), removed by the next that does not fail. */
KH_MUST_USE kh_status kh_run_failures_write(const char *folder, kh_str lines,
                                            kh_error *err);
KH_MUST_USE kh_status kh_run_failures_read(kh_buf *out, const char *folder,
                                           kh_error *err);
void kh_run_failures_remove(const char *folder);

/* last-run.json, as one JSON object; reading a missing one appends nothing. */
KH_MUST_USE kh_status kh_last_run_write(const char *folder, kh_str json, kh_error *err);
KH_MUST_USE kh_status kh_last_run_read(kh_buf *out, const char *folder, kh_error *err);

/* Whether the files of a generation are there and as long as they should be: a look,
 * which reads none of them. KH_ERR_CORRUPT names the first that is not. */
KH_MUST_USE kh_status kh_generation_look(const char *folder, uint32_t number,
                                         kh_error *err);

/* Check a generation: manifest, every segment (kh_segment_check), dead bits, counts. */
KH_MUST_USE kh_status kh_generation_check(const char *folder, uint32_t number,
                                          kh_buf *log, kh_error *err);

KH_END_DECLS
